/** What the whole plugin measures while somebody uses it. */
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import { metrics, type Attributes } from '@opentelemetry/api';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { z } from 'zod';
import { LIST_ROUTES } from '../api/listTimes';
import { providerApi } from '../testing/authoring';
import { startApiProducts } from '../testing/backend';
import { migratedDatabase, testDatabases } from '../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../testing/entities';
import { FakeProvider } from '../testing/FakeProvider';
import { wrongLabels } from '../testing/metricLabels';
import { allInstruments, testMeters } from '../testing/metrics';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const databases = testDatabases();

const entities = [
  catalogueEntity('internal'),
  planEntity('free', { spec: { approval: { mode: 'auto' } } }),
  planEntity('gold'),
  apiEntity('payments', 'a1', { owner: 'group:default/payments-team' }),
  productEntity('payments', {
    spec: { owner: 'group:default/payments-team', plans: ['free', 'gold'] },
  }),
];

describe.each(databases.eachSupportedId())('metrics on %p', databaseId => {
  const meters = testMeters();
  const provider = FakeProvider.create();
  let knex: Knex;
  let backend: TestBackend;

  const call = (method: 'get' | 'post', path: string, who = 'paula') =>
    request(backend.server)
      [method](`/api/api-products${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${who}`));
  const get = (path: string, who?: string) => call('get', path, who);

  beforeAll(async () => {
    metrics.setGlobalMeterProvider(meters.provider);
    knex = await migratedDatabase(databases, databaseId);
    provider.apis = [providerApi('a1')];
    provider.mirrors = true;
    backend = await startApiProducts({ knex, entities, providers: [provider] });
    await waitFor(async () => {
      const { body } = await get('/products/default/payments');
      return body.providerState?.status === 'ready';
    }, 'the product is at the provider');
  });

  afterAll(async () => {
    await backend.stop();
    metrics.disable();
  });

  /** Waits for it. @returns the labels with which it was measured */
  const measured = async (name: string, labels: Attributes) => {
    let found: Attributes | undefined;
    await waitFor(async () => {
      found = (await meters.labelsOf(name)).find(one =>
        Object.entries(labels).every(([label, value]) => one[label] === value),
      );
      return found !== undefined;
    }, `there is ${name} with ${JSON.stringify(labels)}`);
    return found;
  };

  /** What has been measured with these labels. */
  const valueOf = async (name: string, labels: Attributes = {}) =>
    (await meters.collect())
      .find(metric => metric.name === name)
      ?.points.find(
        ({ attributes }) =>
          JSON.stringify(attributes) === JSON.stringify(labels),
      )?.value;

  const keyOf = async (who: string, plan: string): Promise<string> => {
    const { body } = await call('post', '/access-requests', who).send({
      product: 'payments',
      plan: `default/${plan}`,
      application: { name: `app of ${who}`, owner: 'shop-team' },
    });
    const path = `/subscriptions/${body.subscription}`;
    await waitFor(
      async () => (await get(path, who)).body.status === 'active',
      'the key works',
    );
    return path;
  };

  it('begins with what runs by itself', async () => {
    expect(
      await measured('api_products.ingestion.duration', { result: 'ok' }),
    ).toBeDefined();
    expect(
      await measured('api_products.ingestion.records', { outcome: 'created' }),
    ).toBeDefined();
    expect(await valueOf('api_products.ingestion.read')).toBe(entities.length);
    expect(
      await valueOf('api_products.ingestion.records', { outcome: 'created' }),
    ).toBe(4);
    expect(
      await measured('api_products.synchronisation.duration', {
        provider: 'sandbox',
        result: 'succeeded',
      }),
    ).toBeDefined();
    expect(
      await measured('api_products.drift.check.duration', {
        provider: 'sandbox',
        result: 'ok',
      }),
    ).toBeDefined();
  });

  it('goes with a key from its request to its end', async () => {
    const path = await keyOf('dana', 'free');
    expect(
      await measured('api_products.provisioning.duration', {
        provider: 'sandbox',
      }),
    ).toBeDefined();
    const { count, sum } = z
      .object({ count: z.number(), sum: z.number() })
      .parse(
        await valueOf('api_products.provisioning.duration', {
          provider: 'sandbox',
        }),
      );
    expect(count).toBe(1);
    expect(sum).toBeGreaterThanOrEqual(0);
    expect(sum).toBeLessThan(30);
    expect(
      await measured('api_products.job.duration', {
        kind: 'reconcile-credential',
        outcome: 'done',
      }),
    ).toBeDefined();
    await call('post', `${path}/revoke`, 'dana').send({ reason: 'done' });
    expect(
      await measured('api_products.job.duration', {
        kind: 'reconcile-credential',
        outcome: 'wait',
      }),
    ).toBeDefined();
    expect(
      await measured('api_products.provider.call.duration', {
        method: 'removeCredential',
        result: 'ok',
      }),
    ).toBeDefined();
  });

  it('tells what a provider does not answer', async () => {
    provider.fault = () => {
      throw new ProviderUnavailableError('away');
    };
    await call('post', '/providers/sandbox/sync');
    await call('post', '/providers/sandbox/drift/check');
    expect(
      await measured('api_products.synchronisation.duration', {
        result: 'failed',
      }),
    ).toBeDefined();
    expect(
      await measured('api_products.drift.check.duration', { result: 'failed' }),
    ).toBeDefined();
    expect(
      await measured('api_products.job.duration', {
        kind: 'check-drift',
        outcome: 'retry',
      }),
    ).toBeDefined();
    expect(
      await measured('api_products.provider.call.duration', {
        method: 'listOfferings',
        result: 'unavailable',
      }),
    ).toBeDefined();
    provider.fault = undefined;
  });

  it('times each list, and tells its first page from the others', async () => {
    for (const route of LIST_ROUTES) {
      await get(route.replace('{id}', 'sandbox')).expect(200);
      expect(
        await measured('api_products.list.duration', {
          'http.route': route,
          'http.response.status_code': 200,
          first_page: true,
        }),
      ).toBeDefined();
    }
    const { body } = await get('/plans?limit=1').expect(200);
    await get(`/plans?limit=1&cursor=${body.pageInfo.nextCursor}`).expect(200);
    expect(
      await measured('api_products.list.duration', {
        'http.route': '/plans',
        first_page: false,
      }),
    ).toBeDefined();
    await get('/plans?limit=none').expect(400);
    expect(
      await measured('api_products.list.duration', {
        'http.route': '/plans',
        'http.response.status_code': 400,
      }),
    ).toBeDefined();
    await get('/providers/sandbox/drift', 'dana').expect(403);
    expect(
      await measured('api_products.list.duration', {
        'http.route': '/providers/{id}/drift',
        'http.response.status_code': 403,
      }),
    ).toBeDefined();
  });

  it('times nothing but lists', async () => {
    await get('/products/default/payments').expect(200);
    await get('/me').expect(200);
    const routes = (await meters.labelsOf('api_products.list.duration')).map(
      labels => labels['http.route'],
    );
    expect(new Set(routes)).toEqual(LIST_ROUTES);
  });

  it('has a lane for each provider, whether something waits there or not', async () => {
    const lanes = await meters.labelsOf('api_products.queue.oldest.age');
    expect(lanes.map(({ lane }) => lane)).toEqual([
      'portal',
      'provider:sandbox',
      'other',
    ]);
  });

  it('has measured with every instrument by now, and nothing that names a row or a person', async () => {
    const collected = await meters.collect();
    expect(collected.map(({ name }) => name).sort()).toEqual(
      allInstruments()
        .map(({ name }) => name)
        .sort(),
    );
    expect(wrongLabels(collected, ['sandbox'])).toEqual([]);
  });

  it('is quiet after the end, when the database is gone', async () => {
    await backend.stop();
    const sent = jest.fn();
    knex.on('query', sent);
    // Whatever was kept is too old by then.
    const later = performance.now() + 60_000;
    const now = jest.spyOn(performance, 'now').mockReturnValue(later);
    await meters.collect();
    now.mockRestore();
    knex.removeListener('query', sent);
    expect(sent).not.toHaveBeenCalled();
  });
});

describe('the check of labels', () => {
  const depth = (attributes: object) =>
    wrongLabels(
      [
        {
          name: 'api_products.queue.depth',
          points: [{ attributes: { ...attributes } }],
        },
      ],
      ['tyk'],
    );

  it('takes what is listed', () => {
    expect(depth({ lane: 'provider:tyk', state: 'queued' })).toEqual([]);
  });

  it.each([
    ['a new label', { colour: 'red' }],
    ['a value that is not listed', { lane: 'provider:unknown' }],
    ['an id', { lane: '0b5c2f7e-6a1d-4c1b-9a39-6d1f2f3c4d5e' }],
    ['a ref', { state: 'user:default/dana' }],
    ['an address', { state: 'dana@example.com' }],
    ['a hash', { state: 'd41d8cd98f00b204' }],
  ])('refuses %s', (_, labels) => {
    expect(depth(labels)).toHaveLength(1);
  });

  it('refuses a metric that is not listed', () => {
    const points = [{ attributes: { provider: 'tyk' } }];
    expect(wrongLabels([{ name: 'new', points }], ['tyk'])).toHaveLength(1);
  });
});
