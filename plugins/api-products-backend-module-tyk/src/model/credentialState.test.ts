import type { JsonObject } from '@backstage/types';
import { credentialState } from './credentialState';
import { sessionSchema } from './sessions';

const read = (session: JsonObject) =>
  credentialState(sessionSchema.parse(session));

const right = (scope: string, remaining: number, renews = 1000) => ({
  allowance_scope: scope,
  limit: {
    rate: 10,
    per: 60,
    quota_max: 100,
    quota_renewal_rate: 3600,
    quota_remaining: remaining,
    quota_renews: renews,
  },
});

describe('case 54: what is left of a quota', () => {
  it('is told for each product where they are counted apart', () => {
    expect(
      read({
        access_rights: {
          c: right('two', 7, 2000),
          a: right('one', 40),
          b: right('one', 40),
        },
      }),
    ).toMatchObject({
      quotaRemaining: 7,
      quotaRenewsAt: 2000,
      productQuotas: [
        { policyId: 'one', apiIds: ['a', 'b'], remaining: 40, renewsAt: 1000 },
        { policyId: 'two', apiIds: ['c'], remaining: 7, renewsAt: 2000 },
      ],
    });
  });

  it('has no time where no window has begun', () => {
    expect(
      read({ access_rights: { a: right('one', 100, 0) } }).productQuotas,
    ).toEqual([{ policyId: 'one', apiIds: ['a'], remaining: 100 }]);
  });

  it('is one where one counter is for all, and none where it is unlimited', () => {
    const one = read({ access_rights: { a: right('', 40) } });
    expect(one.quotaRemaining).toBe(40);
    expect(one).not.toHaveProperty('productQuotas');
    const unlimited = { ...right('one', 0), limit: { quota_max: -1, rate: 1 } };
    expect(read({ access_rights: { a: unlimited } })).not.toHaveProperty(
      'productQuotas',
    );
  });
});
