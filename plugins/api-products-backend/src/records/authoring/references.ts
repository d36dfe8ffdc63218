/** What a record says of other records must be so, as far as it is new; what it said before may be gone since. */
import { InputError } from '@backstage/errors';
import type {
  EntityRef,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import { whereCatalogueVisible, wherePlanVisible } from '../visibility';

interface Referring {
  catalogues: EntityRef[];
  plans?: EntityRef[];
}

type Table = 'plans' | 'catalogues';

const VISIBLE = { plans: wherePlanVisible, catalogues: whereCatalogueVisible };

/** Those that are there. */
async function present(
  tx: Knex.Transaction,
  table: Table,
  refs: EntityRef[],
  only: (query: Knex.QueryBuilder) => void = () => {},
): Promise<Set<EntityRef>> {
  const found: string[] =
    refs.length === 0
      ? []
      : await tx(table)
          .whereIn(`${table}.ref`, refs)
          .whereNull(`${table}.deleted_at`)
          .modify(only)
          .pluck(`${table}.ref`);
  return new Set(found);
}

/** Without those that are gone and are only still there from before; new are only those that the caller sees. */
async function kept(
  tx: Knex.Transaction,
  caller: UserCaller,
  table: Table,
  refs: EntityRef[],
  before: readonly EntityRef[],
): Promise<EntityRef[]> {
  const added = refs.filter(ref => !before.includes(ref));
  const seen = await present(tx, table, added, query =>
    VISIBLE[table](query, caller),
  );
  refs.forEach((ref, i) => {
    if (added.includes(ref) && !seen.has(ref)) {
      throw new InputError(`${table}[${i}]: there is no ${ref}`);
    }
  });
  const there = await present(tx, table, refs);
  return refs.filter(ref => there.has(ref));
}

/**
 * @returns the catalogues and plans that are there
 * @throws InputError naming a new one that is not there for the caller
 */
export async function checkReferences(
  tx: Knex.Transaction,
  caller: UserCaller,
  spec: Referring,
  before: Referring | undefined,
): Promise<Referring> {
  const catalogues = await kept(
    tx,
    caller,
    'catalogues',
    spec.catalogues,
    before?.catalogues ?? [],
  );
  const plans =
    spec.plans &&
    (await kept(tx, caller, 'plans', spec.plans, before?.plans ?? []));
  return plans ? { catalogues, plans } : { catalogues };
}

/**
 * A plan of another provider could never work with the product.
 *
 * @throws InputError naming the plan
 */
export async function checkPlansOfProvider(
  tx: Knex.Transaction,
  spec: ProductSpec,
  before: ProductSpec | undefined,
): Promise<void> {
  const { provider, plans } = spec;
  if (provider === undefined) {
    return;
  }
  const isNew = (ref: EntityRef) =>
    provider !== before?.provider || !before.plans.includes(ref);
  const elsewhere: EntityRef[] = await tx('plans')
    .whereIn('ref', plans.filter(isNew))
    .whereNull('deleted_at')
    .whereRaw(`coalesce(provider_id, '') <> ?`, [provider])
    .pluck('ref');
  const [wrong] = elsewhere;
  if (wrong !== undefined) {
    throw new InputError(
      `plans[${plans.indexOf(
        wrong,
      )}]: ${wrong} is not kept by provider ${provider}, as the product is; they could not work together`,
    );
  }
}
