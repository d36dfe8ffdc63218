import { carriesPolicy, showsPolicy } from './visibility';

const product = {
  partitions: { acl: true },
  access_rights: {
    echo: {
      api_id: 'echo',
      versions: ['Default'],
      allowed_urls: [{ url: '/a', methods: ['GET'] }],
    },
  },
  rate: -1,
  per: -1,
  quota_max: -1,
  tags: ['portal'],
  meta_data: { team: 'red' },
};

const plan = {
  partitions: { quota: true, rate_limit: true },
  rate: 100,
  per: 60,
  quota_max: 1000,
};

/** What the gateway shows of `product` alone, and of `plan` alone. */
const ofProduct = {
  access_rights: { echo: { allowed_urls: [{ url: '/a', methods: ['GET'] }] } },
  tags: ['portal', 'other'],
  meta_data: { team: 'red' },
};
const ofPlan = { rate: 100, per: 60, quota_max: 1000 };

describe('showsPolicy', () => {
  it('knows policies that have arrived', () => {
    expect(showsPolicy(product, ofProduct)).toBe(true);
    expect(showsPolicy(plan, ofPlan)).toBe(true);
  });

  it.each([
    ['nothing', {}],
    ['no API', { ...ofProduct, access_rights: {} }],
    [
      'another API',
      { ...ofProduct, access_rights: { ...ofProduct.access_rights, b: {} } },
    ],
    ['other paths', { ...ofProduct, access_rights: { echo: {} } }],
    ['other tags', { ...ofProduct, tags: ['other'] }],
    ['other metadata', { ...ofProduct, meta_data: { team: 'blue' } }],
    ['inactive', { ...ofProduct, is_inactive: true }],
  ])('misses a product where the gateway shows %s', (_, session) => {
    expect(showsPolicy(product, session)).toBe(false);
  });

  it.each([
    ['nothing', {}],
    ['another quota', { ...ofPlan, quota_max: 10 }],
    ['another rate', { ...ofPlan, rate: 1 }],
    ['another time', { ...ofPlan, per: 1 }],
    ['no rate', { quota_max: 1000 }],
  ])('misses a plan where the gateway shows %s', (_, session) => {
    expect(showsPolicy(plan, session)).toBe(false);
  });

  it('takes all ways of saying that there is no limit for one', () => {
    const unlimited = { ...plan, rate: -1, per: -1, quota_max: -1 };
    expect(showsPolicy(unlimited, {})).toBe(true);
    expect(showsPolicy(unlimited, { rate: 0, per: 5, quota_max: 0 })).toBe(
      true,
    );
    expect(showsPolicy(unlimited, ofPlan)).toBe(false);
  });

  it('expects a draft to be inactive, and nothing of a denied one', () => {
    const draft = { ...product, state: 'draft', is_inactive: true };
    expect(showsPolicy(draft, { ...ofProduct, is_inactive: true })).toBe(true);
    expect(showsPolicy(draft, ofProduct)).toBe(false);
    expect(showsPolicy({ ...product, state: 'deny' }, {})).toBe(true);
  });

  it('expects everything of a policy without partitions', () => {
    const whole = { ...product, ...plan, partitions: {} };
    expect(showsPolicy(whole, { ...ofProduct, ...ofPlan })).toBe(true);
    expect(showsPolicy(whole, ofProduct)).toBe(false);
    expect(showsPolicy(whole, ofPlan)).toBe(false);
  });
});

describe('carriesPolicy', () => {
  const key = {
    ...ofPlan,
    access_rights: { echo: {}, second: {} },
    tags: ['app-42'],
  };

  it('finds each of several policies on one key', () => {
    expect(carriesPolicy(product, key)).toBe(true);
    expect(carriesPolicy(plan, key)).toBe(true);
  });

  it('misses what the gateway left out', () => {
    expect(carriesPolicy(plan, { access_rights: { echo: {} } })).toBe(false);
    expect(carriesPolicy(product, ofPlan)).toBe(false);
  });
});
