import type { JsonObject } from '@backstage/types';
import { PLAN, PRODUCT } from '../__testUtils__/bench';
import { planPolicy, productPolicy } from './policies';

const frame = {
  id: 'p',
  organisation: 'default',
  tags: ['portal'],
  states: false,
};

/** As 5.8 answers: nothing left out; and as 5.12 and later do: no zero values. */
function asAnswered(policy: JsonObject): [string, JsonObject][] {
  const nulls: JsonObject = {
    _id: '',
    graphql_access_rights: null,
    smoothing: null,
    ...policy,
  };
  const short = Object.fromEntries(
    Object.entries(policy).filter(
      ([, value]) => value !== 0 && value !== false && value !== null,
    ),
  );
  return [
    ['whole', nulls],
    ['short', short],
  ];
}

describe('productPolicy', () => {
  const made = productPolicy(undefined, PRODUCT, frame).policy;

  it.each(asAnswered(made))(
    'sees no difference in a %s answer',
    (_, current) => {
      expect(productPolicy(current, PRODUCT, frame).differences).toEqual([]);
    },
  );

  it.each<[string, JsonObject]>([
    ['name', { name: 'Other' }],
    ['active', { active: false }],
    ['is_inactive', { is_inactive: true }],
    ['partitions', { partitions: { acl: true, quota: true } }],
    ['partitions', { partitions: null }],
    ['access_rights', { access_rights: null }],
    ['access_rights', { access_rights: { echo: {}, other: {} } }],
    ['tags', { tags: null }],
    ['key_expires_in', { key_expires_in: 60 }],
  ])('sees that %s differs', (field, change) => {
    const { differences, policy } = productPolicy(
      { ...made, ...change },
      PRODUCT,
      frame,
    );
    expect(differences).toEqual([field]);
    expect(productPolicy(policy, PRODUCT, frame).differences).toEqual([]);
  });

  it('does not look at limits, which are the plan’s', () => {
    const current = { ...made, rate: 7, per: 1, quota_max: 3 };
    expect(productPolicy(current, PRODUCT, frame).differences).toEqual([]);
  });

  it('keeps versions that it is not told about, and sets those that it is', () => {
    const current = {
      ...made,
      access_rights: {
        echo: { api_id: 'echo', api_name: 'Echo', versions: ['v2'] },
      },
    };
    expect(productPolicy(current, PRODUCT, frame).differences).toEqual([]);
    const versioned = {
      ...PRODUCT,
      apis: [{ id: 'echo', name: 'Echo', versions: ['v3'] }],
    };
    expect(productPolicy(current, versioned, frame).policy).toMatchObject({
      access_rights: { echo: { versions: ['v3'] } },
    });
  });

  it('opens the whole API again where the portal manages paths and has none', () => {
    const urls = [{ url: '/a', methods: ['GET'] }];
    const current = {
      ...made,
      access_rights: {
        echo: {
          api_id: 'echo',
          api_name: 'Echo',
          versions: ['Default'],
          allowed_urls: urls,
        },
      },
    };
    expect(productPolicy(current, PRODUCT, frame).differences).toEqual([]);
    const open = {
      ...PRODUCT,
      apis: [{ id: 'echo', name: 'Echo', allowedUrls: [] }],
    };
    expect(productPolicy(current, open, frame).policy).toMatchObject({
      access_rights: { echo: { allowed_urls: [] } },
    });
  });
});

describe('planPolicy', () => {
  const made = planPolicy(undefined, PLAN, frame).policy;

  it.each(asAnswered(made))(
    'sees no difference in a %s answer',
    (_, current) => {
      expect(planPolicy(current, PLAN, frame).differences).toEqual([]);
    },
  );

  it.each<[string, JsonObject]>([
    ['rate', { rate: 1 }],
    ['per', { per: 1 }],
    ['quota_max', { quota_max: 0 }],
    ['quota_renewal_rate', { quota_renewal_rate: 1 }],
    ['key_expires_in', { key_expires_in: 60 }],
    [
      'partitions',
      { partitions: { quota: true, rate_limit: true, acl: true } },
    ],
    ['access_rights', { access_rights: {} }],
  ])('sees that %s differs', (field, change) => {
    const { differences } = planPolicy({ ...made, ...change }, PLAN, frame);
    expect(differences).toEqual([field]);
  });

  it('keeps the names of APIs and everything that it does not know', () => {
    const current = {
      ...made,
      smoothing: { enabled: true },
      access_rights: {
        echo: { api_id: 'echo', api_name: 'Echo', versions: ['v2'] },
      },
    };
    expect(planPolicy(current, PLAN, frame)).toEqual({
      policy: current,
      differences: [],
    });
  });

  it('never changes what it was given', () => {
    const current = { ...made, rate: 1, tags: null };
    const before = structuredClone(current);
    planPolicy(current, PLAN, frame);
    expect(current).toEqual(before);
  });
});
