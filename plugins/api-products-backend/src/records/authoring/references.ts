/** What a record says of other records must be so, as far as it is new; what it said before may be gone since. */
import { InputError } from '@backstage/errors';
import type {
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';

interface Referring {
  catalogues: EntityRef[];
  plans?: EntityRef[];
}

/** Those that are there. */
async function present(
  tx: Knex.Transaction,
  table: 'plans' | 'catalogues',
  refs: EntityRef[],
): Promise<Set<EntityRef>> {
  const found: string[] =
    refs.length === 0
      ? []
      : await tx(table)
          .whereIn('ref', refs)
          .whereNull('deleted_at')
          .pluck('ref');
  return new Set(found);
}

/** Without those that are gone and are only still there from before. */
async function kept(
  tx: Knex.Transaction,
  table: 'plans' | 'catalogues',
  refs: EntityRef[],
  before: readonly EntityRef[],
): Promise<EntityRef[]> {
  const there = await present(tx, table, refs);
  refs.forEach((ref, i) => {
    if (!there.has(ref) && !before.includes(ref)) {
      throw new InputError(`${table}[${i}]: there is no ${ref}`);
    }
  });
  return refs.filter(ref => there.has(ref));
}

/**
 * @returns the catalogues and plans that are there
 * @throws InputError naming the one that is not
 * @internal
 */
export async function checkReferences(
  tx: Knex.Transaction,
  spec: Referring,
  before: Referring | undefined,
): Promise<Referring> {
  const catalogues = await kept(
    tx,
    'catalogues',
    spec.catalogues,
    before?.catalogues ?? [],
  );
  const plans =
    spec.plans && (await kept(tx, 'plans', spec.plans, before?.plans ?? []));
  return plans ? { catalogues, plans } : { catalogues };
}

/**
 * A plan of another provider could never work with the product.
 *
 * @throws InputError naming the plan
 * @internal
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
  const elsewhere: { ref: string; provider_id: string | null }[] = await tx(
    'plans',
  )
    .whereIn('ref', plans.filter(isNew))
    .whereNull('deleted_at')
    .whereRaw(`coalesce(provider_id, '') <> ?`, [provider])
    .select('ref', 'provider_id');
  const [wrong] = elsewhere;
  if (wrong) {
    throw new InputError(
      `plans[${plans.indexOf(wrong.ref)}]: ${wrong.ref} is kept by ${
        wrong.provider_id === null
          ? 'no provider'
          : `provider ${wrong.provider_id}`
      }, the product by ${provider}; they could not work together`,
    );
  }
}

/** What a record refers to in a spec of its kind. @internal */
export const withReferences = <S extends ProductSpec | PlanSpec>(
  spec: S,
  refs: Referring,
): S => ({ ...spec, ...refs });
