/**
 * Takes away what was left at the provider to make a removal hold. It was confirmed before, so the gateway has
 * forgotten the key; whatever the provider says, this is tried until it is done.
 */
import type { Knex } from 'knex';
import { type Clock } from '../lib/clock';
import { subjectId, type JobHandler } from '../jobs/JobHandler';
import { enqueue } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { providerOf } from '../registry/providers';
import { z } from 'zod';
import type { HandlerDeps } from './handlerContext';

/** The credential's row may be about another provider by then, or gone: the job knows by itself. */
const payloadSchema = z.object({ provider: z.string() });

export async function enqueueCleanUp(
  tx: Knex.Transaction,
  clock: Clock,
  left: { credentialId: string; providerId: string; runAt?: number },
): Promise<void> {
  const subject = `credential:${left.credentialId}`;
  await enqueue(tx, clock, {
    kind: 'clean-up-credential',
    subject,
    lane: laneOf(left.providerId),
    payload: payloadSchema.parse({ provider: left.providerId }),
    runAt: left.runAt,
  });
}

/** Handles `clean-up-credential`. */
export function createCleanUpCredentialHandler(
  deps: Pick<HandlerDeps, 'providers'>,
): JobHandler {
  return {
    giveUp: 'never',
    async run(job, { signal }) {
      const payload = payloadSchema.parse(JSON.parse(job.payload));
      const provider = providerOf(deps.providers, payload.provider);
      await provider.cleanUpCredential(
        { credentialId: subjectId(job) },
        { signal },
      );
      return { kind: 'done' };
    },
  };
}
