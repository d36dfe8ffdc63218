/** The state of a plan's form, and what is sent of it. */
import type {
  EntityRef,
  NewPlan,
  Plan,
  PlanPatch,
  Pricing,
} from 'backstage-plugin-api-products-common';
import { changesBetween } from '../changes';
import { nameOf, type Naming } from '../NameFields';

/** A number of calls in a time; `unlimited` stands in the place of the time. */
export interface LimitForm {
  /** As typed. */
  requests: string;
  /** Seconds, an ISO duration or `month`; or `unlimited`. */
  per: string;
}

export interface PlanForm extends Naming {
  description: string;
  owner: EntityRef[];
  /** Empty: a plan for every provider. */
  provider: string;
  billing: Pricing['mode'];
  priceLabel: string;
  rate: LimitForm;
  quota: LimitForm;
  /** An ISO duration or `never`. */
  keyLifetime: string;
  approval: 'auto' | 'manual';
  /** Requests is empty where there is no limit to asking. */
  allowance: LimitForm;
  catalogues: EntityRef[];
}

/** As the server calls them. */
export const PLAN_FIELDS = [
  'title',
  'name',
  'description',
  'owner',
  'provider',
  'pricing',
  'rateLimit',
  'quota',
  'keyLifetime',
  'approval',
  'accessRequests',
  'catalogues',
] as const;

export type PlanField = (typeof PLAN_FIELDS)[number];

/** What a new plan starts with beside the presets. */
export interface PlanDefaults {
  provider?: string;
  owner?: EntityRef;
  catalogues?: EntityRef[];
}

export const UNLIMITED = 'unlimited';

const limitForm = (
  limit: 'unlimited' | { requests: number; per: number | string },
): LimitForm =>
  limit === 'unlimited'
    ? { requests: '', per: UNLIMITED }
    : { requests: String(limit.requests), per: String(limit.per) };

/** What the form starts with: calls per minute and per calendar month are what most plans say. */
export function planForm(
  plan: Plan | undefined,
  defaults: PlanDefaults = {},
): PlanForm {
  const owner = plan?.owner ?? defaults.owner;
  return {
    title: plan?.title ?? '',
    name: plan?.name,
    description: plan?.description ?? '',
    owner: owner ? [owner] : [],
    provider: plan?.provider ?? defaults.provider ?? '',
    billing: plan?.pricing.mode ?? 'free',
    priceLabel: plan?.pricing.label ?? '',
    rate: plan ? limitForm(plan.rateLimit) : { requests: '', per: '60' },
    quota: plan ? limitForm(plan.quota) : { requests: '', per: 'month' },
    keyLifetime: plan?.keyLifetime ?? 'never',
    approval: plan?.approval.mode ?? 'manual',
    allowance: {
      requests: plan?.accessRequests
        ? String(plan.accessRequests.allowance)
        : '',
      per: plan?.accessRequests?.per ?? 'P30D',
    },
    catalogues:
      plan?.refs?.catalogues ?? plan?.catalogues ?? defaults.catalogues ?? [],
  };
}

const WHOLE = /^[1-9]\d{0,14}$/;

/** Spaces between thousands are how people write large numbers. */
const digits = (text: string): string => text.replace(/[\s_]/g, '');

/** Whether the number of calls is one, or is not needed. */
export const isLimit = ({ requests, per }: LimitForm): boolean =>
  per === UNLIMITED || WHOLE.test(digits(requests));

export const isAllowance = ({ requests }: LimitForm): boolean =>
  requests.trim() === '' || WHOLE.test(digits(requests));

const callsOf = ({ requests }: LimitForm): number => Number(digits(requests));

/** Amount, currency and period stay as they are, but a free plan has none. */
function pricingOf(form: PlanForm, before: Pricing | undefined): Pricing {
  const label = form.priceLabel.trim();
  const { description, currency, amount, period, trial } = before ?? {};
  return {
    mode: form.billing,
    ...(label && { label }),
    ...(description && { description }),
    ...(trial && { trial }),
    ...(form.billing !== 'free' && {
      ...(currency && { currency }),
      ...(amount && { amount }),
      ...(period && { period }),
    }),
  };
}

const rateOf = ({ rate }: PlanForm): NewPlan['rateLimit'] =>
  rate.per === UNLIMITED
    ? 'unlimited'
    : { requests: callsOf(rate), per: Number(rate.per) };

const quotaOf = ({ quota }: PlanForm): NewPlan['quota'] =>
  quota.per === UNLIMITED
    ? 'unlimited'
    : { requests: callsOf(quota), per: quota.per };

const allowanceOf = ({ allowance }: PlanForm): NewPlan['accessRequests'] =>
  allowance.requests.trim() === ''
    ? undefined
    : { allowance: callsOf(allowance), per: allowance.per };

export function newPlanOf(form: PlanForm): NewPlan {
  const description = form.description.trim();
  const accessRequests = allowanceOf(form);
  return {
    name: nameOf(form),
    title: form.title.trim(),
    ...(description && { description }),
    owner: form.owner[0],
    ...(form.provider && { provider: form.provider }),
    rateLimit: rateOf(form),
    quota: quotaOf(form),
    keyLifetime: form.keyLifetime,
    approval: { mode: form.approval },
    ...(accessRequests && { accessRequests }),
    pricing: pricingOf(form, undefined),
    catalogues: form.catalogues,
  };
}

/** Only what was changed, so that what others change at the same time stays. */
export function planPatchOf(plan: Plan, form: PlanForm): PlanPatch {
  const changed = changesBetween(planForm(plan), form);
  return {
    revision: plan.revision,
    ...(changed('title') && { title: form.title.trim() }),
    ...(changed('description') && {
      description: form.description.trim() || null,
    }),
    ...(changed('owner') && { owner: form.owner[0] }),
    ...(changed('provider') && { provider: form.provider || null }),
    ...(changed('billing', 'priceLabel') && {
      pricing: pricingOf(form, plan.pricing),
    }),
    ...(changed('rate') && { rateLimit: rateOf(form) }),
    ...(changed('quota') && { quota: quotaOf(form) }),
    ...(changed('keyLifetime') && { keyLifetime: form.keyLifetime }),
    ...(changed('approval') && { approval: { mode: form.approval } }),
    ...(changed('allowance') && { accessRequests: allowanceOf(form) ?? null }),
    ...(changed('catalogues') && { catalogues: form.catalogues }),
  };
}
