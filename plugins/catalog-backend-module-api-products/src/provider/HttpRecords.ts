import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import {
  API_PLAN_KIND,
  API_PRODUCT_KIND,
  ApiProductsClient,
  type ApiProductsApi,
  type ApiProductsCallOptions,
  type CatalogRecordList,
  type Origin,
  type Page,
} from 'backstage-plugin-api-products-common';
import {
  catalogRecordList,
  catalogue,
  cataloguePage,
  entityRefs,
  plan,
  planPage,
  product,
  productPage,
} from './answers';
import type { ApiProductsRecords, RecordsSnapshot } from './records';

const PLUGIN = 'api-products';
const PAGE_SIZE = 100;
const PRODUCT = API_PRODUCT_KIND.toLocaleLowerCase('en-US');
const PLAN = API_PLAN_KIND.toLocaleLowerCase('en-US');
const TIMEOUT_MS = 30_000;

/** A list of the REST API, as far as all of them are alike. */
type List = (
  query: { origin: Origin[]; limit: number; cursor?: string },
  options: ApiProductsCallOptions,
) => Promise<unknown>;

/** Reads the records from the REST API of the api-products backend, as the catalog plugin. */
export class HttpRecords implements ApiProductsRecords {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #api: ApiProductsApi;

  private constructor(auth: AuthService, discovery: DiscoveryService) {
    this.#auth = auth;
    this.#discovery = discovery;
    this.#api = ApiProductsClient.create({
      discoveryApi: discovery,
      fetchApi: { fetch },
    });
  }

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): HttpRecords {
    return new HttpRecords(options.auth, options.discovery);
  }

  baseUrl(): Promise<string> {
    return this.#discovery.getExternalBaseUrl(PLUGIN);
  }

  async read(signal?: AbortSignal): Promise<RecordsSnapshot> {
    const { listProducts, listPlans, listCatalogues } = this.#api;
    const products = await this.#all(listProducts, productPage, signal);
    const plans = await this.#all(listPlans, planPage, signal);
    return {
      products: products.map(withRefs),
      plans: plans.map(withRefs),
      catalogues: await this.#all(listCatalogues, cataloguePage, signal),
    };
  }

  async versions(
    known?: string,
    signal?: AbortSignal,
  ): Promise<CatalogRecordList> {
    return catalogRecordList(
      await this.#api.listCatalogRecords(
        known === undefined ? {} : { known },
        await this.#as(signal),
      ),
    );
  }

  async readSome(
    refs: string[],
    signal?: AbortSignal,
  ): Promise<RecordsSnapshot> {
    const { getProduct, getPlan, getCatalogue } = this.#api;
    const found: RecordsSnapshot = { products: [], plans: [], catalogues: [] };
    for (const ref of refs) {
      const { kind, ...name } = parseEntityRef(ref);
      const options = await this.#as(signal);
      try {
        if (kind === PRODUCT) {
          found.products.push(
            withRefs(product(await getProduct(name, options))),
          );
        } else if (kind === PLAN) {
          found.plans.push(withRefs(plan(await getPlan(name, options))));
        } else {
          found.catalogues.push(catalogue(await getCatalogue(name, options)));
        }
      } catch (error) {
        if (!isError(error) || error.name !== 'NotFoundError') {
          throw error;
        }
      }
    }
    return found;
  }

  async settle(refs: string[], signal?: AbortSignal): Promise<string[]> {
    const answer = await this.#api.reportCatalogRemovals(
      refs,
      await this.#as(signal),
    );
    return entityRefs(answer).refs;
  }

  async #all<T extends { origin: Origin }>(
    list: List,
    check: (answer: unknown) => Page<T>,
    signal: AbortSignal | undefined,
  ): Promise<T[]> {
    const seen = new Set<string>();
    const records: T[] = [];
    let cursor: string | undefined;
    do {
      const query = {
        origin: ['portal', 'provider'] satisfies Origin[],
        limit: PAGE_SIZE,
        cursor,
      };
      const page = check(await list(query, await this.#as(signal)));
      records.push(...page.items);
      cursor = page.pageInfo.nextCursor;
      if (cursor !== undefined && seen.has(cursor)) {
        throw new Error('The list leads back to a former page');
      }
      if (cursor !== undefined) {
        seen.add(cursor);
      }
    } while (cursor !== undefined);
    // What came from the catalog must never go back there, whatever the other side makes of the question.
    return records.filter(({ origin }) => origin !== 'catalog');
  }

  async #as(signal: AbortSignal | undefined): Promise<ApiProductsCallOptions> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN,
    });
    return {
      token,
      signal: AbortSignal.any([
        AbortSignal.timeout(TIMEOUT_MS),
        ...(signal ? [signal] : []),
      ]),
    };
  }
}

/** A record without its references would stand in the catalog as one that has none. */
function withRefs<TRefs, TRecord extends { ref: string }>(
  record: TRecord & { refs?: TRefs },
): TRecord & { refs: TRefs } {
  const { refs } = record;
  if (refs === undefined) {
    throw new Error(`The references of ${record.ref} are missing`);
  }
  return { ...record, refs };
}
