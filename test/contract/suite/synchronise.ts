/** Synchronisations as a platform owner has them made. */
import { z } from 'zod';
import type { Portal } from './portal';

const run = z.object({
  id: z.string(),
  status: z.string(),
  message: z.string().optional(),
  counts: z.record(z.string(), z.number()),
  items: z.array(
    z.object({
      outcome: z.string(),
      kind: z.string().optional(),
      ref: z.string().optional(),
      name: z.string(),
      policyId: z.string(),
      reason: z.string().optional(),
    }),
  ),
});
const begun = z.object({ run: z.object({ id: z.string() }) });
const runs = z.object({ items: z.array(run) });

export type SyncRun = z.infer<typeof run>;

/** Begins one and waits for its end. */
export async function synchronise(
  portal: Portal,
  options: { confirmDrop?: boolean } = {},
): Promise<SyncRun> {
  const answer = await portal.ask(
    'paula',
    'POST',
    '/providers/contract/sync',
    options,
  );
  const { id } = begun.parse(answer.body).run;
  return portal.until('the synchronisation has ended', async () => {
    const { body } = await portal.ask(
      'paula',
      'GET',
      '/providers/contract/sync-runs?limit=5',
    );
    const found = runs.parse(body).items.find(item => item.id === id);
    return found && !['queued', 'running'].includes(found.status) && found;
  });
}
