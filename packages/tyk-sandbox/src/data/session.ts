/**
 * From what a consumer presents to its session, and back into the store after the call. See `sessionCache.ts` for why
 * a deleted key can come back here.
 */
import type { Api } from '../apis/api';
import { hashKey, hashWith } from '../keys/hash';
import type { Gateway } from '../state/gateway';
import { applied } from '../state/applied';
import type { KnownSession } from '../state/sessionCache';
import { findKey, lifetimeFor, storeKey, storedName } from '../state/sessions';
import { behaves } from '../versions';

/** The session with its policies applied; `undefined` where the key is unknown or its policies cannot be applied. */
export function findSession(
  gateway: Gateway,
  api: Api,
  presented: string,
): KnownSession | undefined {
  const { minTokenLength } = gateway.settings;
  if (presented.length < minTokenLength) return undefined;
  const known = findCached(gateway, api, presented);
  if (!known) return undefined;
  const { session, error } = applied(gateway, known.session, api.orgId);
  return error === undefined ? { ...known, session } : undefined;
}

/** What is cached is the session as it was stored, or as the last call left it. */
function findCached(
  gateway: Gateway,
  api: Api,
  presented: string,
): KnownSession | undefined {
  const { hashKeys, disableCachedSessionState } = gateway.settings;
  const cacheName = hashKeys ? hashWith('murmur64', presented) : presented;
  if (!disableCachedSessionState) {
    const cached = gateway.cache.get(cacheName);
    if (cached) return cached;
  }
  const found = findKey(gateway, api.orgId, presented, false);
  if (!found) return undefined;
  const known = {
    ...found,
    keyHash: hashKeys ? hashKey(found.keyId) : presented,
  };
  if (!disableCachedSessionState) gateway.cache.set(cacheName, known);
  return known;
}

/**
 * Stores the session of a call, whatever has become of the key meanwhile; newer versions do so only as long as there is
 * one.
 */
export function writeBack(
  gateway: Gateway,
  api: Api,
  known: KnownSession,
): void {
  const gone = !gateway.keys.get(storedName(gateway, known.keyId));
  if (gone && behaves(gateway.settings.version, 'deletedKeysStayAway')) return;
  const lifetime = lifetimeFor(gateway, known.session, api);
  storeKey(gateway, known.keyId, known.session, lifetime, false);
  if (!gateway.settings.disableCachedSessionState) {
    gateway.cache.set(known.keyHash, known);
  }
}
