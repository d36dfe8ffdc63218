import { silverPlan } from '../../../fixtures';
import {
  isAllowance,
  isLimit,
  newPlanOf,
  planForm,
  planPatchOf,
  type PlanForm,
} from './planForm';

const filled: PlanForm = {
  ...planForm(undefined),
  title: ' Team ',
  owner: ['group:default/shop-team'],
  rate: { requests: '100', per: '60' },
  quota: { requests: '100 000', per: 'month' },
};

describe('newPlanOf', () => {
  it('sends what was filled in, and nothing that was not', () => {
    expect(newPlanOf(filled)).toEqual({
      name: 'team',
      title: 'Team',
      owner: 'group:default/shop-team',
      rateLimit: { requests: 100, per: 60 },
      quota: { requests: 100_000, per: 'month' },
      keyLifetime: 'never',
      approval: { mode: 'manual' },
      pricing: { mode: 'free' },
      catalogues: [],
    });
  });

  it('says no limits and an allowance', () => {
    expect(
      newPlanOf({
        ...filled,
        rate: { requests: '', per: 'unlimited' },
        quota: { requests: '7', per: 'unlimited' },
        allowance: { requests: '3', per: 'P7D' },
      }),
    ).toMatchObject({
      rateLimit: 'unlimited',
      quota: 'unlimited',
      accessRequests: { allowance: 3, per: 'P7D' },
    });
  });
});

describe('planPatchOf', () => {
  it('sends the revision alone where nothing was changed', () => {
    expect(planPatchOf(silverPlan, planForm(silverPlan))).toEqual({
      revision: 3,
    });
  });

  it('keeps amount and currency of a price, but not where it becomes free', () => {
    const form = planForm(silverPlan);
    expect(
      planPatchOf(silverPlan, { ...form, priceLabel: '$59/month' }).pricing,
    ).toEqual({ ...silverPlan.pricing, label: '$59/month' });
    expect(
      planPatchOf(silverPlan, { ...form, billing: 'free', priceLabel: '' })
        .pricing,
    ).toEqual({ mode: 'free' });
  });

  it('takes an allowance away', () => {
    const plan = {
      ...silverPlan,
      accessRequests: { allowance: 3, per: 'P30D' },
    };
    const form = planForm(plan);
    expect(
      planPatchOf(plan, { ...form, allowance: { requests: '', per: 'P30D' } }),
    ).toEqual({ revision: 3, accessRequests: null });
  });
});

describe('limits', () => {
  it.each([
    ['100', true],
    ['1 000 000', true],
    ['', false],
    ['0', false],
    ['-5', false],
    ['1.5', false],
    ['many', false],
  ])('“%s” is a number of calls: %s', (requests, expected) => {
    expect(isLimit({ requests, per: '60' })).toBe(expected);
  });

  it('needs no number without a limit', () => {
    expect(isLimit({ requests: '', per: 'unlimited' })).toBe(true);
    expect(isAllowance({ requests: '', per: 'P30D' })).toBe(true);
    expect(isAllowance({ requests: 'x', per: 'P30D' })).toBe(false);
  });
});
