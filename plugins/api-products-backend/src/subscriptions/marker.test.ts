/** Plants secrets, lets everything happen to them, and looks for them everywhere. */
import {
  coreServices,
  createServiceFactory,
  type RootLoggerService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import request from 'supertest';
import { isSqlite } from '../lib/Database';
import { startApiProducts } from '../testing/backend';
import { migratedDatabase, testDatabases } from '../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../testing/entities';
import { FakeProvider } from '../testing/FakeProvider';
import { providerApi } from '../testing/authoring';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(120_000);

const databases = testDatabases();
const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);

/** A root logger that writes down everything it is given. */
function capturing(written: string[]): RootLoggerService {
  const write = (message: string, meta?: unknown) => {
    const error = meta instanceof Error ? `${meta.stack}` : '';
    written.push(`${message} ${error} ${JSON.stringify(meta)}`);
  };
  const logger: RootLoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return logger;
}

async function everyRow(knex: Knex): Promise<string> {
  const tables: { name: string }[] = isSqlite(knex)
    ? await knex('sqlite_master').where({ type: 'table' }).select('name')
    : await knex('information_schema.tables')
        .where({ table_schema: knex.raw('current_schema()') })
        .select({ name: 'table_name' });
  expect(tables.length).toBeGreaterThan(15);
  const rows = await Promise.all(tables.map(({ name }) => knex(name)));
  return JSON.stringify(rows);
}

describe.each(databases.eachSupportedId())('a secret, %p', databaseId => {
  it('is found in no table, log line, notification, signal, event, audit event or error', async () => {
    const knex = await migratedDatabase(databases, databaseId);
    const provider = FakeProvider.create();
    provider.apis = [providerApi('payments')];
    const written: string[] = [];
    const told: unknown[] = [];
    const tell = async (...said: unknown[]) => {
      told.push(said);
    };
    const auditor = mockServices.auditor.mock({
      createEvent: async event => {
        told.push({ ...event, request: undefined });
        return { success: tell, fail: tell };
      },
    });

    // The provider quotes the secrets in whatever it refuses.
    const secrets = new Set<string>();
    let failures = 0;
    let refuse = false;
    provider.fault = ({ method, when, chosenKey }) => {
      if (!chosenKey) {
        return;
      }
      const token = FakeProvider.tokenOf(chosenKey);
      secrets.add(chosenKey).add(token);
      const text = `refused ${chosenKey} as ${token} (/keys/${encodeURIComponent(
        token,
      )})`;
      if (method === 'putCredential' && refuse) {
        throw new ProviderRejectedError(text);
      }
      if (when === 'after' && failures < 2) {
        failures += 1;
        throw failures === 1
          ? new ProviderUnavailableError(text)
          : new Error(text);
      }
    };

    const backend = await startApiProducts({
      knex,
      providers: [provider],
      entities: [
        apiEntity('payments', 'payments'),
        catalogueEntity('internal'),
        planEntity('free', { spec: { approval: { mode: 'auto' } } }),
        productEntity('payments'),
      ],
      features: [
        createServiceFactory({
          service: coreServices.rootLogger,
          deps: {},
          factory: () => capturing(written),
        }),
        createServiceFactory({
          service: coreServices.auditor,
          deps: {},
          factory: () => auditor,
        }),
        createServiceFactory({
          service: notificationService,
          deps: {},
          factory: () => ({ send: tell }),
        }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish: tell }),
        }),
        createServiceFactory({
          service: eventsServiceRef,
          deps: {},
          factory: () => ({ publish: tell, subscribe: tell }),
        }),
      ],
    });
    const answers: string[] = [];
    const ask = async (
      who: string,
      method: 'get' | 'post',
      path: string,
      body?: object,
    ) => {
      const answer = await request(backend.server)
        [method](`/api/api-products${path}`)
        .set('authorization', as(who))
        .send(body);
      answers.push(JSON.stringify([answer.headers, answer.text]));
      return answer;
    };
    const requestAccess = async (application: string) => {
      await waitFor(async () => {
        const { status } = await ask('dana', 'post', '/access-requests', {
          product: 'payments',
          plan: 'free',
          application: { name: application },
        });
        return status === 201;
      }, 'the product can be asked for');
      const { body } = await ask('dana', 'get', '/subscriptions?as=consumer');
      return body.items.find(
        (item: { application: { name: string } }) =>
          item.application.name === application,
      );
    };
    const until = (subscription: string, status: string) =>
      waitFor(
        async () => {
          const { body } = await ask(
            'dana',
            'get',
            `/subscriptions/${subscription}`,
          );
          return body.status === status;
        },
        `the subscription is ${status}`,
        30_000,
      );

    const first = await requestAccess('first');
    await until(first.id, 'active');
    expect(failures).toBe(2);
    const [{ id }] = first.credentials;
    await ask('mia', 'post', `/credentials/${id}/reveal`);
    const shown = await request(backend.server)
      .post(`/api/api-products/credentials/${id}/reveal`)
      .set('authorization', as('dana'));
    expect(secrets).toContain(shown.body.secret);
    expect(shown.headers['cache-control']).toBe('no-store');
    const gone = await ask('dana', 'post', `/credentials/${id}/reveal`);
    expect(gone.status).toBe(410);
    await ask('dana', 'post', `/subscriptions/${first.id}/credentials`, {});

    refuse = true;
    const second = await requestAccess('second');
    await until(second.id, 'failed');
    await ask('dana', 'post', `/subscriptions/${second.id}/retry`);
    await ask('dana', 'post', `/credentials/${id}/revoke`);
    await ask('omar', 'get', '/history');
    await waitFor(
      async () => (await knex('jobs').where({ kind: 'notify' })).length === 0,
      'everybody has been told',
    );

    const places = {
      tables: await everyRow(knex),
      log: written.join('\n'),
      told: JSON.stringify(told, (_key, value) =>
        value instanceof Error ? `${value.stack}` : value,
      ),
      answers: answers.join('\n'),
    };
    await backend.stop();
    expect(secrets.size).toBeGreaterThanOrEqual(4);
    expect(places.tables).toContain('[redacted]');
    expect(places.log).toContain('[redacted]');
    expect(places.told).toContain('credential-reveal');
    expect(places.told).toContain('api-products.credential.active');
    for (const [place, text] of Object.entries(places)) {
      for (const secret of secrets) {
        for (const form of [secret, encodeURIComponent(secret)]) {
          expect([place, text.includes(form)]).toEqual([place, false]);
        }
      }
    }
  });
});
