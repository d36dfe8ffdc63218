import type {
  CredentialState,
  ProductQuota,
} from 'backstage-plugin-api-products-node';
import { readKeyMark } from './keyMark';
import { fromTykQuota, fromTykRate } from './limits';
import { credentialIdOf, technicalPoliciesOf } from './sessionBodies';
import { effectiveLimits, expiryOf } from './sessions';
import type { TykSession, TykSessionLimits } from './sessions';

/** What is left for each product, where Tyk counts them apart. */
function productQuotas(session: TykSession): ProductQuota[] {
  const quotas = new Map<string, ProductQuota>();
  for (const apiId of Object.keys(session.access_rights).sort()) {
    const policyId = session.access_rights[apiId]?.allowance_scope ?? '';
    const limit = effectiveLimits(session, apiId);
    if (policyId === '' || limit.quota_max <= 0) continue;
    const renewsAt = limit.quota_renews;
    const found = quotas.get(policyId) ?? {
      policyId,
      apiIds: [],
      remaining: Math.max(0, limit.quota_remaining),
      ...(renewsAt > 0 && { renewsAt }),
    };
    quotas.set(policyId, { ...found, apiIds: [...found.apiIds, apiId] });
  }
  return [...quotas.values()];
}

/**
 * A session in the portal's words.
 *
 * With several products on a key Tyk counts the quota once per product; what is told then is the counter with the
 * least left, since that is the one that the consumer meets first.
 */
export function credentialState(session: TykSession): CredentialState {
  const apiIds = Object.keys(session.access_rights).sort();
  const limits = apiIds.map(id => effectiveLimits(session, id));
  const tightest = limits.reduce<TykSessionLimits>(
    (least, limit) =>
      limit.quota_max > 0 &&
      (least.quota_max <= 0 || limit.quota_remaining < least.quota_remaining)
        ? limit
        : least,
    limits[0] ?? session,
  );
  const expiresAt = expiryOf(session);
  const technical = technicalPoliciesOf(session);
  const credentialId = credentialIdOf(session);
  const byProduct = productQuotas(session);
  return {
    apiIds,
    rateLimit: fromTykRate(tightest.rate, tightest.per),
    quota: fromTykQuota(tightest.quota_max, tightest.quota_renewal_rate),
    ...(tightest.quota_max > 0 && {
      quotaRemaining: Math.max(0, tightest.quota_remaining),
    }),
    ...(tightest.quota_max > 0 &&
      tightest.quota_renews > 0 && { quotaRenewsAt: tightest.quota_renews }),
    ...(byProduct.length > 0 && { productQuotas: byProduct }),
    ...(expiresAt !== undefined && { expiresAt }),
    policyIds: session.apply_policies.filter(id => !technical.includes(id)),
    suspended: session.is_inactive,
    ...(credentialId !== undefined && { credentialId }),
    marks: {
      alias: readKeyMark(session.alias).alias,
      tags: session.tags,
      metadata: session.meta_data,
    },
  };
}
