/** What benchmarks do in the portal of `portalEntities.ts`, over HTTP, and see of it in its database. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { z } from 'zod';
// What waits is written as the backend writes it; the backend exports nothing but its plugin.
import { systemClock } from '../../plugins/api-products-backend/src/lib/clock';
import { enqueueNotice } from '../../plugins/api-products-backend/src/notices/notify';
import type { PersonName } from '../integration/support/people';
import { waitFor } from '../integration/support/waitFor';
import type { BenchBackend } from './BenchBackend';
import type { BackendDatabase } from './databases';
import { API_ID, refOf, type ProviderName } from './portalEntities';
import type { SandboxProcess } from './SandboxProcess';

const ROOT = '/api-products';
/** However slow the machine is. */
const PATIENCE_MS = 240_000;
const SOON_MS = 10_000;

const stateSchema = z.object({
  providerState: z.object({ status: z.string() }),
});
const requestSchema = z.object({
  id: z.string(),
  subscription: z.string().optional(),
});
const resultsSchema = z.object({
  results: z.array(z.object({ status: z.number() })),
});
const revealedSchema = z.object({
  headerName: z.string(),
  headerValue: z.string(),
});
const sequenceSchema = z.array(z.object({ value: z.coerce.number() }));

interface Asked {
  application: string;
  provider?: ProviderName;
  plan?: 'free' | 'gold';
}

export class Portal {
  readonly #backend: BenchBackend;
  readonly #knex: Knex;

  static create(backend: BenchBackend, database: BackendDatabase): Portal {
    return new Portal(backend, database.connect());
  }

  private constructor(backend: BenchBackend, knex: Knex) {
    this.#backend = backend;
    this.#knex = knex;
  }

  /** The benchmark's own connection. */
  get knex(): Knex {
    return this.#knex;
  }

  /** Lets go of the database. */
  async close(): Promise<void> {
    await this.#knex.destroy();
  }

  /** Until product and plans are at the provider, and the queue is empty. */
  async untilReady(provider: ProviderName): Promise<void> {
    await this.untilPoliciesAreAt(provider);
    await this.untilIdle();
  }

  async untilPoliciesAreAt(provider: ProviderName): Promise<void> {
    const paths = [
      `products/default/${provider}`,
      `plans/default/${provider}-free`,
      `plans/default/${provider}-gold`,
    ];
    await waitFor(
      `${provider} has its policies`,
      async () => {
        const answers = await Promise.all(
          paths.map(path =>
            this.#backend.try('paula', 'GET', `${ROOT}/${path}`),
          ),
        );
        return answers.every(
          ({ ok, text }) =>
            ok &&
            stateSchema.parse(JSON.parse(text)).providerState.status ===
              'ready',
        );
      },
      PATIENCE_MS,
    );
  }

  /** Until nothing runs, nor is about to: what is due next week does not count. */
  async untilIdle(): Promise<void> {
    await waitFor(
      'the queue is empty',
      async () => (await this.jobs()) === 0,
      PATIENCE_MS,
    );
  }

  /** How many jobs run, or are due soon. */
  async jobs(lane?: string): Promise<number> {
    const soon = new Date(Date.now() + SOON_MS).toISOString();
    const [{ count }] = await this.#knex('jobs')
      .where(query =>
        query
          .where({ status: 'running' })
          .orWhere(waiting =>
            waiting.where({ status: 'queued' }).where('run_at', '<', soon),
          ),
      )
      .modify(query => (lane === undefined ? query : query.where({ lane })))
      .count({ count: '*' });
    return Number(count);
  }

  /** Lets everything that waits in the lane of a provider be due now. */
  async bringForward(provider: ProviderName): Promise<void> {
    await this.#knex('jobs')
      .where({ status: 'queued', lane: `provider:${provider}` })
      .update({ run_at: new Date(0).toISOString() });
  }

