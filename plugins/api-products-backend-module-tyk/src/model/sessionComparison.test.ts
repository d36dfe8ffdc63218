import type { JsonObject } from '@backstage/types';
import { PLAN, PRODUCT } from '../__testUtils__/bench';
import { compareSession, policyIdsOf } from './sessionComparison';
import type { WantedCredential } from './sessionComparison';
import { credentialState } from './credentialState';
import { sessionSchema } from './sessions';

const wanted: WantedCredential = {
  products: [{ ...PRODUCT, reference: { policyId: 'product' } }],
  plan: { ...PLAN, reference: { policyId: 'plan' } },
};

const LIMIT = {
  rate: 100,
  per: 60,
  quota_max: 10,
  quota_renewal_rate: 86_400,
  quota_remaining: 7,
  quota_renews: 1_795_348_386,
};

/** As a gateway of 5.14 answers; see the recording of custom keys. */
const SESSION: JsonObject = {
  ...LIMIT,
  throttle_interval: -1,
  access_rights: { echo: { versions: ['Default'], limit: LIMIT } },
  org_id: 'default',
  apply_policies: ['product', 'plan'],
  last_updated: '1795261986',
};

const fields = (session: JsonObject, change: Partial<WantedCredential> = {}) =>
  compareSession(sessionSchema.parse(session), { ...wanted, ...change }).map(
    ({ field }) => field,
  );
const withLimit = (limit: JsonObject) => ({
  ...SESSION,
  access_rights: { echo: { limit: { ...LIMIT, ...limit } } },
});
const unlimitedPlan = {
  ...wanted.plan,
  rateLimit: 'unlimited' as const,
  quota: 'unlimited' as const,
};

