import type { ApiProvider } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { toIso } from '../../../lib/clock';
import type { DriftItemRow } from '../../../lib/rows';
import { announce } from '../../../notices/notify';
import type { HandlerDeps } from '../../../provisioning/handlerContext';
import type { Job, Outcome, Write } from '../../../jobs/JobHandler';
import { changeItem, recordOfItem } from '../items';

/** How far a repair is; kept with its job. */
const payloadSchema = z.object({
  /** `confirm`: it was done, and is believed only when it is still so after the gateway has forgotten its cache. */
  phase: z.enum(['apply', 'confirm']).default('apply'),
  /** How often it was done. */
  rounds: z.number().default(0),
  /** By which a key that is taken away was known: the mark is gone with it. */
  credentialId: z.string().optional(),
});

export type Progress = z.infer<typeof payloadSchema>;

export interface Repair {
  deps: HandlerDeps;
  job: Job;
  item: DriftItemRow;
  provider: ApiProvider;
  signal: AbortSignal;
  progress: Progress;
}

/** What comes back so often does not stay away by itself. */
export const ROUNDS = 3;

export const progressOf = (job: Job): Progress =>
  payloadSchema.parse(JSON.parse(job.payload));

/**
 * Goes on later, from there. As long as nothing could be done, the difference says why: it may stay so.
 *
 * @param write - what else is to be true meanwhile, in the same transaction
 */
export const waitWith = (
  { job, item }: Repair,
  progress: Progress,
  {
    write,
    ...wait
  }: { ms: number; reason: string; until?: string; write?: Write },
): Outcome => ({
  kind: 'wait',
  ...wait,
  write: async tx => {
    await write?.(tx);
    await tx('drift_items')
      .where({ id: item.id, status: 'repairing' })
      .update({ last_error: progress.phase === 'apply' ? wait.reason : null });
    await tx('jobs')
      .where({ id: job.id })
      .update({ payload: JSON.stringify(progress) });
  },
});

/** The difference is repaired, by who asked for it, in the caller's transaction. */
export async function markRepaired(
  tx: Knex.Transaction,
  { deps, item }: Repair,
  message: string,
): Promise<void> {
  const won = await changeItem(tx, deps.clock, item, {
    status: 'repaired',
    resolved_at: toIso(deps.clock.now()),
    last_error: null,
  });
  if (!won) {
    return;
  }
  await recordOfItem(tx, deps.clock, item, {
    event: 'drift.repaired',
    actor: item.resolved_by ?? undefined,
    message,
  });
  await announce(tx, deps.clock, {
    topic: 'api-products.drift.repaired',
    subject: `provider:${item.provider_id}`,
    payload: { provider: item.provider_id, item: item.id },
  });
}

/** @param write - what else is to be true then, in the same transaction */
export const repaired = (
  repair: Repair,
  message: string,
  write?: Write,
): Outcome => ({
  kind: 'done',
  write: async tx => {
    await markRepaired(tx, repair, message);
    await write?.(tx);
  },
});

/** There was nothing left to repair. */
export const overtaken = ({ deps, item }: Repair): Outcome => ({
  kind: 'done',
  write: async tx => {
    await changeItem(tx, deps.clock, item, {
      status: 'gone',
      last_error: null,
    });
  },
});
