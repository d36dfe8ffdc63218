/**
 * How far a look has come with the keys, for the next attempt of the same job: a gateway that fails after ten thousand of
 * them is not asked for all of them again. It stays before the first key that differs, because what differs is looked at a
 * second time at the end.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import type { ProviderRow } from '../../lib/rows';
import type { DriftScan } from './DriftScan';

/** The last key up to which nothing differs. */
export async function checkpointOf(
  { knex, provider }: Pick<DriftScan, 'knex' | 'provider'>,
  job: Id,
): Promise<Id | undefined> {
  const row: Pick<ProviderRow, 'drift_after'> | undefined = await knex(
    'providers',
  )
    .where({ id: provider.id, drift_job: job })
    .first('drift_after');
  return row?.drift_after ?? undefined;
}

export async function setCheckpoint(
  { knex, provider, signal }: DriftScan,
  job: Id,
  after: Id,
): Promise<void> {
  signal.throwIfAborted();
  const values = { drift_job: job, drift_after: after };
  await knex('providers')
    .insert({ id: provider.id, ...values })
    .onConflict('id')
    .merge(values);
}
