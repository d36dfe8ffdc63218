/** What waits to be told, as its jobs have it. */
import type { Knex } from 'knex';
import { z } from 'zod';

const announcement = z.looseObject({
  type: z.literal('announcement'),
  subject: z.string(),
});
const notification = z.looseObject({
  type: z.literal('notification'),
  subject: z.string(),
  recipients: z.array(z.string()),
  title: z.string(),
  severity: z.string(),
});
const stored = z.object({
  parts: z.array(z.discriminatedUnion('type', [announcement, notification])),
});

/** What pages and plugins are told, and people, in the order in which it was written. */
export async function toldOf(knex: Knex) {
  const rows: { payload: string }[] = await knex('jobs')
    .where({ kind: 'notify' })
    .orderBy('sequence')
    .select('payload');
  return rows.flatMap(({ payload }) => stored.parse(JSON.parse(payload)).parts);
}

/** What people are told. */
export const noticesOf = async (knex: Knex) =>
  (await toldOf(knex)).filter(part => part.type === 'notification');
