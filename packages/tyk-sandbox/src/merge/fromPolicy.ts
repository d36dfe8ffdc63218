import type { Policy } from '../model/policy';
import { readSession } from '../model/session';
import type { Session } from '../model/session';

/** What a session starts with that is made from a policy, before its policies are applied. */
export function policyLimits(policy: Policy): Partial<Session> {
  return {
    rate: policy.rate,
    per: policy.per,
    throttle_interval: policy.throttle_interval,
    throttle_retry_limit: policy.throttle_retry_limit,
    max_query_depth: policy.max_query_depth,
    quota_max: policy.quota_max,
    quota_renewal_rate: policy.quota_renewal_rate,
    tags: policy.tags ?? [],
    post_expiry_action: policy.post_expiry_action,
    post_expiry_grace_period: policy.post_expiry_grace_period,
  };
}

/** A new session of this one policy, in the organisation of the policy. */
export function sessionFromPolicy(policy: Policy): Session {
  return {
    ...readSession({}),
    ...policyLimits(policy),
    org_id: policy.org_id,
    apply_policies: [policy.id],
    access_rights: structuredClone(policy.access_rights ?? {}),
    hmac_enabled: policy.hmac_enabled,
    enable_http_signature_validation: policy.enable_http_signature_validation,
    is_inactive: policy.is_inactive,
  };
}
