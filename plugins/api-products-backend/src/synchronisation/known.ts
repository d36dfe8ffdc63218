/** Reads what has to be known of the records of a provider: one statement for each kind, and only what is compared. */
import { z } from 'zod';
import type { Queryable } from '../database/Database';
import { TABLE } from './bareRecords';
import type { KnownRecord, Noun } from './plan';

type Row = Omit<KnownRecord, 'noun' | 'unplaced_name'> & {
  unplaced_spec: string | null;
};

const namesHere = z.object({
  title: z.string(),
  providerName: z.string().optional(),
});

/** Under which name the provider has it, or is to have it. @internal */
export function nameAtProvider(spec: {
  title: string;
  providerName?: string;
}): string {
  return spec.providerName ?? spec.title;
}

async function knownOf(
  db: Queryable,
  noun: Noun,
  providerId: string,
): Promise<KnownRecord[]> {
  const rows: Row[] = await db(TABLE[noun])
    .where('provider_id', providerId)
    .select(
      'id',
      'ref',
      'title',
      'revision',
      'taken_revision',
      'origin',
      'policy_id',
      'provider_name',
      'fingerprint',
      'hidden_at',
      'deleted_at',
      // A spec is long: only of the few that the provider does not have yet.
      db.raw(
        `case when policy_id is null and hidden_at is null and deleted_at is null then spec end as unplaced_spec`,
      ),
    );
  return rows.map(({ unplaced_spec: spec, ...row }) => ({
    ...row,
    noun,
    ...(spec === null
      ? {}
      : { unplaced_name: nameAtProvider(namesHere.parse(JSON.parse(spec))) }),
  }));
}

/** @internal */
export async function readKnown(
  db: Queryable,
  providerId: string,
): Promise<KnownRecord[]> {
  return [
    ...(await knownOf(db, 'product', providerId)),
    ...(await knownOf(db, 'plan', providerId)),
  ];
}
