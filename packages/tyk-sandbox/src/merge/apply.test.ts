import { readPolicy } from '../model/policy';
import type { Policy } from '../model/policy';
import { readSession, writeSession } from '../model/session';
import { toJson } from '../json';
import type { JsonObject } from '../json';
import { applyPolicies } from './apply';

const ACL = { acl: true };
const PLAN = { quota: true, rate_limit: true };

function rights(...apis: string[]): JsonObject {
  return Object.fromEntries(
    apis.map(api => [api, { api_id: api, versions: ['Default'] }]),
  );
}

const POLICIES: JsonObject[] = [
  { id: 'product', partitions: ACL, access_rights: rights('a', 'b') },
  { id: 'other', partitions: ACL, access_rights: rights('c') },
  { id: 'overlap', partitions: ACL, access_rights: rights('b', 'c') },
  { id: 'emptied', partitions: ACL, access_rights: {} },
  plan('small', { rate: 10, per: 60, quota_max: 5, quota_renewal_rate: 60 }),
  plan('slow', { rate: 1, per: 1, quota_max: 3, quota_renewal_rate: 3600 }),
  plan('unlimited', {
    rate: -1,
    per: -1,
    quota_max: -1,
    quota_renewal_rate: -1,
  }),
  {
    ...plan('listing', {
      rate: 7,
      per: 60,
      quota_max: 70,
      quota_renewal_rate: 120,
    }),
    access_rights: rights('a'),
  },
  {
    ...plan('elsewhere', {
      rate: 7,
      per: 60,
      quota_max: 70,
      quota_renewal_rate: 120,
    }),
    access_rights: rights('z'),
  },
  {
    id: 'off',
    partitions: ACL,
    access_rights: {},
    is_inactive: true,
    tags: ['off'],
  },
  {
    id: 'legacy',
    rate: 2,
    per: 1,
    quota_max: 9,
    quota_renewal_rate: 30,
    max_query_depth: 4,
    access_rights: rights('a'),
  },
  {
    id: 'each',
    partitions: { per_api: true },
    rate: 3,
    per: 1,
    quota_max: 8,
    access_rights: { a: {}, b: { limit: { quota_max: 2, rate: 1, per: 1 } } },
  },
  {
    id: 'each-too',
    partitions: { per_api: true },
    rate: 6,
    per: 1,
    quota_max: 4,
    access_rights: { a: {} },
  },
  {
    id: 'confused',
    partitions: { per_api: true, acl: true },
    access_rights: rights('a'),
  },
  {
    id: 'foreign',
    org_id: 'else',
    partitions: ACL,
    access_rights: rights('a'),
  },
];

function plan(id: string, limits: JsonObject): JsonObject {
  return { id, partitions: PLAN, access_rights: {}, ...limits };
}

const LOADED = new Map(
  POLICIES.map(policy => readPolicy({ org_id: 'org', ...policy })).map(
    policy => [policy.id, policy],
  ),
);

function lookup(org: string, id: string): Policy | undefined {
  const policy = LOADED.get(id);
  return policy?.org_id === org ? policy : undefined;
}

function apply(ids: string[], more: JsonObject = {}, apiOrg?: string) {
  const { session, error } = applyPolicies(
    readSession({ org_id: 'org', apply_policies: ids, ...more }),
    lookup,
    apiOrg,
  );
  return { error, session: toJson(writeSession(session)) };
}

const SMALL = { rate: 10, per: 60, quota_max: 5, quota_renewal_rate: 60 };
const LISTING = { rate: 7, per: 60, quota_max: 70, quota_renewal_rate: 120 };

describe('limits that reach the APIs of a key', () => {
  it.each<[string, string[], JsonObject]>([
    ['product and plan', ['product', 'small'], { a: SMALL, b: SMALL }],
    ['plan before product', ['small', 'product'], { a: SMALL, b: SMALL }],
    ['product alone: none', ['product'], { a: undefined, b: undefined }],
    [
      'product and unknown plan: none',
      ['product', 'gone'],
      { a: undefined, b: undefined },
    ],
    [
      'unlimited plan',
      ['product', 'unlimited'],
      {
        a: { rate: -1, per: -1, quota_max: -1, quota_renewal_rate: -1 },
        b: { rate: -1, per: -1, quota_max: -1, quota_renewal_rate: -1 },
      },
    ],
    [
      'plan that lists one API of the product',
      ['product', 'listing'],
      { a: LISTING, b: LISTING },
    ],
    [
      'plan that lists a foreign API does not open it',
      ['product', 'elsewhere'],
      { a: LISTING, b: LISTING },
    ],
    [
      'two plans without APIs: the later one',
      ['product', 'small', 'slow'],
      {
        a: { rate: 1, per: 1, quota_max: 3, quota_renewal_rate: 3600 },
        b: { rate: 1, per: 1, quota_max: 3, quota_renewal_rate: 3600 },
      },
    ],
    [
      'all of an unpartitioned policy',
      ['legacy'],
      {
        a: {
          rate: 2,
          per: 1,
          quota_max: 9,
          quota_renewal_rate: 30,
          max_query_depth: 4,
        },
      },
    ],
    [
      'per API: own limits, else those of the policy',
      ['each'],
      {
        a: { rate: 3, per: 1, quota_max: 8 },
        b: { rate: 1, per: 1, quota_max: 2 },
      },
    ],
    [
      'two per API: the most generous of each',
      ['each', 'each-too'],
      {
        a: { rate: 6, per: 1, quota_max: 8 },
        b: { rate: 1, per: 1, quota_max: 2 },
      },
    ],
  ])('%s', (_case, ids, expected) => {
    const { session, error } = apply(ids);
    expect(error).toBeUndefined();
    const opened = Object.entries(Object(session.access_rights)).map(
      ([api, access]) => [api, Object(access).limit],
    );
    expect(Object.fromEntries(opened)).toEqual(expected);
  });
});

