import { asText } from '../../json';
import type { JsonValue } from '../../json';
import { jsonReply } from '../../http/message';
import { failReply, pageOf } from '../envelope';
import { textsOf } from '../policies/document';
import { askGateway, bodyOf } from '../gateway';
import type { DashboardHandler } from '../router';
import type { Dashboard } from '../state';
import { keyData } from './named';

/** The hashes (or tokens) of the organisation's keys; `undefined` where they may not be listed. */
function names(dashboard: Dashboard, api: string): string[] | undefined {
  const { gateway, orgId } = dashboard;
  const { hashKeys, enableHashedKeysListing } = gateway.settings;
  if (hashKeys && !enableHashedKeysListing) return undefined;
  const isAny = api === '' || api === '-';
  const answer = askGateway(dashboard, 'GET', 'keys', {
    query: { filter: hashKeys ? '' : orgId, ...(isAny ? {} : { api_id: api }) },
  });
  if (answer.status !== 200) return undefined;
  return textsOf(bodyOf(answer).keys).filter(
    name => gateway.keys.get(name)?.org_id === orgId,
  );
}

const NO_KEYS = 'Could not retrieve keys.';

/** `GET /api/apis/keys` and `GET /api/apis/{id}/keys`. */
export const listKeys: DashboardHandler = (dashboard, request, api = '') => {
  const all = names(dashboard, api);
  if (!all) return failReply(404, NO_KEYS);
  const { items, pages } = pageOf(dashboard, request, all);
  return jsonReply(200, { data: { keys: items }, pages });
};

/** `q` is a part of what the key is stored under. */
export const searchKeys: DashboardHandler = (dashboard, request, api) => {
  const q = request.query.get('q') ?? '';
  const all = names(dashboard, api);
  if (!all) return failReply(400, 'Could not search keys.');
  const matches = all.filter(name => name.includes(q));
  const { items, pages } = pageOf(dashboard, request, matches);
  return jsonReply(200, { data: { keys: items }, pages });
};

/** Whole keys. `q` is looked for in id, alias, tags and metadata; there is no search by policy. */
export const listDetailed: DashboardHandler = (dashboard, request) => {
  const { hashKeys } = dashboard.gateway.settings;
  const q = request.query.get('q') ?? '';
  const all = names(dashboard, '');
  if (!all) return failReply(404, NO_KEYS);
  const keys = all.flatMap((name): JsonValue[] => {
    const session = dashboard.gateway.keys.get(name);
    if (!session) return [];
    const { alias, tags, meta_data: metadata } = session;
    const text = JSON.stringify([name, alias, tags, metadata]);
    if (!text.includes(q)) return [];
    const hash = hashKeys ? name : '';
    const data = keyData(dashboard, { name, hashed: hashKeys, hash }, name);
    return [{ ...data, key_id: asText(data.key_id) }];
  });
  const { items, pages } = pageOf(dashboard, request, keys);
  return jsonReply(200, { keys: items, pages });
};
