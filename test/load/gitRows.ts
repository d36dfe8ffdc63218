/** Products in the tables as if they had been read long ago; to read ten thousand for the first time takes minutes. */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import {
  parseProductEntity,
  productFromEntity,
} from 'backstage-plugin-api-products-common';
// Rows are what the backend writes; it exports nothing but its plugin.
import { migrate } from '../../plugins/api-products-backend/src/lib/Database';
import { wordsOf } from '../../plugins/api-products-backend/src/lib/searchWords';
import { productDraft } from '../../plugins/api-products-backend/src/records/write/drafts';
import { benchApi, benchProduct } from './gitCatalog';
import { times } from './figures';

const AT = '2026-11-21T12:00:00.000Z';
const ROWS_AT_ONCE = 100;

interface Filled {
  count: number;
  origin: 'catalog' | 'portal';
  /** Where they are; without, they are at none. */
  provider?: string;
}

export async function fillProducts(
  knex: Knex,
  { count, origin, provider }: Filled,
): Promise<void> {
  await migrate(knex);
  const drafts = times(count).map(i => {
    const spec = productFromEntity(
      parseProductEntity(benchProduct(i, { provider })),
    );
    return { id: randomUUID(), spec, draft: productDraft(spec, benchApi) };
  });
  const insert = (table: string, rows: readonly object[]) =>
    knex.batchInsert(table, rows, ROWS_AT_ONCE);
  await insert(
    'products',
    drafts.map(({ id, spec, draft }) => ({
      id,
      ref: spec.ref,
      namespace: spec.namespace,
      name: spec.name,
      title: spec.title,
      owner_ref: spec.owner,
      origin,
      spec: JSON.stringify(spec),
      fingerprint: draft.fingerprint,
      created_at: AT,
      updated_at: AT,
      ...draft.columns,
      provider_id: provider ?? null,
      provider_status: provider ? 'ready' : 'none',
      policy_id: provider ? id : null,
    })),
  );
  await insert(
    'product_apis',
    drafts.flatMap(({ id, spec }) =>
      spec.apis.map(({ ref }, position) => {
        if (ref === undefined) {
          throw new Error('An API without a reference');
        }
        const { title, providerApiId } = benchApi(ref);
        return {
          product_id: id,
          position,
          api_ref: ref,
          title,
          provider_api_id: providerApiId,
        };
      }),
    ),
  );
  await insert(
    'product_plans',
    drafts.flatMap(({ id, spec }) =>
      spec.plans.map((plan_ref, position) => ({
        product_id: id,
        plan_ref,
        position,
      })),
    ),
  );
  await insert(
    'catalogue_items',
    drafts.flatMap(({ spec }) =>
      spec.catalogues.map(catalogue_ref => ({
        catalogue_ref,
        item_ref: spec.ref,
      })),
    ),
  );
  await insert(
    'product_words',
    drafts.flatMap(({ id, spec }) =>
      [...new Set(wordsOf(spec.title, spec.name))].map(word => ({
        record_id: id,
        word,
      })),
    ),
  );
}