describe('what cannot be applied', () => {
  const NONE = 'key has no valid policies to be applied';
  it.each<[string, string[], string]>([
    ['an unknown policy alone', ['gone'], 'policy not found: "gone"'],
    ['a plan alone', ['small'], NONE],
    ['only unknown ones', ['gone', 'gone-too'], NONE],
    ['an emptied product', ['emptied', 'small'], NONE],
    ['a policy of another organisation', ['foreign', 'small'], NONE],
    [
      'per API and partitioned, in one',
      ['confused'],
      'cannot apply policy confused which has per_api and any of partitions set',
    ],
    [
      'partitioned, then per API',
      ['product', 'each'],
      'cannot apply multiple policies when some have per_api set and some are partitioned',
    ],
    [
      'per API, then partitioned',
      ['each', 'product'],
      'cannot apply multiple policies when some have per_api set and some are partitioned',
    ],
  ])('%s', (_case, ids, error) => {
    expect(apply(ids).error).toBe(error);
  });

  it('a policy of another organisation than the API', () => {
    expect(apply(['product'], {}, 'else').error).toBe(
      'attempting to apply policy from different organisation to key, skipping',
    );
  });

  it('leaves the rights of the session where no policy gives any', () => {
    const stored = { a: { versions: ['Default'] } };
    const { session } = apply(['emptied', 'small'], { access_rights: stored });
    expect(session.access_rights).toEqual(stored);
  });
});

describe('counters', () => {
  const scopes = (ids: string[]) =>
    Object.fromEntries(
      Object.entries(Object(apply(ids).session.access_rights)).map(
        ([api, access]) => [api, Object(access).allowance_scope],
      ),
    );

  it('are shared by all APIs of one product', () => {
    expect(scopes(['product', 'small'])).toEqual({
      a: undefined,
      b: undefined,
    });
  });

  it('are one per product where there are several', () => {
    expect(scopes(['product', 'other', 'small'])).toEqual({
      a: 'product',
      b: 'product',
      c: 'other',
    });
  });

  it('of an API in two products belong to the later one', () => {
    expect(scopes(['product', 'overlap', 'small'])).toEqual({
      a: 'product',
      b: 'overlap',
      c: 'overlap',
    });
  });

  it('are one per API for a key without policies', () => {
    const own = { a: { limit: { rate: 1, per: 1 } }, b: {} };
    const { session } = apply([], { access_rights: own });
    expect(session.access_rights).toEqual({
      a: { limit: { rate: 1, per: 1 }, allowance_scope: 'a' },
      b: {},
    });
  });
});

describe('the rest of the session', () => {
  it('is inactive when any policy is', () => {
    expect(apply(['product', 'small', 'off']).session.is_inactive).toBe(true);
  });

  it('does not count its own flag as soon as there are policies', () => {
    const flag = { is_inactive: true };
    expect(apply(['product'], flag).session.is_inactive).toBeUndefined();
    expect(apply([], flag).session.is_inactive).toBe(true);
  });

  it('collects tags without doubles', () => {
    const { session } = apply(['product', 'off'], { tags: ['mine', 'off'] });
    expect(session.tags).toEqual(['off', 'mine']);
  });

  it('keeps the longer renewal at the root when a plan with APIs shortens it', () => {
    const { session } = apply(['product', 'listing'], {
      quota_renewal_rate: 9999,
    });
    expect(session.access_rights).toMatchObject({
      a: { limit: { quota_renewal_rate: 120 } },
      b: { limit: { quota_renewal_rate: 9999 } },
    });
  });

  it('takes the shorter renewal of a plan without APIs', () => {
    const { session } = apply(['product', 'small'], {
      quota_renewal_rate: 9999,
    });
    expect(session.quota_renewal_rate).toBe(60);
  });

  it('keeps the limits stored last when the plan has gone', () => {
    const { session } = apply(['product', 'gone'], SMALL);
    expect(session.access_rights).toMatchObject({ a: { limit: SMALL } });
  });

  it('does not change the session it was given', () => {
    const original = readSession({
      org_id: 'org',
      apply_policies: ['product', 'small'],
    });
    const before = structuredClone(original);
    applyPolicies(original, lookup);
    expect(original).toEqual(before);
  });
});
