/**
 * What of a product or a plan is kept at the provider, as far as a synchronisation follows it: the APIs of a product,
 * the limits of a plan. The name is not part of it, because names go both ways, nor are the APIs that a plan is put
 * there with, because they come from the products it is sold with.
 */
import { hash } from 'node:crypto';
import type {
  AllowedUrl,
  IsoDuration,
  PlanSpec,
  Quota,
} from 'backstage-plugin-api-products-common';
import {
  MONTH_QUOTA_SECONDS,
  type FoundPlan,
  type FoundProduct,
} from 'backstage-plugin-api-products-node';

/** Change it when the content below changes, so that every record is looked at once more. */
const FORMAT = 1;

type FoundApi = FoundProduct['apis'][number];

const byId = (a: FoundApi, b: FoundApi): number =>
  a.id < b.id ? -1 : Number(a.id > b.id);

/** One without a name is what an API without versions has. */
export const versionsOf = ({ versions }: FoundApi): string[] | undefined => {
  const named = versions?.filter(version => version !== '') ?? [];
  return named.length > 0 ? named : undefined;
};

/** No path at all means every path. */
export const allowedUrlsOf = ({
  allowedUrls,
}: FoundApi): AllowedUrl[] | undefined =>
  allowedUrls && allowedUrls.length > 0 ? allowedUrls : undefined;

/** As short as it can be, for there may be thousands of them. */
function apiContent(api: FoundApi): string {
  const versions = versionsOf(api);
  const allowedUrls = allowedUrlsOf(api);
  const id = JSON.stringify(api.id);
  return versions || allowedUrls
    ? `${id}${JSON.stringify([
        versions ?? 0,
        allowedUrls?.map(({ url, methods }) => [url, methods]) ?? 0,
      ])}`
    : id;
}

const productContent = ({ apis }: FoundProduct): string =>
  (apis.length > 1 ? [...apis].sort(byId) : apis).map(apiContent).join();

function planContent(plan: FoundPlan): string {
  const { rateLimit, quota, keyLifetimeSeconds, credentialMetadata } = plan;
  const rate =
    rateLimit === 'unlimited' ? '' : `${rateLimit.requests}/${rateLimit.per}`;
  const calls =
    quota === 'unlimited' ? '' : `${quota.requests}/${quota.perSeconds ?? ''}`;
  const metadata = Object.keys(credentialMetadata)
    .sort()
    .map(key => [key, credentialMetadata[key]]);
  return `${rate} ${calls} ${keyLifetimeSeconds ?? ''} ${JSON.stringify(
    metadata,
  )}`;
}

/** Equal for equal content, whatever order it was listed in. */
export function contentFingerprint(found: FoundProduct | FoundPlan): string {
  const content =
    found.kind === 'product' ? productContent(found) : planContent(found);
  return hash('sha256', `${FORMAT} ${content}`);
}

/** What it has that cannot be said of a record here. */
export function obstacleOf(
  found: FoundProduct | FoundPlan,
): string | undefined {
  if (found.overwrites) {
    return `Its metadata overwrites what the portal leaves on keys: take ${found.overwrites.join(
      ', ',
    )} out of it at the provider`;
  }
  return found.kind === 'plan' &&
    found.quota !== 'unlimited' &&
    found.quota.perSeconds === undefined
    ? 'Its quota never renews, which is not a plan here: give it a period at the provider'
    : undefined;
}

const UNITS = [
  { seconds: 86_400, text: (count: number) => `P${count}D` },
  { seconds: 3_600, text: (count: number) => `PT${count}H` },
  { seconds: 60, text: (count: number) => `PT${count}M` },
];

/** In the largest unit that it is a whole number of. */
export function durationOf(seconds: number): IsoDuration {
  const unit = UNITS.find(({ seconds: size }) => seconds % size === 0);
  return unit ? unit.text(seconds / unit.seconds) : `PT${seconds}S`;
}

/** 31 days are a calendar month only where the plan said so before: nothing at the provider tells the two apart. */
function quotaOf(
  quota: FoundPlan['quota'],
  before: PlanSpec['quota'] | undefined,
): Quota | 'unlimited' {
  if (quota === 'unlimited' || quota.perSeconds === undefined) {
    return 'unlimited';
  }
  const { requests, perSeconds } = quota;
  const month =
    perSeconds === MONTH_QUOTA_SECONDS &&
    before !== undefined &&
    before !== 'unlimited' &&
    before.per === 'month';
  return { requests, per: month ? 'month' : durationOf(perSeconds) };
}

/** What a plan record takes over. */
type PlanLimits = Pick<
  PlanSpec,
  'rateLimit' | 'quota' | 'keyLifetime' | 'credentialMetadata'
>;

export function limitsOf(
  found: FoundPlan,
  before?: Pick<PlanSpec, 'quota'>,
): PlanLimits {
  return {
    rateLimit: found.rateLimit,
    quota: quotaOf(found.quota, before?.quota),
    keyLifetime:
      found.keyLifetimeSeconds === undefined
        ? 'never'
        : durationOf(found.keyLifetimeSeconds),
    credentialMetadata: found.credentialMetadata,
  };
}
