/**
 * Is the key that Tyk made the key that was asked for?
 *
 * Tyk answers 200 and makes a key without any limit when the plan's policy is not there, so the answer proves nothing:
 * access, limits, expiry and policies of what it kept are compared with product and plan.
 */
import type { ProviderCredential } from 'backstage-plugin-api-products-node';
import { fromTykQuota, fromTykRate, toTykLimits } from './limits';
import type { TykLimits } from './limits';
import { effectiveLimits, expiryOf } from './sessions';
import type { TykSession } from './sessions';

interface SessionDifference {
  field:
    | 'policies'
    | 'access'
    | 'paths'
    | 'rate'
    | 'quota'
    | 'expiry'
    | 'state';
  /** In words, for people. */
  message: string;
}

export type WantedCredential = Pick<
  ProviderCredential,
  'products' | 'plan' | 'expiresAt'
> & {
  /** References of our own policies that it has to carry as well. */
  technical?: readonly string[];
};

/**
 * Policies of a credential in the order that Tyk wants: products sorted, the plan last, so that its key lifetime and
 * metadata win.
 */
export function policyIdsOf(wanted: WantedCredential): string[] {
  const products = wanted.products.map(product => product.reference.policyId);
  return [...new Set(products)].sort().concat(wanted.plan.reference.policyId);
}

function rateLabel(limits: Pick<TykLimits, 'rate' | 'per'>): string {
  const rate = fromTykRate(limits.rate, limits.per);
  return rate === 'unlimited'
    ? 'unlimited'
    : `${rate.requests} per ${rate.per} s`;
}

function quotaLabel(
  limits: Pick<TykLimits, 'quota_max' | 'quota_renewal_rate'>,
): string {
  const quota = fromTykQuota(limits.quota_max, limits.quota_renewal_rate);
  if (quota === 'unlimited') return 'unlimited';
  return quota.perSeconds === undefined
    ? `${quota.requests} for ever`
    : `${quota.requests} per ${quota.perSeconds} s`;
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  const left = new Set(a);
  const right = new Set(b);
  return left.size === right.size && [...left].every(item => right.has(item));
}

/** Paths as texts that can be compared; the order of methods does not matter. */
function pathLabels(urls: { url: string; methods: string[] }[]): string[] {
  return urls.map(({ url, methods }) => `${[...methods].sort()} ${url}`);
}

function comparePaths(
  session: TykSession,
  wanted: WantedCredential,
): SessionDifference[] {
  const apis = wanted.products.flatMap(product => product.apis);
  return [...new Set(apis.map(api => api.id))].flatMap(id => {
    const managed = apis.filter(api => api.id === id);
    const paths = managed.flatMap(api =>
      api.allowedUrls && api.allowedUrls.length > 0 ? [api.allowedUrls] : [],
    );
    // Where one product leaves the paths to Tyk, what the merge makes of them is not ours to judge.
    if (paths.length < managed.length) return [];
    const kept = session.access_rights[id]?.allowed_urls ?? [];
    return sameSet(pathLabels(kept), pathLabels(paths.flat()))
      ? []
      : [
          {
            field: 'paths' as const,
            message: `the paths of API ${id} are others`,
          },
        ];
  });
}

/** What differs; empty where the key is as it should be. */
export function compareSession(
  session: TykSession,
  wanted: WantedCredential,
): SessionDifference[] {
  const differences: SessionDifference[] = [];
  const add = (field: SessionDifference['field'], message: string) =>
    differences.push({ field, message });

  const policies = [...policyIdsOf(wanted), ...(wanted.technical ?? [])];
  if (!sameSet(session.apply_policies, policies)) {
    add(
      'policies',
      `its policies are ${session.apply_policies.join(', ') || 'none'}`,
    );
  }

  const apiIds = [
    ...new Set(
      wanted.products.flatMap(product => product.apis.map(api => api.id)),
    ),
  ];
  const kept = Object.keys(session.access_rights);
  const missing = apiIds.filter(id => !kept.includes(id)).sort();
  const surplus = kept.filter(id => !apiIds.includes(id)).sort();
  if (missing.length > 0) {
    add('access', `it does not open ${missing.join(', ')}`);
  }
  if (surplus.length > 0) {
    add('access', `it also opens ${surplus.join(', ')}`);
  }
  differences.push(...comparePaths(session, wanted));

  const limits = toTykLimits(wanted.plan);
  const opened = kept.filter(id => apiIds.includes(id));
  const found =
    opened.length > 0
      ? opened.map(id => effectiveLimits(session, id))
      : [session];
  const rates = new Set(found.map(rateLabel));
  if (!sameSet([...rates], [rateLabel(limits)])) {
    add(
      'rate',
      `its rate limit is ${[...rates].join(' and ')} instead of ${rateLabel(
        limits,
      )}`,
    );
  }
  const quotas = new Set(found.map(quotaLabel));
  if (!sameSet([...quotas], [quotaLabel(limits)])) {
    add(
      'quota',
      `its quota is ${[...quotas].join(' and ')} instead of ${quotaLabel(
        limits,
      )}`,
    );
  }

  const expiry = expiryOf(session);
  if (expiry !== wanted.expiresAt) {
    add(
      'expiry',
      `it expires at ${expiry ?? 'no time'} instead of ${
        wanted.expiresAt ?? 'never'
      }`,
    );
  }
  if (session.is_inactive) add('state', 'it is inactive');
  return differences;
}
