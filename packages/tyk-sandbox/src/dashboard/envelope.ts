/** How the Dashboard wraps its answers: capitalised names where it acts, lower case in most lists. */
import type { JsonValue } from '../json';
import { jsonReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import type { Dashboard } from './state';

export function okReply(
  message: string,
  meta: JsonValue = null,
  id?: string,
): Reply {
  return jsonReply(200, {
    Status: 'OK',
    Message: message,
    Meta: meta,
    ...(id === undefined ? {} : { ID: id }),
  });
}

export function failReply(status: number, message: string): Reply {
  return jsonReply(status, { Status: 'Error', Message: message, Meta: null });
}

/** Invalid JSON and values of another type are 403, not 400. */
export function malformedReply(): Reply {
  return failReply(403, 'Request body malformed.');
}

/** The page asked for: `p` from 1, less than 0 for all. */
export function pageOf<T>(
  { gateway }: Dashboard,
  { query }: GatewayRequest,
  items: T[],
): { items: T[]; pages: number } {
  const size = gateway.settings.dashboardPageSize;
  const page = Number(query.get('p')) || 1;
  if (page < 0) return { items, pages: items.length === 0 ? 0 : 1 };
  const start = (Math.max(1, Math.trunc(page)) - 1) * size;
  return {
    items: items.slice(start, start + size),
    pages: Math.ceil(items.length / size),
  };
}
