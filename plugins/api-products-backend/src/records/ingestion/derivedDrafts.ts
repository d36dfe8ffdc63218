/** What plans and products become of what Git says of them, and of what that hangs on: owners, catalogues, APIs. */
import type {
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import type { ApiEntity } from '../apiEntities';
import type { Catalogues } from '../listings';
import type { ProviderApis } from '../ProviderApis';
import { planClaims, productClaims } from '../write/claims';
import {
  planDraft,
  productDraft,
  type ApiFacts,
  type Draft,
} from '../write/drafts';
import { copiedApis } from './catalogCopy';
import { findingsAbout, type TakenNames } from './findings';
import { listed } from './listing';
import { countingSpec, holdOf, isAsBefore } from './planHolds';
import type { Renames } from './Renames';
import type { IngestionResult, Known } from './writeDrafts';

interface DraftDeps {
  db: Knex;
  providerApis: ProviderApis;
}

/** What one run goes by. */
export interface Run {
  /** Refs of what the catalog has. */
  present: ReadonlySet<EntityRef>;
  known: Known;
  renames: Renames;
  catalogues: Catalogues;
  result: IngestionResult;
  warnings: Set<string>;
  /** What owners may do. */
  standingOf(owner: EntityRef): Promise<UserCaller>;
  /** Absent where only records are looked at that have changed themselves. */
  names?: TakenNames;
}

/** What a product has to know of an API. */
const factsOfApi = ({ title, providerApiId }: ApiEntity): ApiFacts => ({
  title,
  ...(providerApiId ? { providerApiId } : {}),
});

/** Every API entity that the products name, once. */
const refsOfApis = (products: ProductSpec[]): EntityRef[] => [
  ...new Set(
    products.flatMap(({ apis }) =>
      apis.flatMap(({ ref }) => (ref === undefined ? [] : [ref])),
    ),
  ),
];

/** Enters what stands against a name among the problems. */
export async function planDrafts(
  sources: PlanSpec[],
  run: Run,
  problems: Map<EntityRef, string | null>,
): Promise<Draft[]> {
  const drafts: Draft[] = [];
  for (const source of sources) {
    const { ref, owner } = source;
    const known = run.known.plan.get(ref);
    const standing = await run.standingOf(owner);
    const { spec, findings } = listed(source, standing, run.catalogues);
    const hold = holdOf(spec, standing);
    const heldBack =
      hold !== undefined && !isAsBefore(spec, known) ? hold : undefined;
    if (run.names) {
      const counting = countingSpec(spec, heldBack, known);
      problems.set(
        ref,
        (counting && run.names.enter(planClaims(counting))) ?? null,
      );
    }
    drafts.push(
      planDraft(spec, {
        ...(heldBack
          ? { heldBack }
          : { problem: problems.get(ref) ?? undefined }),
        findings,
      }),
    );
  }
  return drafts;
}

/** The same of products. */
export async function productDrafts(
  deps: DraftDeps,
  sources: ProductSpec[],
  run: Run,
  problems: Map<EntityRef, string | null>,
): Promise<Draft[]> {
  if (sources.length === 0) {
    return [];
  }
  const { db, providerApis } = deps;
  const refs = refsOfApis(sources);
  const apis = await copiedApis(db, refs);
  const kept = await keptApis(
    db,
    refs.filter(ref => !apis.has(ref)),
  );
  const factsOf = (ref: EntityRef): ApiFacts => {
    const api = apis.get(ref);
    return api ? factsOfApi(api) : kept.get(ref) ?? {};
  };
  const findingsOf = await findingsAbout(providerApis, sources, factsOf);
  const drafts: Draft[] = [];
  for (const source of sources) {
    const { ref, owner } = source;
    const { spec, findings } = listed(
      source,
      await run.standingOf(owner),
      run.catalogues,
    );
    if (run.names) {
      problems.set(ref, run.names.enter(productClaims(spec)) ?? null);
    }
    drafts.push(
      productDraft(spec, factsOf, {
        ...findingsOf(spec, problems.get(ref) ?? undefined),
        findings,
      }),
    );
  }
  return drafts;
}

/** An API that the catalog has lost stays what it was: its product must not stop working for that. */
async function keptApis(
  db: Knex,
  missing: readonly EntityRef[],
): Promise<Map<EntityRef, ApiFacts>> {
  const kept = new Map<EntityRef, ApiFacts>();
  if (missing.length === 0) {
    return kept;
  }
  const rows: {
    api_ref: string;
    title: string | null;
    provider_api_id: string | null;
  }[] = await db('product_apis')
    .whereNotNull('provider_api_id')
    .whereIn('api_ref', missing)
    .distinct('api_ref', 'title', 'provider_api_id')
    .orderBy('api_ref');
  for (const row of rows) {
    kept.set(row.api_ref, {
      ...(row.title === null ? {} : { title: row.title }),
      ...(row.provider_api_id === null
        ? {}
        : { providerApiId: row.provider_api_id }),
    });
  }
  return kept;
}
