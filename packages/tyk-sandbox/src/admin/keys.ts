import { tokenPrefix } from '../keys/token';
import { list, object, string } from '../model/decode';
import type { Session } from '../model/session';
import type { Gateway } from '../state/gateway';
import { applied } from '../state/applied';
import {
  findKey,
  newToken,
  quotaName,
  removeKey,
  resetQuota,
  storeKey,
  storedName,
} from '../state/sessions';
import { changeReply, errorReply, jsonReply } from '../http/message';
import type { GatewayRequest } from '../http/message';
import { tryRead } from './body';
import {
  createCustom,
  createRandom,
  isStoredName,
  preview,
  replace,
} from './createKey';
import type { Handler, Route } from './router';
import { sessionView } from './views';

function orgOf({ query }: GatewayRequest): string {
  return query.get('org_id') ?? '';
}

/** With `username=true` the path names a custom key by its bare value. */
function nameIn(gateway: Gateway, request: GatewayRequest, name: string) {
  return request.query.get('username') === 'true' &&
    !gateway.settings.disableKeyActionsByUsername
    ? newToken(gateway, orgOf(request), name)
    : name;
}

const get: Handler = (gateway, request, name) => {
  const stored = isStoredName(request);
  if (stored && !gateway.settings.hashKeys) {
    return errorReply(
      400,
      'Key requested by hash but key hashing is not enabled',
    );
  }
  const api = gateway.loaded.apis.get(request.query.get('api_id') ?? '');
  const org = api?.orgId ?? orgOf(request);
  const found =
    findKey(gateway, org, nameIn(gateway, request, name), stored) ??
    findKey(gateway, org, name, stored);
  if (!found) return errorReply(404, 'Key not found');
  const { session } = applied(gateway, found.session, api?.orgId);
  const storeName = stored ? found.keyId : storedName(gateway, found.keyId);
  fillRemaining(gateway, session, storeName);
  session.basic_auth_data.password = '';
  return jsonReply(200, sessionView(gateway, session));
};

/** An API without a counter yet has all its quota left; the root shows nothing until the first call. */
function fillRemaining(gateway: Gateway, session: Session, name: string): void {
  const left = (quota: number, used: number) => Math.max(0, quota - used);
  const used = gateway.quotas.used(name);
  if (session.quota_max !== -1 && used !== undefined) {
    session.quota_remaining = left(session.quota_max, used);
  }
  for (const access of Object.values(session.access_rights)) {
    const { limit } = access;
    if (limit.quota_max !== -1 && limit.quota_max !== 0) {
      const counter = quotaName(access.allowance_scope, name);
      limit.quota_remaining = left(
        limit.quota_max,
        gateway.quotas.used(counter) ?? 0,
      );
    }
  }
}

const listKeys: Handler = (gateway, { query }) => {
  const api = query.get('api_id') ?? '';
  const filter = query.get('filter') ?? '';
  const { hashKeys, hashedKeysListing, allowMasterKeys } = gateway.settings;
  if (hashKeys && !hashedKeysListing) {
    return errorReply(
      404,
      'Hashed key listing is disabled in config (enable_hashed_keys_listing)',
    );
  }
  if (!hashKeys && api !== '' && filter === '') {
    return errorReply(
      400,
      "The 'filter' parameter (Org ID) is required when filtering by 'api_id' in legacy mode",
    );
  }
  const names = gateway.keys
    .names()
    .filter(
      name =>
        hashKeys ||
        name.startsWith(filter) ||
        name.startsWith(tokenPrefix(filter)),
    );
  if (api === '') return jsonReply(200, { keys: names });
  const opens = (name: string) => {
    const rights = gateway.keys.get(name)?.access_rights ?? {};
    return (
      api in rights || (allowMasterKeys && Object.keys(rights).length === 0)
    );
  };
  return jsonReply(200, { keys: names.filter(opens).sort() });
};

const remove: Handler = (gateway, request, name = '') => {
  const stored = isStoredName(request);
  const org = orgOf(request);
  const found =
    findKey(gateway, org, nameIn(gateway, request, name), stored) ??
    findKey(gateway, org, name, stored);
  if (!found) return errorReply(404, 'There is no such key found');
  resetQuota(gateway, found.keyId, found.session, stored);
  if (!removeKey(gateway, org, found.keyId, stored)) {
    return errorReply(400, 'Failed to remove the key');
  }
  return request.query.get('api_id') === '-1'
    ? jsonReply(200, null)
    : changeReply('deleted', found.keyId);
};

const readChange = object(source => ({
  policy: string(source.policy),
  policies: list(string)(source.apply_policies),
}));

/** `POST /tyk/keys/policy/{hash}`: other policies, nothing else. */
const replacePolicies: Handler = (gateway, request, name) => {
  const change = tryRead(request, readChange);
  if (!change) return errorReply(400, "Couldn't decode instruction");
  const session = gateway.keys.get(name);
  if (!session) return errorReply(404, 'Key not found');
  session.last_updated = String(gateway.clock.seconds());
  session.apply_policy_id = '';
  session.apply_policies = [
    ...change.policies,
    ...(change.policy === '' ? [] : [change.policy]),
  ];
  storeKey(gateway, name, session, 0, true);
  return changeReply('updated', name);
};

/** Fixed names stand before `keys/*`. */
export const keyRoutes: Route[] = [
  { methods: ['POST'], path: 'keys/create', handle: createRandom },
  { methods: ['POST'], path: 'keys/preview', handle: preview },
  { methods: ['POST'], path: 'keys/policy/*', handle: replacePolicies },
  { methods: ['GET'], path: 'keys', handle: listKeys },
  { methods: ['POST'], path: 'keys', handle: createCustom },
  { methods: ['PUT'], path: 'keys', handle: replace },
  { methods: ['DELETE'], path: 'keys', handle: remove },
  { methods: ['GET'], path: 'keys/*', handle: get },
  { methods: ['POST'], path: 'keys/*', handle: createCustom },
  { methods: ['PUT'], path: 'keys/*', handle: replace },
  { methods: ['DELETE'], path: 'keys/*', handle: remove },
];
