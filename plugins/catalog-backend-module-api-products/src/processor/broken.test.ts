/** Entities with a mistake, through the real catalog: each is refused by name of its field, and only it. */
import { createMockDirectory } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { stringify } from 'yaml';
import { TestCatalog, startCatalog } from '../__testUtils__/catalog';

const owner = 'group:default/payments';
const plan = {
  owner,
  rateLimit: { requests: 100, per: 60 },
  quota: 'unlimited',
};

function entity(kind: string, name: string, spec: JsonObject): JsonObject {
  return {
    apiVersion: 'api-products/v1alpha1',
    kind,
    metadata: { name },
    spec,
  };
}

const broken: [string, JsonObject, string][] = [
  [
    'apiproduct:default/without-owner',
    entity('APIProduct', 'without-owner', { lifecycle: 'active' }),
    'spec.owner is missing; it must be a reference to a group or a user, such as group:default/payments',
  ],
  [
    'apiproduct:default/wrong-lifecycle',
    entity('APIProduct', 'wrong-lifecycle', { owner, lifecycle: 'production' }),
    'spec.lifecycle must be one of draft, active, deprecated, retired',
  ],
  [
    'apiproduct:default/wrong-version',
    entity('APIProduct', 'wrong-version', { owner, version: 1.4 }),
    'spec.version must be a semantic version in quotes, such as "1.4.0"',
  ],
  [
    'apiproduct:default/wrong-api',
    entity('APIProduct', 'wrong-api', { owner, apis: ['component:default/x'] }),
    'spec.apis[0] must be a reference to an API, such as api:default/payments',
  ],
  [
    'apiproduct:default/typo',
    entity('APIProduct', 'typo', { owner, catalogs: ['internal'] }),
    'spec.catalogs is not a known field; did you mean catalogues?',
  ],
  [
    'apiplan:default/negative-period',
    entity('APIPlan', 'negative-period', {
      ...plan,
      rateLimit: { requests: 100, per: -60 },
    }),
    'spec.rateLimit.per must be a positive number of seconds',
  ],
  [
    'apiplan:default/zero-quota',
    entity('APIPlan', 'zero-quota', {
      ...plan,
      quota: { requests: 0, per: 'P1D' },
    }),
    'spec.quota.requests must be a whole number of at least 1 (gateways take 0 for no limit); write `quota: unlimited` for no limit',
  ],
  [
    'apiplan:default/wrong-lifetime',
    entity('APIPlan', 'wrong-lifetime', { ...plan, keyLifetime: '90 days' }),
    'spec.keyLifetime must be `never` or a positive ISO 8601 duration of at most 100 years, such as P90D',
  ],
  [
    'apiplan:default/wrong-price',
    entity('APIPlan', 'wrong-price', {
      ...plan,
      pricing: { mode: 'fixed', amount: 49, currency: 'dollars' },
    }),
    'spec.pricing.currency must be an ISO 4217 code, such as USD or EUR; spec.pricing.amount must be a decimal number in quotes, such as "49.00"',
  ],
  [
    'apicatalogue:default/wrong-audience',
    entity('APICatalogue', 'wrong-audience', {
      owner,
      visibility: 'private',
      audience: ['apiplan:default/gold'],
    }),
    'spec.audience[0] must be a reference to a group or a user, such as group:default/payments',
  ],
  [
    'apiproduct:default/old-version',
    {
      ...entity('APIProduct', 'old-version', { owner }),
      apiVersion: 'backstage.io/v1alpha1',
    },
    'apiVersion must be api-products/v1alpha1',
  ],
];

const sound = [
  entity('APIProduct', 'sound-product', { owner }),
  entity('APIPlan', 'sound-plan', plan),
  entity('APICatalogue', 'sound-catalogue', { owner }),
];

describe('broken entities', () => {
  const folder = createMockDirectory();
  let catalog: TestCatalog;

  beforeAll(async () => {
    folder.setContent({
      'entities.yaml': [...broken.map(([, value]) => value), ...sound]
        .map(value => stringify(value))
        .join('---\n'),
    });
    catalog = await startCatalog({ files: [folder.resolve('entities.yaml')] });
  }, 60_000);

  afterAll(async () => {
    await catalog.backend.stop();
  });

  it.each(broken)('refuses %s', async (ref, _entity, message) => {
    const error = await catalog.errorsOf(ref);
    expect(error.slice(error.lastIndexOf('InputError: '))).toBe(
      `InputError: ${message}`,
    );
    expect(await catalog.has(ref)).toBe(false);
  });

  it('takes the sound entities of the same file', async () => {
    await catalog.entity('apiproduct:default/sound-product');
    await catalog.entity('apiplan:default/sound-plan');
    await catalog.entity('apicatalogue:default/sound-catalogue');
    expect(await catalog.ourRefs()).toEqual([
      'apicatalogue:default/sound-catalogue',
      'apiplan:default/sound-plan',
      'apiproduct:default/sound-product',
    ]);
    expect(catalog.refused()).toEqual(broken.map(([ref]) => ref).sort());
  });
});
