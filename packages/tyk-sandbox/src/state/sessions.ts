/**
 * Keys in the store: how they are found, written and removed (`gateway/auth_manager.go`).
 * Every write and removal clears the cache under the stored name, and only there: see `sessionCache.ts`.
 */
import { hashKey } from '../keys/hash';
import { makeToken, tokenOrg } from '../keys/token';
import type { Session } from '../model/session';
import type { Api } from '../apis/api';
import { behaves } from '../versions';
import type { Gateway } from './gateway';

interface FoundKey {
  session: Session;
  /** The token it was found by; the hash, where it was asked for by hash. */
  keyId: string;
}

export function newToken(gateway: Gateway, org: string, id: string): string {
  return makeToken(org, id, gateway.settings.hashKeyFunction);
}

/** What a key is stored and counted under. */
export function storedName(gateway: Gateway, key: string): string {
  return gateway.settings.hashKeys ? hashKey(key) : key;
}

/**
 * @param name - token, bare custom value (found only with its organisation), or stored name
 * @param stored - `name` is what the key is stored under
 */
export function findKey(
  gateway: Gateway,
  org: string,
  name: string,
  stored: boolean,
): FoundKey | undefined {
  if (stored) {
    const session = gateway.keys.get(name);
    return session && { session, keyId: name };
  }
  const isWhole =
    tokenOrg(name) === org || gateway.settings.disableKeyActionsByUsername;
  const candidates = isWhole ? [name] : [newToken(gateway, org, name), name];
  for (const keyId of candidates) {
    const session = gateway.keys.get(storedName(gateway, keyId));
    if (session) return { session, keyId };
  }
  return undefined;
}

/** @param lifetime - seconds until the store forgets it; 0 or less: never */
export function storeKey(
  gateway: Gateway,
  name: string,
  session: Session,
  lifetime: number,
  stored: boolean,
): void {
  const storeName = stored ? name : storedName(gateway, name);
  gateway.keys.set(storeName, session, lifetime, stored ? undefined : name);
  gateway.cache.delete(storeName);
}

export function removeKey(
  gateway: Gateway,
  org: string,
  name: string,
  stored: boolean,
): boolean {
  const names = stored
    ? [name]
    : [name, newToken(gateway, org, name)].map(key => storedName(gateway, key));
  gateway.cache.delete(names[0]);
  return names.map(key => gateway.keys.delete(key)).some(Boolean);
}

/** Name of the counter of a scope on a key; '' is the key's own. */
export function quotaName(scope: string, name: string): string {
  return scope === '' ? name : `${scope}-${name}`;
}

/** Starts the quotas of a key anew. */
export function resetQuota(
  gateway: Gateway,
  name: string,
  session: Session,
  stored: boolean,
): void {
  const storeName = stored ? name : storedName(gateway, name);
  const scopes = Object.values(session.access_rights).map(
    access => access.allowance_scope,
  );
  for (const scope of ['', ...scopes]) {
    gateway.quotas.reset(quotaName(scope, storeName));
  }
}

/** Seconds the store keeps a session for one of these APIs, the longest of them; 0: for ever. */
export function lifetimeOf(
  gateway: Gateway,
  session: Session,
  api?: Api,
): number {
  const rights = Object.keys(session.access_rights);
  const apis =
    rights.length > 0
      ? rights.flatMap(id => gateway.loaded.apis.get(id) ?? [])
      : [api].flatMap(one => one ?? []);
  const lifetimes = apis.map(one => lifetimeFor(gateway, session, one));
  return lifetimes.includes(-1) ? -1 : Math.max(0, ...lifetimes);
}

export function lifetimeFor(
  gateway: Gateway,
  session: Session,
  api: Api,
): number {
  const { forcedSessionLifetime: forced } = gateway.settings;
  if (forced > 0) return forced;
  const left = session.expires - gateway.clock.seconds();
  const {
    post_expiry_action: action,
    post_expiry_grace_period: grace,
    session_lifetime: lifetime,
  } = session;
  if (!behaves(gateway.settings.version, 'postExpiry')) {
    return lifetime || api.sessionLifetime;
  }
  if (action === 'delete') {
    return session.expires > 0 ? Math.max(1, left) : 0;
  }
  if (action === 'retain' && grace !== 0) {
    if (session.expires <= 0) return 0;
    return grace === -1 ? -1 : Math.max(1, left + grace);
  }
  return lifetime || api.sessionLifetime;
}
