import { emptyLimit, isEmptyLimit } from '../model/access';
import type { AccessDefinition, ApiLimit } from '../model/access';
import type { Policy } from '../model/policy';
import { MIXED, isMore, pace, union } from './merge';
import type { Merge } from './merge';

/** Applies a policy that counts each of its APIs separately. @returns the error, if there is one */
export function applyPerApi(merge: Merge, policy: Policy): string | undefined {
  if (merge.didPartition) return MIXED;
  const apis = Object.entries(policy.access_rights ?? {});
  for (const [api, granted] of apis) {
    const own = !isEmptyLimit(granted.limit);
    let scope = own ? api : policy.id;
    let access = structuredClone(granted);
    if (!own) access.limit = policyLimit(policy);
    access.allowance_scope = scope;

    const current = merge.session.access_rights[api];
    if (current) {
      access.disable_introspection ||= current.disable_introspection;
      if (!isEmptyLimit(current.limit)) {
        access.limit.quota_renews = current.limit.quota_renews;
      }
    }
    const before = merge.rights.get(api);
    if (before) {
      const raised = raiseLimits(access, before);
      access = raised.access;
      if (raised.byOther) scope = merge.setBy.get(api) ?? scope;
    }
    merge.rights.set(api, access);
    merge.setBy.set(api, scope);
    Object.values(merge.did).forEach(done => done.add(api));
  }
  merge.didPerApi ||= apis.length > 0;
  return undefined;
}

function policyLimit(policy: Policy): ApiLimit {
  return {
    ...emptyLimit(),
    rate: policy.rate,
    per: policy.per,
    throttle_interval: policy.throttle_interval,
    throttle_retry_limit: policy.throttle_retry_limit,
    max_query_depth: policy.max_query_depth,
    quota_max: policy.quota_max,
    quota_renewal_rate: policy.quota_renewal_rate,
  };
}

/** The most generous of two grants of the same API; `byOther`: the earlier one had a say. */
function raiseLimits(
  access: AccessDefinition,
  before: AccessDefinition,
): { access: AccessDefinition; byOther: boolean } {
  const limit = { ...access.limit };
  let byOther = false;
  if (pace(limit) > pace(before.limit)) {
    limit.rate = before.limit.rate;
    limit.per = before.limit.per;
    byOther = true;
  }
  if (
    before.limit.quota_max !== limit.quota_max &&
    isMore(before.limit.quota_max, limit.quota_max)
  ) {
    limit.quota_max = before.limit.quota_max;
    byOther = true;
  }
  if (isMore(before.limit.quota_renewal_rate, limit.quota_renewal_rate)) {
    limit.quota_renewal_rate = before.limit.quota_renewal_rate;
  }
  if (limit.quota_max === -1) limit.quota_renewal_rate = 0;
  return {
    access: {
      ...access,
      limit,
      endpoints: union(access.endpoints, before.endpoints),
      allowance_scope: byOther
        ? before.allowance_scope
        : access.allowance_scope,
    },
    byOther,
  };
}
