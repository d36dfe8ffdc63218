/**
 * What is to be known of Git's records beside their own words: how consumers of a product sign in, and what keeps a
 * record from its provider. It is part of a draft's hash, so that a record is written again when one of these changes.
 */
import type {
  EntityRef,
  PlanSpec,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../../lib/Database';
import { signInOf, type ApiSignIn, type Problem } from '../authentication';
import { NameRegistry, planClaims, productClaims } from '../write/claims';
import type { KnownApis, ProviderApis } from '../ProviderApis';
import { planSpecOf, productSpecOf } from '../specs';
import type { ApiFacts, ProductFindings } from '../write/drafts';

/** A provider that lacks an API is asked again after this time, and not at every run. */
const ANSWER_KEPT_MS = 60_000;

type FactsOf = (api: EntityRef) => ApiFacts;

/** The provider's ids of a product's APIs, as far as they are known, by their place. */
const idsOf = ({ apis }: ProductSpec, factsOf: FactsOf) =>
  apis.map(
    ({ ref, providerApiId }) =>
      providerApiId ?? (ref && factsOf(ref).providerApiId),
  );

async function knownApis(
  providerApis: ProviderApis,
  products: ProductSpec[],
  factsOf: FactsOf,
): Promise<Map<string, KnownApis>> {
  const wanted = new Map<string, Set<string>>();
  for (const product of products) {
    const { provider } = product;
    if (provider !== undefined) {
      const ids = wanted.get(provider) ?? new Set();
      idsOf(product, factsOf).forEach(id => id && ids.add(id));
      wanted.set(provider, ids);
    }
  }
  const known = new Map<string, KnownApis>();
  for (const [provider, ids] of wanted) {
    known.set(
      provider,
      await providerApis.find(provider, [...ids], ANSWER_KEPT_MS),
    );
  }
  return known;
}

/** In an entity, everything but the title stands in its spec. */
const asWritten = ({ field, message }: Problem): string =>
  `${field === 'title' ? 'metadata' : 'spec'}.${message}`;

function findingsOf(
  product: ProductSpec,
  known: KnownApis | undefined,
  factsOf: FactsOf,
): ProductFindings {
  const { provider, authentication: declared } = product;
  const found = idsOf(product, factsOf).map(id => ({
    id,
    api: known?.get(id ?? ''),
  }));
  const absent = found.findIndex(({ api }) => api === 'absent');
  if (absent >= 0) {
    return {
      problem: `spec.apis[${absent}]: provider ${provider} has no API ${found[absent].id}`,
    };
  }
  const signIns = found.flatMap(({ api }): ApiSignIn[] =>
    typeof api === 'object' ? [api] : [],
  );
  const { authentication, problem } = signInOf(signIns, declared);
  return {
    authentication: problem?.field === 'apis' ? 'other' : authentication,
    ...(problem ? { problem: asWritten(problem) } : {}),
    titleOf: api => {
      const there = known?.get(api.providerApiId ?? '');
      return api.ref === undefined && typeof there === 'object'
        ? there.name
        : undefined;
    },
  };
}

/** Records that do not come from Git were there first. */
async function othersIn(db: Queryable): Promise<NameRegistry> {
  const book = NameRegistry.create();
  for (const [table, claimsOf] of [
    ['products', (row: { spec: string }) => productClaims(productSpecOf(row))],
    ['plans', (row: { spec: string }) => planClaims(planSpecOf(row))],
  ] as const) {
    const rows: { spec: string }[] = await db(table)
      .whereNot('origin', 'catalog')
      .whereNotNull('provider_id')
      .whereNull('deleted_at')
      .orderBy('ref')
      .select('spec');
    for (const row of rows) {
      const claims = claimsOf(row);
      if (claims) {
        book.enter(claims);
      }
    }
  }
  return book;
}

interface Findings {
  ofPlan(spec: PlanSpec): string | undefined;
  ofProduct(spec: ProductSpec): ProductFindings;
}

export async function findingsAbout(
  deps: { db: Queryable; providerApis: ProviderApis },
  sources: { plans: PlanSpec[]; products: ProductSpec[] },
  factsOf: FactsOf,
): Promise<Findings> {
  if (sources.plans.length + sources.products.length === 0) {
    return { ofPlan: () => undefined, ofProduct: () => ({}) };
  }
  const apis = await knownApis(deps.providerApis, sources.products, factsOf);
  const book = await othersIn(deps.db);
  const problems = new Map<EntityRef, string>();
  const inOrder = <S extends { ref: EntityRef }>(specs: S[]): S[] =>
    [...specs].sort((a, b) => (a.ref < b.ref ? -1 : Number(a.ref > b.ref)));
  const claims = [
    ...inOrder(sources.plans).map(planClaims),
    ...inOrder(sources.products).map(productClaims),
  ];
  for (const mine of claims) {
    const problem = mine && book.enter(mine);
    if (mine && problem) {
      problems.set(mine.ref, asWritten(problem));
    }
  }
  return {
    ofPlan: ({ ref }) => problems.get(ref),
    ofProduct: spec => {
      const findings = findingsOf(spec, apis.get(spec.provider ?? ''), factsOf);
      const problem = findings.problem ?? problems.get(spec.ref);
      return problem === undefined ? findings : { ...findings, problem };
    },
  };
}
