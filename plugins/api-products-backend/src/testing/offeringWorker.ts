/** A worker that brings products and plans to a provider, and nothing else. */
import { randomBytes } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { Sealer } from '../subscriptions/seal/sealing';
import {
  createPutPlanHandler,
  createPutProductHandler,
} from '../provisioning/putOffering';
import type { Providers } from '../registry/providers';
import { laneOf, OWN_LANE } from '../jobs/lanes';
import { Worker } from '../jobs/Worker';
import type { TestClock } from './clock';
import { waitFor } from './waitFor';

export interface OfferingWorker {
  /** Runs everything that is due now, and what that makes due. */
  work(): Promise<void>;
  stop(): Promise<void>;
}

export async function offeringWorker(
  knex: Knex,
  clock: TestClock,
  providers: Providers,
): Promise<OfferingWorker> {
  const deps = {
    knex,
    clock,
    providers,
    sealer: Sealer.create([{ id: 'test', key: randomBytes(32) }]),
    giveUpAfterMs: 24 * 60 * 60_000,
  };
  const worker = Worker.create({
    knex,
    clock,
    logger: mockServices.logger.mock(),
    handlers: {
      'put-product': createPutProductHandler(deps),
      'put-plan': createPutPlanHandler(deps),
      notify: { run: async () => ({ kind: 'done' }) },
    },
    lanes: new Map([
      [OWN_LANE, 4],
      [laneOf('sandbox'), 4],
    ]),
    leaseMs: 30_000,
    pollMs: 60_000,
  });
  await worker.start();
  return {
    stop: () => worker.stop(),
    async work() {
      await waitFor(async () => {
        // Others may make something due meanwhile.
        worker.kick();
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
    },
  };
}
