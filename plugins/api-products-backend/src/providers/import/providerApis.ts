/** Keeps the list of a provider's APIs, from which products are made. Only what has changed is written. */
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { chunksOf } from '../../lib/chunksOf';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import type { ProviderApiRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { beginningOf } from '../../lib/texts';

const ROWS_AT_ONCE = 100;

type KeptApi = Pick<ProviderApiRow, 'api_id' | 'api'>;

export async function readProviderApis(
  db: Queryable,
  provider: string,
): Promise<KeptApi[]> {
  return db('provider_apis')
    .where('provider_id', provider)
    .select('api_id', 'api');
}

/**
 * An API that is gone is taken away, unless all are gone at once: that is more often a gateway without its files than
 * the truth, and products could not be edited until they are back.
 */
export async function keepProviderApis(
  { db, clock }: { db: Knex; clock: Clock },
  provider: string,
  kept: readonly KeptApi[],
  apis: readonly ProviderApi[],
): Promise<void> {
  const known = new Map(kept.map(row => [row.api_id, row.api]));
  const now = toIso(clock.now());
  const changed = new Map<string, ProviderApiRow>();
  for (const api of apis) {
    const text = JSON.stringify(api);
    if (known.get(api.id) !== text) {
      changed.set(api.id, {
        provider_id: provider,
        api_id: api.id,
        name: beginningOf(api.name),
        authentication: api.authentication,
        api: text,
        updated_at: now,
      });
    }
    known.delete(api.id);
  }
  const gone = apis.length === 0 ? [] : [...known.keys()];
  if (changed.size === 0 && gone.length === 0) {
    return;
  }
  await inTransaction(db, async tx => {
    for (const chunk of chunksOf([...changed.values()], ROWS_AT_ONCE)) {
      await tx('provider_apis')
        .insert(chunk)
        .onConflict(['provider_id', 'api_id'])
        .merge();
    }
    for (const chunk of chunksOf(gone, ROWS_AT_ONCE)) {
      await tx('provider_apis')
        .where('provider_id', provider)
        .whereIn('api_id', chunk)
        .delete();
    }
  });
}
