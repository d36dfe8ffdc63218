/**
 * The products and plans that can be compared: what the provider is known to have as they are now. Work in progress is
 * no difference, nor is what a synchronisation follows: an imported record that nobody has edited here.
 */
import { TABLES, type PlanRow, type ProductRow } from '../../lib/rows';
import { ConflictError } from '@backstage/errors';
import type { Id } from 'backstage-plugin-api-products-common';
import type { ProviderOffering } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import {
  offeredPlans,
  offeredProducts,
  providerPlansOf,
  providerProductsOf,
} from '../../records/offering';
import type { Queryable } from '../../lib/Database';
import { comparePlan, compareProduct } from './compareOfferings';
import type { Finding, Looked } from './findings';

export type Noun = keyof typeof TABLES;

type Row = Pick<
  ProductRow | PlanRow,
  'id' | 'title' | 'revision' | 'policy_id' | 'origin'
>;

export interface OurOffering {
  noun: Noun;
  row: Row & { policy_id: string };
  compare(
    theirs: ProviderOffering | undefined,
    apiNames: ReadonlyMap<string, string>,
  ): Finding[];
}

/** Jobs that are about to change what the provider has. */
const AT_WORK = ['put-product', 'put-plan', 'remove-product', 'remove-plan'];

/** Those of the provider, whatever state they are in. */
function whereKept(query: Knex.QueryBuilder, providerId: Id): void {
  query
    .where('provider_id', providerId)
    .whereNull('deleted_at')
    .whereNotNull('policy_id')
    .where(any =>
      any.whereNull('hidden_by').orWhereNot('hidden_by', 'provider'),
    )
    .whereNot(all =>
      all.where('origin', 'provider').whereRaw('revision = taken_revision'),
    );
}

/** What an imported record has lost is for the synchronisation to hide. */
const judged = (origin: Row['origin'], findings: Finding[]): Finding[] =>
  origin === 'provider'
    ? findings.filter(
        ({ kind, differences }) =>
          kind !== 'missing' &&
          kind !== 'tags' &&
          !differences.some(({ field }) => field === 'kind'),
      )
    : findings;

/** What was deleted meanwhile, or is not to be put there as it is, has nothing to be compared with. */
async function comparisons(
  db: Queryable,
  noun: Noun,
  rows: readonly Row[],
): Promise<Map<Id, OurOffering['compare']>> {
  const ids = rows.map(({ id }) => id);
  const products =
    noun === 'product'
      ? await providerProductsOf(db, await offeredProducts(db, ids))
      : undefined;
  const plans =
    noun === 'plan'
      ? await providerPlansOf(db, await offeredPlans(db, ids))
      : undefined;
  const found = new Map<Id, OurOffering['compare']>();
  for (const { id, origin } of rows) {
    // Names go both ways, except those from Git.
    const nameIsOurs = origin === 'catalog';
    const product = products?.get(id);
    const plan = plans?.get(id);
    if (product && !(product instanceof ConflictError)) {
      found.set(id, (theirs, apiNames) =>
        judged(
          origin,
          compareProduct(product, theirs, { nameIsOurs, apiNames }),
        ),
      );
    } else if (plan) {
      found.set(id, (theirs, apiNames) =>
        judged(origin, comparePlan(plan, theirs, { nameIsOurs, apiNames })),
      );
    }
  }
  return found;
}

/** Those of the ids that can be compared now. */
export async function ourOfferings(
  db: Queryable,
  providerId: Id,
  noun: Noun,
  ids: readonly Id[],
): Promise<OurOffering[]> {
  const rows: Row[] = await db(TABLES[noun])
    .modify(query => whereKept(query, providerId))
    .where('provider_status', 'ready')
    .whereRaw('provider_revision = revision')
    .whereNotExists(
      db('jobs')
        .whereIn('jobs.kind', AT_WORK)
        .whereIn('jobs.status', ['queued', 'running'])
        .whereRaw(`jobs.subject = '${noun}:' || ${TABLES[noun]}.id`)
        .select(db.raw('1')),
    )
    .whereIn('id', ids)
    .orderBy('id')
    .select('id', 'title', 'revision', 'policy_id', 'origin');
  const compares = await comparisons(db, noun, rows);
  return rows.flatMap(row => {
    const compare = compares.get(row.id);
    return compare && row.policy_id !== null
      ? [{ noun, row: { ...row, policy_id: row.policy_id }, compare }]
      : [];
  });
}

/** Which of the records still have a policy at the provider that is ours to watch. */
export async function stillKept(
  db: Queryable,
  providerId: Id,
  noun: Noun,
  ids: Id[],
): Promise<Set<Id>> {
  const rows: { id: Id }[] = await db(TABLES[noun])
    .modify(query => whereKept(query, providerId))
    .whereIn('id', ids)
    .select('id');
  return new Set(rows.map(({ id }) => id));
}

export const lookedAt = (
  { noun, row }: OurOffering,
  findings: Finding[],
): Looked => ({
  subject: `${noun}:${row.id}`,
  title: row.title,
  findings,
  scope: noun === 'product' ? { product: row.id } : {},
});
