/** A worker with a gateway in memory, on a clock that the test moves. */
import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { CredentialDeps } from '../subscriptions/deps';
import { Sealer } from '../subscriptions/seal/sealing';
import type { CredentialRow, SubscriptionRow } from '../lib/rows';
import { driftHandlers } from '../providers/drift/driftJobs';
import { provisioningHandlers } from '../provisioning/createProvisioning';
import type { RequestDates } from '../access/requestDates';
import { createWatchRequestHandler } from '../access/watchRequest';
import type { JobHandler } from '../jobs/JobHandler';
import { laneOf, OWN_LANE } from '../jobs/lanes';
import { Worker } from '../jobs/Worker';
import { testClock, type TestClock } from './clock';
import { FakeProvider } from './FakeProvider';
import { waitFor } from './waitFor';

export interface ProvisioningBench {
  clock: TestClock;
  deps: CredentialDeps;
  provider: FakeProvider;
  worker: Worker;
  /** Whether differences are repaired without asking; the test may change it. */
  drift: { repair: 'manual' | 'automatic' };
  /** Runs everything that is due now, and what that makes due. */
  work(): Promise<void>;
  /** Moves the clock, then works. */
  pass(milliseconds: number): Promise<void>;
  credential(id: string): Promise<CredentialRow>;
  subscription(id: string): Promise<SubscriptionRow>;
  /** Another worker on the same database. */
  anotherWorker(): Worker;
}

const DAY_MS = 24 * 60 * 60_000;

export const REQUEST_DATES: RequestDates = {
  remindAfterMs: 3 * DAY_MS,
  escalateAfterMs: 7 * DAY_MS,
  expireAfterMs: 30 * DAY_MS,
};

const GIVE_UP_AFTER_MS = 24 * 60 * 60_000;

/** Swallows notices: what they tell is tested elsewhere. */
const quietly: JobHandler = { run: async () => ({ kind: 'done' }) };

export async function provisioningBench(
  knex: Knex,
  options: { start?: string } = {},
): Promise<ProvisioningBench> {
  const clock = testClock(options.start);
  const drift: ProvisioningBench['drift'] = { repair: 'manual' };
  const provider = FakeProvider.create();
  const sealer = Sealer.create([{ id: 'test', key: randomBytes(32) }]);
  const deps = { clock, sealer, giveUpAfterMs: GIVE_UP_AFTER_MS };
  const handlerDeps = {
    ...deps,
    knex,
    providers: {
      find: (id: string) => (id === provider.id ? provider : undefined),
    },
    repairsDrift: () => drift.repair,
  };
  const create = () =>
    Worker.create({
      knex,
      clock,
      logger: mockServices.logger.mock(),
      handlers: {
        ...provisioningHandlers(handlerDeps),
        ...driftHandlers(handlerDeps),
        notify: quietly,
        'watch-request': createWatchRequestHandler({
          knex,
          clock,
          dates: REQUEST_DATES,
          platformOwners: ['group:default/platform-owners'],
        }),
      },
      lanes: new Map([
        [OWN_LANE, 4],
        [laneOf(provider.id), 4],
      ]),
      leaseMs: 30_000,
      pollMs: 60_000,
    });
  const worker = create();
  await worker.start();
  const work = async () => {
    worker.kick();
    await waitFor(async () => {
      const due: unknown = await knex('jobs')
        .where({ status: 'running' })
        .orWhere(all =>
          all
            .where({ status: 'queued' })
            .where('run_at', '<=', new Date(clock.now()).toISOString()),
        )
        .first('id');
      return due === undefined;
    }, 'nothing is due any more');
  };
  return {
    clock,
    deps,
    provider,
    worker,
    drift,
    work,
    pass: async milliseconds => {
      clock.advance(milliseconds);
      await work();
    },
    credential: id => knex('credentials').where({ id }).first(),
    subscription: id => knex('subscriptions').where({ id }).first(),
    anotherWorker: create,
  };
}
