/**
 * Reads what has to be known of the records of a provider. There may be thousands, of which hardly one has changed: only
 * what is compared is read, and of a spec, which is long, only that of records which the provider does not have yet.
 */
import { z } from 'zod';
import type { Queryable } from '../../lib/Database';
import { TABLE } from './bareRecords';
import type { KnownRow, KnownRows, Noun } from './plan';

const COLUMNS = [
  'id',
  'ref',
  'title',
  'revision',
  'taken_revision',
  'provider_revision',
  'origin',
  'policy_id',
  'provider_name',
  'fingerprint',
  'hidden_at',
  'deleted_at',
] as const;

const namesHere = z.object({
  title: z.string(),
  providerName: z.string().optional(),
});

/** Under which name the provider has it, or is to have it. */
export function nameAtProvider(spec: {
  title: string;
  providerName?: string;
}): string {
  return spec.providerName ?? spec.title;
}

async function rowsOf(
  db: Queryable,
  noun: Noun,
  providerId: string,
): Promise<KnownRow[]> {
  const rows: KnownRow[] = await db(TABLE[noun])
    .where('provider_id', providerId)
    .whereNotNull('policy_id')
    .select(...COLUMNS);
  const unplaced: (KnownRow & { spec: string })[] = await db(TABLE[noun])
    .where('provider_id', providerId)
    .whereNull('policy_id')
    .whereNull('hidden_at')
    .whereNull('deleted_at')
    .modify(query => {
      // It is not brought there.
      if (noun === 'plan') query.whereNull('held_back');
    })
    .select(...COLUMNS, 'spec');
  for (const { spec, ...row } of unplaced) {
    rows.push({
      ...row,
      unplaced_name: nameAtProvider(namesHere.parse(JSON.parse(spec))),
    });
  }
  return rows;
}

export async function readKnown(
  db: Queryable,
  providerId: string,
): Promise<KnownRows> {
  return {
    product: await rowsOf(db, 'product', providerId),
    plan: await rowsOf(db, 'plan', providerId),
  };
}