  /** Notices that wait to be sent, as if so much had happened at once. */
  async putNotices(count: number): Promise<void> {
    await this.#knex.transaction(async tx => {
      for (let i = 0; i < count; i++) {
        await enqueueNotice(tx, systemClock, {
          recipients: [refOf('omar')],
          title: `Notice ${i}`,
          link: '/api-products',
          topic: 'api-products.bench.noticed',
          scope: `bench:${i}`,
        });
      }
    });
  }

  /** Takes away those that wait still, and says how many they were. */
  async forgetNotices(): Promise<number> {
    return this.#knex('jobs')
      .where({ status: 'queued', kind: 'notify' })
      .delete();
  }

  /** How many jobs there have been. */
  async jobsEver(): Promise<number> {
    const { rows, ...sqlite } = Object(
      await this.#knex.raw(
        this.#knex.client.config.client === 'pg'
          ? 'select last_value as value from jobs_sequence_seq'
          : "select seq as value from sqlite_sequence where name = 'jobs'",
      ),
    );
    const [{ value }] = sequenceSchema.parse(rows ?? Object.values(sqlite));
    return value;
  }

  /** Asks for access; the subscription is there where the plan is given at once. */
  async request({
    application,
    provider = 'quick',
    plan = 'free',
  }: Asked): Promise<z.infer<typeof requestSchema>> {
    const made = await this.#backend.ask(
      'dana',
      'POST',
      `${ROOT}/access-requests`,
      {
        product: provider,
        plan: `${provider}-${plan}`,
        application: { name: application },
      },
    );
    return requestSchema.parse(made);
  }

  /** The same, and the subscription. */
  async subscribe(asked: Asked): Promise<string> {
    const { subscription } = await this.request({ ...asked, plan: 'free' });
    if (subscription === undefined) {
      throw new Error(`${asked.application} was not given the plan at once`);
    }
    return subscription;
  }

  async approve(
    request: string,
    approver: PersonName = 'omar',
  ): Promise<boolean> {
    const { ok } = await this.#backend.try(
      approver,
      'POST',
      `${ROOT}/access-requests/${request}/approve`,
    );
    return ok;
  }

  /** Approves many with one call. */
  async approveAll(
    requests: readonly string[],
    approver: PersonName = 'omar',
  ): Promise<void> {
    const { results } = resultsSchema.parse(
      await this.#backend.ask(
        approver,
        'POST',
        `${ROOT}/access-requests/decide`,
        { items: requests.map(id => ({ id, decision: 'approve' })) },
      ),
    );
    const refused = results.find(({ status }) => status !== 200);
    if (refused) {
      throw new Error(`An approval was refused with ${refused.status}`);
    }
  }

  async revoke(subscription: string): Promise<void> {
    await this.#backend.ask(
      'dana',
      'POST',
      `${ROOT}/subscriptions/${subscription}/revoke`,
    );
  }

  /** Until there are so many keys that the gateway is known to accept. */
  async untilActive(subscriptions: readonly string[]): Promise<void> {
    await this.untilCredentials(
      query => query.whereIn('subscription_id', [...subscriptions]),
      subscriptions.length,
    );
  }

  async untilCredentials(
    which: (credentials: Knex.QueryBuilder) => Knex.QueryBuilder,
    wanted: number,
  ): Promise<void> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const [{ count }] = await this.#knex('credentials')
        .where({ status: 'active' })
        .modify(which)
        .count({ count: '*' });
      if (Number(count) === wanted) {
        return;
      }
      if (performance.now() > until) {
        throw new Error(`${count} keys of ${wanted} are there`);
      }
      // On SQLite, who looks keeps the writer waiting.
      await pause(10);
    }
  }

  /** What the gateway knows the key of a subscription by. */
  async hashOf(subscription: string): Promise<string> {
    const { provider_reference } = await this.#knex('credentials')
      .where({ subscription_id: subscription })
      .first();
    return z.string().parse(provider_reference);
  }

  /** Status of a call to the API with the key of a subscription, which is revealed by that. */
  async callWith(
    subscription: string,
    sandbox: SandboxProcess,
  ): Promise<number> {
    const headers = await this.reveal(subscription);
    return sandbox.call(headers, API_ID);
  }

  async reveal(subscription: string): Promise<Record<string, string>> {
    const { id } = await this.#knex('credentials')
      .where({ subscription_id: subscription })
      .first();
    const { headerName, headerValue } = revealedSchema.parse(
      await this.#backend.ask(
        'dana',
        'POST',
        `${ROOT}/credentials/${id}/reveal`,
      ),
    );
    return { [headerName]: headerValue };
  }
}
