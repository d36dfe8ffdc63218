import type { Api } from '../apis/api';
import { isEmptyLimit } from '../model/access';
import type { ApiLimit } from '../model/access';
import type { Session } from '../model/session';
import type { Gateway } from '../state/gateway';
import type { KnownSession } from '../state/sessionCache';
import { quotaName, storedName } from '../state/sessions';

/** Where the limits of an API stand: with the API, else at the root of the session. */
function limitFor(session: Session, api: Api): ApiLimit {
  const own = session.access_rights[api.id]?.limit;
  return own && !isEmptyLimit(own) ? own : session;
}

function scopeFor(session: Session, api: Api): string {
  return session.access_rights[api.id]?.allowance_scope ?? '';
}

/** Counts the call against the rate. @returns whether it is over it */
export function exceedsRate(
  gateway: Gateway,
  api: Api,
  { session, keyHash }: KnownSession,
): boolean {
  const { rate, per } = limitFor(session, api);
  if (!api.rateLimited || rate <= 0 || per <= 0) return false;
  // Without the store calls cannot be counted, and are taken for too many.
  if (gateway.store.isAway) return true;
  const name = quotaName(scopeFor(session, api), keyHash);
  return gateway.settings.rateLimiter === 'fixed'
    ? gateway.rates.exceedsFixed(name, rate, per)
    : gateway.rates.exceedsRolling(name, rate, per);
}

/**
 * Counts the call against the quota and notes in the session what is left.
 * `counted` says whether the session has changed: only then is it written back.
 */
export function countQuota(
  gateway: Gateway,
  api: Api,
  { session, keyId }: KnownSession,
): { counted: boolean; exceeded: boolean } {
  const limit = limitFor(session, api);
  if (!api.quotaLimited || limit.quota_max <= 0) {
    return { counted: false, exceeded: false };
  }
  const scope = scopeFor(session, api);
  const name = quotaName(scope, storedName(gateway, keyId));
  const { used, renews } = gateway.quotas.count(name, limit.quota_renewal_rate);
  const left = {
    quota_remaining: Math.max(0, limit.quota_max - used),
    quota_renews: renews,
  };
  for (const access of Object.values(session.access_rights)) {
    if (!isEmptyLimit(access.limit) && access.allowance_scope === scope) {
      Object.assign(access.limit, left);
    }
  }
  if (scope === '') Object.assign(session, left);
  return { counted: true, exceeded: used > limit.quota_max };
}

/** They tell the quota, not the rate, in spite of their names. */
export function quotaHeaders(
  api: Api,
  session: Session | undefined,
): Record<string, string> {
  const limit = session && limitFor(session, api);
  return {
    'x-ratelimit-limit': String(limit?.quota_max ?? 0),
    'x-ratelimit-remaining': String(limit?.quota_remaining ?? 0),
    'x-ratelimit-reset': String(limit?.quota_renews ?? 0),
  };
}