describe('compareSession', () => {
  it.each<[string, JsonObject]>([
    ['as asked for', SESSION],
    [
      'with limits only at the root',
      {
        ...SESSION,
        access_rights: { echo: { versions: ['Default'] } },
      },
    ],
    [
      'with an empty limit',
      { ...SESSION, access_rights: { echo: { limit: {} } } },
    ],
    [
      'with a null limit',
      { ...SESSION, access_rights: { echo: { limit: null } } },
    ],
    [
      'with policies in another order',
      { ...SESSION, apply_policies: ['plan', 'product'] },
    ],
    [
      'with numbers as floats and texts',
      { ...SESSION, rate: '100', per: 60.0 },
    ],
    ['with expires −1', { ...SESSION, expires: -1 }],
    ['with the quota used up', withLimit({ quota_remaining: 0 })],
  ])('finds nothing in a session %s', (_, session) => {
    expect(fields(session)).toEqual([]);
  });

  it.each<[string, JsonObject, string[]]>([
    [
      'without any limit (the plan was not known)',
      {
        ...SESSION,
        rate: 0,
        per: 0,
        quota_max: 0,
        quota_renewal_rate: 0,
        access_rights: { echo: { versions: ['Default'] } },
      },
      ['rate', 'quota'],
    ],
    ['that leaves everything out', {}, ['policies', 'access', 'rate', 'quota']],
    ['with another rate', withLimit({ rate: 1_000 }), ['rate']],
    ['with another period of the rate', withLimit({ per: 1 }), ['rate']],
    ['with another quota', withLimit({ quota_max: 11 }), ['quota']],
    ['with an unlimited quota', withLimit({ quota_max: -1 }), ['quota']],
    [
      'with another renewal',
      withLimit({ quota_renewal_rate: 3_600 }),
      ['quota'],
    ],
    ['that never renews', withLimit({ quota_renewal_rate: 0 }), ['quota']],
    [
      'that opens more',
      {
        ...SESSION,
        access_rights: { echo: { limit: LIMIT }, other: { limit: LIMIT } },
      },
      ['access'],
    ],
    ['that opens nothing', { ...SESSION, access_rights: null }, ['access']],
    [
      'with fewer policies',
      { ...SESSION, apply_policies: ['product'] },
      ['policies'],
    ],
    [
      'with more policies',
      {
        ...SESSION,
        apply_policies: ['product', 'plan', 'x'],
      },
      ['policies'],
    ],
    ['that expires', { ...SESSION, expires: 1_800_000_000 }, ['expiry']],
    ['that is inactive', { ...SESSION, is_inactive: true }, ['state']],
  ])('finds a session %s', (_, session, expected) => {
    expect(fields(session)).toEqual(expected);
  });

  it('compares each API of several products', () => {
    const second = {
      ...PRODUCT,
      apis: [{ id: 'second', name: 'Second' }],
      reference: { policyId: 'b' },
    };
    const session = {
      ...SESSION,
      apply_policies: ['b', 'product', 'plan'],
      access_rights: {
        echo: { limit: LIMIT },
        second: { limit: { ...LIMIT, quota_max: 99 } },
      },
    };
    expect(fields(session, { products: [...wanted.products, second] })).toEqual(
      ['quota'],
    );
  });

  it.each<[string, JsonObject]>([
    ['−1', { rate: -1, per: -1, quota_max: -1, quota_renewal_rate: -1 }],
    ['0', { rate: 0, per: 0, quota_max: 0, quota_renewal_rate: 0 }],
  ])('takes %s for unlimited', (_, limits) => {
    const session = {
      ...SESSION,
      ...limits,
      access_rights: { echo: { limit: limits } },
    };
    expect(fields(session, { plan: unlimitedPlan })).toEqual([]);
    expect(fields(SESSION, { plan: unlimitedPlan })).toEqual(['rate', 'quota']);
  });

  it('compares the expiry to the second', () => {
    const session = { ...SESSION, expires: 1_800_000_000 };
    expect(fields(session, { expiresAt: 1_800_000_000 })).toEqual([]);
    expect(fields(session, { expiresAt: 1_800_000_001 })).toEqual(['expiry']);
    expect(fields(SESSION, { expiresAt: 1_800_000_001 })).toEqual(['expiry']);
  });

  it('compares paths where every product with the API manages them', () => {
    const allowedUrls = [{ url: '/a', methods: ['POST', 'GET'] }];
    const [product] = wanted.products;
    const managed = {
      ...product,
      apis: [{ id: 'echo', name: 'Echo', allowedUrls }],
    };
    const kept = (url: string) => ({
      ...SESSION,
      access_rights: {
        echo: {
          limit: LIMIT,
          allowed_urls: [{ url, methods: ['GET', 'POST'] }],
        },
      },
    });
    expect(fields(kept('/a'), { products: [managed] })).toEqual([]);
    expect(fields(kept('/b'), { products: [managed] })).toEqual(['paths']);
    expect(fields(SESSION, { products: [managed] })).toEqual(['paths']);
    expect(fields(kept('/b'))).toEqual([]);
    expect(fields(kept('/b'), { products: [product, managed] })).toEqual([]);
  });

  it('says in words what differs', () => {
    const [difference] = compareSession(
      sessionSchema.parse(withLimit({ rate: 0 })),
      wanted,
    );
    expect(difference.message).toBe(
      'its rate limit is unlimited instead of 100 per 60 s',
    );
  });
});

describe('policyIdsOf', () => {
  it('sorts products and puts the plan last', () => {
    const products = ['z', 'a', 'z'].map(policyId => ({
      ...PRODUCT,
      reference: { policyId },
    }));
    expect(policyIdsOf({ ...wanted, products })).toEqual(['a', 'z', 'plan']);
  });
});

describe('credentialState', () => {
  const state = (session: JsonObject) =>
    credentialState(sessionSchema.parse(session));

  it('case 45: copes with everything left out', () => {
    expect(state({})).toEqual({
      apiIds: [],
      rateLimit: 'unlimited',
      quota: 'unlimited',
      policyIds: [],
      suspended: false,
      marks: { alias: '', tags: [], metadata: {} },
    });
  });

  it('case 45: a quota without a rest is used up', () => {
    const { quota_remaining, ...used } = LIMIT;
    expect(quota_remaining).toBe(7);
    expect(
      state({ ...SESSION, access_rights: { echo: { limit: used } } }),
    ).toMatchObject({ quotaRemaining: 0 });
  });

  it('case 54: of several counters tells the one with the least left', () => {
    const rights = {
      a: { limit: { ...LIMIT, quota_remaining: 9 } },
      b: { limit: { ...LIMIT, quota_remaining: 2, quota_renews: 0 } },
      c: { limit: { rate: 1, per: 1 } },
    };
    expect(state({ ...SESSION, access_rights: rights })).toMatchObject({
      apiIds: ['a', 'b', 'c'],
      quotaRemaining: 2,
      quotaRenewsAt: LIMIT.quota_renews,
    });
  });
});
