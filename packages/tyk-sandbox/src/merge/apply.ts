/**
 * The merge of policies into a session, as `internal/policy/apply.go` of the gateway does it at every request
 * and at every write of a key. A pure function: it returns a new session and, where the gateway would log or
 * refuse, the error with it. The session counts even with an error, because the gateway keeps what had been
 * changed until then, and some callers ignore the error.
 *
 * What must stay true: policies are applied in the order of the session; an unknown one among several is skipped;
 * limits that no policy sets for an API come from the session's root; `quota_renewal_rate` at the root is never
 * cleared, so a shorter period only wins through a policy without access rights.
 */
import { isEmptyLimit } from '../model/access';
import type { AccessDefinition } from '../model/access';
import { isPartitioned } from '../model/policy';
import type { Policy } from '../model/policy';
import { cloneSession, policyIds } from '../model/session';
import type { Session } from '../model/session';
import { applyPartitions } from './partitions';
import { applyPerApi } from './perApi';
import { newMerge } from './merge';
import type { Merge } from './merge';

/** Finds a loaded policy of an organisation. */
export type PolicyLookup = (org: string, id: string) => Policy | undefined;

export interface Applied {
  session: Session;
  /** In the words of the gateway. */
  error?: string;
}

/**
 * When `is_inactive` of the session itself suspends it: always, only where it has no policies, or never.
 * Which, depends on the version of the gateway; `is_inactive` of a policy always does.
 */
export type FlagRule = 'counts' | 'without-policies' | 'ignored';

/**
 * @param apiOrg - organisation of the API being called or saved for; `undefined` where there is none
 */
export function applyPolicies(
  original: Session,
  lookup: PolicyLookup,
  apiOrg?: string,
  flag: FlagRule = 'without-policies',
): Applied {
  const session = cloneSession(original);
  const ids = policyIds(session);
  const org = session.org_id || (apiOrg ?? '');
  const policies = (ids ?? []).map(id => ({ id, policy: lookup(org, id) }));

  clearPartitions(session, policies);
  const merge = newMerge(session);
  const heeded = flag === 'counts' || (flag === 'without-policies' && !ids);
  const inactive = { value: heeded && session.is_inactive };
  for (const { id, policy } of policies) {
    if (!policy) {
      if (policies.length > 1) continue;
      return { session, error: `policy not found: ${JSON.stringify(id)}` };
    }
    const error = applyOne(merge, policy, apiOrg);
    if (error) return { session, error };
    inactive.value ||= policy.is_inactive;
    merge.tags.push(...(policy.tags ?? []));
    Object.assign(session.meta_data, policy.meta_data);
    inheritDates(session, policy);
  }
  session.is_inactive = inactive.value;
  session.tags = [...new Set([...merge.tags, ...session.tags])];

  if (!ids) scopeOwnLimits(session);
  finishRights(merge);
  updateRoot(merge);
  if (merge.did.acl.size > 0) {
    session.access_rights = Object.fromEntries(merge.rights);
  }
  return ids && merge.rights.size === 0
    ? { session, error: 'key has no valid policies to be applied' }
    : { session };
}

/** Makes room for the values of partitioned policies; stops at the first unknown policy. */
function clearPartitions(
  session: Session,
  policies: { policy: Policy | undefined }[],
): void {
  for (const { policy } of policies) {
    if (!policy) return;
    const all = !isPartitioned(policy);
    if (policy.partitions.quota || all) {
      Object.assign(session, { quota_max: 0, quota_remaining: 0 });
    }
    if (policy.partitions.rate_limit || all) {
      session.rate = 0;
      session.per = 0;
      session.throttle_interval = 0;
      session.throttle_retry_limit = 0;
    }
    if (policy.partitions.complexity || all) session.max_query_depth = 0;
  }
}

function applyOne(
  merge: Merge,
  policy: Policy,
  apiOrg: string | undefined,
): string | undefined {
  if (apiOrg !== undefined && policy.org_id !== apiOrg) {
    return 'attempting to apply policy from different organisation to key, skipping';
  }
  if (policy.partitions.per_api && isPartitioned(policy)) {
    return `cannot apply policy ${policy.id} which has per_api and any of partitions set`;
  }
  return policy.partitions.per_api
    ? applyPerApi(merge, policy)
    : applyPartitions(merge, policy);
}

function inheritDates(session: Session, policy: Policy): void {
  if (policy.last_updated > session.last_updated) {
    session.last_updated = policy.last_updated;
  }
  session.post_expiry_action =
    policy.post_expiry_action || session.post_expiry_action;
  session.post_expiry_grace_period =
    policy.post_expiry_grace_period || session.post_expiry_grace_period;
}

/** A key without policies counts each API with limits of its own separately. */
function scopeOwnLimits(session: Session): void {
  for (const [api, access] of Object.entries(session.access_rights)) {
    if (!isEmptyLimit(access.limit)) access.allowance_scope = api;
  }
}

/** Drops APIs that no policy opens and fills their limits from the session's root. */
function finishRights({ session, rights, setBy, did }: Merge): void {
  const products = new Set(setBy.values());
  for (const [api, access] of rights) {
    if (did.acl.has(api)) {
      inheritLimits(session, access, api, did);
      const product = setBy.get(api);
      if (products.size > 1 && product !== undefined) {
        access.allowance_scope ||= product;
      }
    } else {
      rights.delete(api);
    }
  }
}

function inheritLimits(
  session: Session,
  access: AccessDefinition,
  api: string,
  did: Merge['did'],
): void {
  const { limit } = access;
  if (!did.rate.has(api)) {
    limit.rate = session.rate;
    limit.per = session.per;
    limit.throttle_interval = session.throttle_interval;
    limit.throttle_retry_limit = session.throttle_retry_limit;
    access.endpoints = [];
  }
  if (!did.complexity.has(api)) limit.max_query_depth = session.max_query_depth;
  if (!did.quota.has(api)) {
    limit.quota_max = session.quota_max;
    limit.quota_renewal_rate = session.quota_renewal_rate;
    limit.quota_renews = session.quota_renews;
  }
}

/** Where all rules were for one single API, they become those of the root too. */
function updateRoot({ session, rights, did }: Merge): void {
  const single = [did.quota, did.rate, did.complexity].every(
    apis => apis.size === 1,
  );
  if (!single) return;
  for (const { limit } of rights.values()) {
    session.rate = limit.rate;
    session.per = limit.per;
    session.quota_max = limit.quota_max;
    session.quota_renews = limit.quota_renews;
    session.quota_renewal_rate = limit.quota_renewal_rate;
    session.max_query_depth = limit.max_query_depth;
  }
}
