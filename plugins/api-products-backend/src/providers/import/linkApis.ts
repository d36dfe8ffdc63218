/**
 * APIs that were imported before the catalog had an entity for them are linked with it as soon as it has. Products from
 * Git name the entities themselves.
 */
import type { EntityRef, SyncItem } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import { productDraft } from '../../records/write/drafts';
import { productSpecOf } from '../../records/specs';
import { toIso, type Clock } from '../../lib/clock';
import { lockCatalogue } from '../../lib/locks';
import type { Queryable } from '../../lib/Database';
import type { ProductRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { isEdited } from './plan';

const withUnlinkedApis = (db: Queryable, provider: string): Knex.QueryBuilder =>
  db('product_apis')
    .join('products', 'products.id', 'product_apis.product_id')
    .where('products.provider_id', provider)
    .whereNot('products.origin', 'catalog')
    .whereNull('products.deleted_at')
    .whereNull('product_apis.api_ref')
    .whereNotNull('product_apis.provider_api_id');

/** The providers' ids of APIs that stand in products without an entity. */
export async function unlinkedApis(db: Queryable): Promise<string[]> {
  return db('product_apis')
    .whereNull('api_ref')
    .whereNotNull('provider_api_id')
    .distinct('provider_api_id')
    .pluck('provider_api_id');
}

async function link(
  tx: Knex.Transaction,
  clock: Clock,
  id: string,
  entityOf: (apiId: string) => EntityRef | undefined,
): Promise<SyncItem | undefined> {
  const row: ProductRow | undefined = await tx('products')
    .where({ id })
    .first();
  if (!row) {
    return undefined;
  }
  const spec = productSpecOf(row);
  const there = new Set(spec.apis.map(({ ref }) => ref));
  const linked: string[] = [];
  const apis = spec.apis.map(api => {
    const ref =
      api.ref === undefined && api.providerApiId !== undefined
        ? entityOf(api.providerApiId)
        : undefined;
    if (ref === undefined || there.has(ref)) {
      return api;
    }
    there.add(ref);
    linked.push(ref);
    return { ref, ...api };
  });
  if (linked.length === 0) {
    return undefined;
  }
  const after = { ...spec, apis };
  const revision = row.revision + 1;
  // Nothing of this is at the provider, and nobody has edited anything.
  const won: number = await tx('products')
    .where({ id, revision: row.revision })
    .update({
      spec: JSON.stringify(after),
      revision,
      ...(isEdited(row) ? {} : { taken_revision: revision }),
      provider_revision: tx.raw(
        `case when provider_status = 'ready' and provider_revision = ? then ? else provider_revision end`,
        [row.revision, revision],
      ),
      updated_at: toIso(clock.now()),
    });
  if (won !== 1) {
    return undefined;
  }
  await productDraft(after, () => ({})).writeParts(tx, id);
  const reason = `The catalog has ${linked.join(', ')} for its APIs`;
  await recordHistory(tx, clock, {
    subject: `product:${id}`,
    event: 'product.updated',
    message: `${row.title}: ${reason}`,
    product: id,
  });
  return {
    outcome: 'updated',
    kind: 'product',
    ref: row.ref,
    name: row.provider_name ?? row.title,
    policyId: row.policy_id ?? '',
    reason,
  };
}

export async function linkApis(
  { db, clock }: { db: Knex; clock: Clock },
  provider: string,
  entities: ReadonlyMap<string, EntityRef>,
): Promise<SyncItem[]> {
  if (entities.size === 0) {
    return [];
  }
  const ids: string[] = await withUnlinkedApis(db, provider)
    .whereIn('product_apis.provider_api_id', [...entities.keys()])
    .distinct('products.id')
    .pluck('products.id');
  const items: SyncItem[] = [];
  for (const id of ids.sort()) {
    const item = await inTransaction(db, async tx => {
      await lockCatalogue(tx);
      return link(tx, clock, id, apiId => entities.get(apiId));
    });
    if (item) {
      items.push(item);
    }
  }
  return items;
}
