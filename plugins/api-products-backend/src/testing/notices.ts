/** What waits to be told, as its jobs have it. */
import type { Knex } from 'knex';
import { z } from 'zod';

const stored = z.object({
  parts: z.array(z.looseObject({ type: z.string() })),
});

type Told = z.infer<typeof stored>['parts'][number];

/** What pages and plugins are told, and people, in the order in which it was written. */
export async function toldOf(knex: Knex): Promise<Told[]> {
  const rows: { payload: string }[] = await knex('jobs')
    .where({ kind: 'notify' })
    .orderBy('sequence')
    .select('payload');
  return rows.flatMap(({ payload }) => stored.parse(JSON.parse(payload)).parts);
}

/** What people are told. */
export const noticesOf = async (knex: Knex): Promise<Told[]> =>
  (await toldOf(knex)).filter(({ type }) => type === 'notification');
