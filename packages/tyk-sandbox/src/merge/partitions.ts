import { isEmptyLimit } from '../model/access';
import type { AccessDefinition, AccessSpec, ApiLimit } from '../model/access';
import { isPartitioned } from '../model/policy';
import type { Policy } from '../model/policy';
import { MIXED, emptyAccess, isMore, pace, union } from './merge';
import type { Merge } from './merge';

/** Applies a policy whose parts count for all its APIs together. @returns the error, if there is one */
export function applyPartitions(
  merge: Merge,
  policy: Policy,
): string | undefined {
  const partitioned = isPartitioned(policy);
  if (partitioned && merge.didPerApi) return MIXED;
  const counts = (part: 'acl' | 'quota' | 'rate_limit' | 'complexity') =>
    !partitioned || policy.partitions[part];

  const apis = Object.entries(policy.access_rights ?? {});
  for (const [api, granted] of apis) {
    const access = merge.rights.get(api) ?? emptyAccess();
    merge.rights.set(api, access);
    if (counts('acl')) {
      merge.did.acl.add(api);
      merge.setBy.set(api, policy.id);
      mergeAcl(access, granted);
    }
    if (counts('quota')) {
      merge.did.quota.add(api);
      raiseQuota(merge, access.limit, policy);
    }
    if (counts('rate_limit')) {
      merge.did.rate.add(api);
      raiseRate(merge, access, policy, granted);
    }
    if (counts('complexity')) {
      merge.did.complexity.add(api);
      raiseDepth(merge, access.limit, policy);
    }
    const current = merge.session.access_rights[api];
    if (current && !isEmptyLimit(current.limit)) {
      access.limit.quota_renews = current.limit.quota_renews;
    }
  }
  if (apis.length === 0) assignRoot(merge, policy, counts);

  const { session } = merge;
  session.hmac_enabled ||= policy.hmac_enabled;
  session.enable_http_signature_validation ||=
    policy.enable_http_signature_validation;
  merge.didPartition = partitioned;
  return undefined;
}

function mergeAcl(access: AccessDefinition, granted: AccessDefinition): void {
  access.disable_introspection ||= granted.disable_introspection;
  access.versions = union(access.versions, granted.versions);
  access.allowed_urls = mergeUrls(access.allowed_urls, granted.allowed_urls);
  access.restricted_types = union(
    access.restricted_types,
    granted.restricted_types,
  );
  access.allowed_types = union(access.allowed_types, granted.allowed_types);
  access.field_access_rights = union(
    access.field_access_rights,
    granted.field_access_rights,
  );
}

function mergeUrls(first: AccessSpec[], second: AccessSpec[]): AccessSpec[] {
  const merged = new Map<string, string[]>();
  for (const { url, methods } of [...first, ...second]) {
    merged.set(url, union(merged.get(url) ?? [], methods));
  }
  return [...merged].map(([url, methods]) => ({ url, methods }));
}

function raiseQuota({ session }: Merge, limit: ApiLimit, policy: Policy): void {
  if (isMore(policy.quota_max, limit.quota_max)) {
    limit.quota_max = policy.quota_max;
    if (isMore(policy.quota_max, session.quota_max)) {
      session.quota_max = policy.quota_max;
    }
  }
  if (policy.quota_renewal_rate > limit.quota_renewal_rate) {
    limit.quota_renewal_rate = policy.quota_renewal_rate;
    session.quota_renewal_rate = Math.max(
      policy.quota_renewal_rate,
      session.quota_renewal_rate,
    );
  }
}

interface Rate {
  rate: number;
  per: number;
}

function isUnset({ rate, per }: Rate): boolean {
  return rate === 0 || per === 0;
}

function raise(target: Rate, offer: Rate): void {
  if (isUnset(target) || pace(target) > pace(offer)) {
    target.rate = offer.rate;
    target.per = offer.per;
  }
}

function raiseRate(
  { session }: Merge,
  access: AccessDefinition,
  policy: Policy,
  granted: AccessDefinition,
): void {
  const { limit } = access;
  if (!isUnset(policy)) {
    raise(limit, policy);
    raise(session, policy);
  }
  access.endpoints = union(access.endpoints, granted.endpoints);
  for (const field of ['throttle_interval', 'throttle_retry_limit'] as const) {
    if (policy[field] > limit[field]) {
      limit[field] = policy[field];
      session[field] = Math.max(policy[field], session[field]);
    }
  }
}

function raiseDepth({ session }: Merge, limit: ApiLimit, policy: Policy): void {
  if (!isMore(policy.max_query_depth, limit.max_query_depth)) return;
  limit.max_query_depth = policy.max_query_depth;
  if (isMore(policy.max_query_depth, session.max_query_depth)) {
    session.max_query_depth = policy.max_query_depth;
  }
}

/** A policy without access rights assigns its values to the root: here, and only here, a smaller one wins. */
function assignRoot(
  { session }: Merge,
  policy: Policy,
  counts: (part: 'quota' | 'rate_limit' | 'complexity') => boolean,
): void {
  if (counts('rate_limit')) {
    session.rate = policy.rate;
    session.per = policy.per;
    session.throttle_interval = policy.throttle_interval;
    session.throttle_retry_limit = policy.throttle_retry_limit;
  }
  if (counts('complexity')) session.max_query_depth = policy.max_query_depth;
  if (counts('quota')) {
    session.quota_max = policy.quota_max;
    session.quota_renewal_rate = policy.quota_renewal_rate;
  }
}
