/** Differences between portal and Tyk, as a platform owner sees them. */
import { z } from 'zod';
import type { Portal } from './portal';

const drift = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      status: z.string(),
      message: z.string(),
      subject: z.object({ kind: z.string(), id: z.string() }),
      actions: z.array(z.string()),
      lastError: z.string().optional(),
    }),
  ),
});

type DriftItem = z.infer<typeof drift>['items'][number];

/** Of the provider of the suite. */
export const DRIFT = '/providers/contract/drift';

/** @param query - with its question mark; what is open if left out */
export async function driftOf(
  portal: Portal,
  query = '',
): Promise<DriftItem[]> {
  const { body } = await portal.ask('paula', 'GET', `${DRIFT}${query}`);
  return drift.parse(body).items;
}
