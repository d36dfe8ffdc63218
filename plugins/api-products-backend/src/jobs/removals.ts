/** Asks for a policy that no record needs any more to be taken away from its provider. */
import { createHash } from 'node:crypto';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Clock } from '../lib/clock';
import { enqueue } from './JobQueue';
import { laneOf } from './lanes';

const payloadSchema = z.object({
  record: z.string(),
  provider: z.string(),
  policy: z.string(),
});

/** What is to be removed, and of which record it was. */
export type Removal = z.infer<typeof payloadSchema>;

export const readRemoval = (payload: string): Removal =>
  payloadSchema.parse(JSON.parse(payload));

/**
 * The job is about the policy, not about the record: that may have, or get, another policy.
 *
 * @param removal - without a provider or a policy there is nothing to be done
 */
export async function enqueueRemoval(
  tx: Knex.Transaction,
  clock: Clock,
  noun: 'product' | 'plan',
  removal: { record: Id; provider: string | null; policy: string | null },
): Promise<void> {
  const { record, provider, policy } = removal;
  if (provider === null || policy === null) {
    return;
  }
  const digest = createHash('sha256')
    .update(JSON.stringify([provider, policy]))
    .digest('hex');
  await enqueue(tx, clock, {
    kind: noun === 'product' ? 'remove-product' : 'remove-plan',
    subject: `policy:${digest}`,
    lane: laneOf(provider),
    payload: payloadSchema.parse({ record, provider, policy }),
  });
}
