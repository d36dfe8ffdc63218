import type {
  FoundPlan,
  FoundProduct,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { comparePlan, compareProduct } from './compareOfferings';
import { findingFingerprint } from './findings';

const options = {
  nameIsOurs: true,
  apiNames: new Map([['a1', 'Payments']]),
};
const frame = {
  policyId: 'p',
  name: 'Payments',
  tags: ['portal'],
  selected: true,
  state: 'active' as const,
};

describe('a product', () => {
  const ours: ProviderProduct = {
    key: 'default/payments',
    title: 'Payments',
    apis: [{ id: 'a1', name: 'Payments' }],
  };
  const theirs: FoundProduct = {
    ...frame,
    kind: 'product',
    apis: [
      {
        id: 'a1',
        versions: ['v1', 'v2'],
      },
    ],
  };
  const shut: FoundProduct = {
    ...theirs,
    apis: [
      {
        ...theirs.apis[0],
        allowedUrls: [{ url: '/.*', methods: ['GET'] }],
      },
    ],
  };

  it('leaves versions to the provider that it does not name', () => {
    expect(compareProduct(ours, theirs, options)).toEqual([]);
  });

  it('says that the provider shuts paths that are all open here', () => {
    expect(compareProduct(ours, shut, options)).toEqual([
      {
        kind: 'paths',
        message:
          'At the provider all but some paths are shut to its keys: paths of Payments (a1)',
        differences: [
          { field: 'allowedUrls:Payments (a1)', theirs: ['GET /.*'] },
        ],
      },
    ]);
  });

  it('takes Default for what an API without versions has', () => {
    const named = {
      ...ours,
      apis: [{ ...ours.apis[0], versions: ['Default'] }],
    };
    const unversioned = { ...theirs, apis: [{ id: 'a1' }] };
    expect(compareProduct(named, unversioned, options)).toEqual([]);
    expect(compareProduct(named, theirs, options)).toHaveLength(1);
  });

  it('compares versions and paths that it names, in whatever order', () => {
    const named: ProviderProduct = {
      ...ours,
      apis: [
        {
          id: 'a1',
          name: 'Payments',
          versions: ['v2', 'v1'],
          allowedUrls: [{ url: '/refunds', methods: ['POST', 'GET'] }],
        },
      ],
    };
    expect(compareProduct(named, shut, options)).toMatchObject([
      {
        kind: 'access',
        message:
          'What it opens at the provider is different: paths of Payments (a1)',
        differences: [
          {
            field: 'allowedUrls:Payments (a1)',
            ours: ['GET, POST /refunds'],
            theirs: ['GET /.*'],
          },
        ],
      },
    ]);
  });

  it.each<[string, Partial<FoundProduct>, string]>([
    ['another name', { name: 'Pay' }, 'name'],
    ['a draft', { state: 'draft' }, 'state'],
    ['no tag', { selected: false, tags: [] }, 'tags'],
    ['no API', { apis: [] }, 'access'],
  ])('%s', (_, fields, kind) => {
    const found = compareProduct(ours, { ...theirs, ...fields }, options);
    expect(found.map(one => one.kind)).toEqual([kind]);
  });

  it('is a draft there when it has no API, and missing when there is none', () => {
    const empty = { ...ours, apis: [] };
    expect(
      compareProduct(empty, { ...theirs, apis: [], state: 'draft' }, options),
    ).toEqual([]);
    expect(compareProduct(ours, undefined, options)).toMatchObject([
      { kind: 'missing' },
    ]);
  });

  it('is not the same when it became something else', () => {
    expect(
      compareProduct(
        ours,
        { ...frame, kind: 'other', reason: 'acl and quota' },
        options,
      ),
    ).toMatchObject([
      {
        kind: 'state',
        differences: [
          { field: 'kind', ours: 'product', theirs: 'acl and quota' },
        ],
      },
    ]);
  });
});

describe('a plan', () => {
  const ours: ProviderPlan = {
    key: 'default/gold',
    title: 'Payments',
    rateLimit: { requests: 60, per: 60 },
    quota: { requests: 10, per: 'month' },
    keyLifetimeSeconds: 7_776_000,
    credentialMetadata: { tier: 'gold' },
    apiIds: ['a1'],
  };
  const theirs: FoundPlan = {
    ...frame,
    kind: 'plan',
    rateLimit: { requests: 60, per: 60 },
    quota: { requests: 10, perSeconds: 2_678_400 },
    keyLifetimeSeconds: 7_776_000,
    credentialMetadata: { tier: 'gold', foreign: 'stays' },
    apiIds: ['a1'],
  };

  it('knows a month in seconds, and metadata that is not ours', () => {
    expect(comparePlan(ours, theirs, options)).toEqual([]);
  });

  it('finds that the APIs it is sold with were replaced there, and leaves alone what it is not sold with', () => {
    expect(comparePlan(ours, { ...theirs, apiIds: ['a2'] }, options)).toEqual([
      {
        kind: 'access',
        message: 'The APIs that it is sold with are others at the provider',
        differences: [
          { field: 'apis', ours: ['Payments (a1)'], theirs: ['a2'] },
        ],
      },
    ]);
    expect(
      comparePlan(
        { ...ours, apiIds: [] },
        { ...theirs, apiIds: ['a2'] },
        options,
      ),
    ).toEqual([]);
  });

  it('is not the same with the same rate in another window', () => {
    expect(
      comparePlan(
        ours,
        { ...theirs, rateLimit: { requests: 1, per: 1 } },
        options,
      ),
    ).toMatchObject([{ differences: [{ field: 'rateLimit' }] }]);
  });

  it('says each limit that differs', () => {
    const [found] = comparePlan(
      ours,
      {
        ...theirs,
        rateLimit: 'unlimited',
        quota: { requests: 10 },
        keyLifetimeSeconds: undefined,
        credentialMetadata: {},
      },
      options,
    );
    expect(found.differences).toEqual([
      {
        field: 'rateLimit',
        ours: { requests: 60, per: 60 },
        theirs: 'unlimited',
      },
      {
        field: 'quota',
        ours: { requests: 10, per: 'month' },
        theirs: { requests: 10 },
      },
      { field: 'keyLifetime', ours: 'P90D', theirs: 'never' },
      { field: 'credentialMetadata', ours: { tier: 'gold' }, theirs: {} },
    ]);
  });

  it('has another fingerprint when the difference is another', () => {
    const print = (requests: number) =>
      comparePlan(
        ours,
        { ...theirs, quota: { requests, perSeconds: 2_678_400 } },
        options,
      ).map(findingFingerprint)[0];
    expect(print(1)).toBe(print(1));
    expect(print(1)).not.toBe(print(2));
  });
});
