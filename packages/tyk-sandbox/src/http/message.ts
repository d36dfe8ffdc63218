import type { IncomingHttpHeaders } from 'node:http';
import type { JsonValue } from '../json';

/** A request, read in full. */
export interface GatewayRequest {
  method: string;
  /** Decoded path. */
  path: string;
  /** Path with query as it was sent. */
  url: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

const JSON_TYPE = 'application/json';

export function jsonReply(status: number, body: JsonValue): Reply {
  return {
    status,
    headers: { 'content-type': JSON_TYPE },
    body: `${JSON.stringify(body)}\n`,
  };
}

/** Error of the Gateway API. */
export function errorReply(status: number, message: string): Reply {
  return jsonReply(status, { status: 'error', message });
}

/** Answer of the Gateway API where there is nothing to say. */
export function okReply(message: string): Reply {
  return jsonReply(200, { status: 'ok', message });
}

/** Answer to a change through the Gateway API. */
export function changeReply(
  action: 'added' | 'modified' | 'deleted' | 'updated',
  key: string,
  keyHash?: string,
): Reply {
  return jsonReply(200, {
    key,
    status: 'ok',
    action,
    ...(keyHash === undefined ? {} : { key_hash: keyHash }),
  });
}

/** What a consumer gets where no API is [live, recording 31]. */
export function noApiReply(): Reply {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: 'Not Found',
  };
}

export function notFoundReply(): Reply {
  return {
    status: 404,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: '404 page not found\n',
  };
}
