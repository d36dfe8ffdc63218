/**
 * What is to be known of Git's records beside their own words: how consumers of a product sign in, and what keeps a
 * record from its provider. It is part of a draft's hash, so that a record is written again when one of these changes.
 */
import type {
  EntityRef,
  ProductSpec,
} from 'backstage-plugin-api-products-common';
import type { Queryable } from '../../lib/Database';
import { signInOf, type ApiSignIn, type Problem } from '../authentication';
import {
  NameRegistry,
  planClaims,
  productClaims,
  type Claims,
} from '../write/claims';
import type { KnownApis, ProviderApis } from '../ProviderApis';
import { planSpecOf, productSpecOf } from '../specs';
import type { ApiFacts, ProductFindings } from '../write/drafts';
import { ANSWER_KEPT_MS } from './basis';

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

/** The names and scopes that are taken, in the order in which they count. */
export class TakenNames {
  readonly #book: NameRegistry;

  /** Records that do not come from Git were there first. */
  static async create(db: Queryable): Promise<TakenNames> {
    const book = NameRegistry.create();
    for (const [table, claimsOf] of [
      [
        'products',
        (row: { spec: string }) => productClaims(productSpecOf(row)),
      ],
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
    return new TakenNames(book);
  }

  private constructor(book: NameRegistry) {
    this.#book = book;
  }

  /** What stands against it among those before it; then it counts as well. */
  enter(claims: Claims | undefined): string | undefined {
    const problem = claims && this.#book.enter(claims);
    return problem && asWritten(problem);
  }
}

/** What is known of the products by their APIs. */
export async function findingsAbout(
  providerApis: ProviderApis,
  products: ProductSpec[],
  factsOf: FactsOf,
): Promise<(spec: ProductSpec, nameProblem?: string) => ProductFindings> {
  const apis = await knownApis(providerApis, products, factsOf);
  return (spec, nameProblem) => {
    const findings = findingsOf(spec, apis.get(spec.provider ?? ''), factsOf);
    const problem = findings.problem ?? nameProblem;
    return problem === undefined ? findings : { ...findings, problem };
  };
}
