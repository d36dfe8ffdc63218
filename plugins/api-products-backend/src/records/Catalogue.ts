/**
 * Reads products, plans and catalogues in the caller's eyes. A list takes at most six SQL statements, whatever is on
 * its page.
 */
import { NotFoundError } from '@backstage/errors';
import type {
  Catalogue as CatalogueView,
  EntityRef,
  Page,
  Plan,
  Product,
  ProductCard,
  ProductFacets,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Sort } from '../lib/cursors';
import { fetchList, fetchPage, type PageRequest } from '../lib/paging';
import { countUpTo } from '../lib/totals';
import type { CatalogueRow, PlanRow, ProductRow } from '../lib/rows';
import type { Caller, Identified } from '../identity/Caller';
import {
  productQueries,
  whereCatalogue,
  wherePlan,
  type PlanFilter,
  type ProductFilter,
  type RecordFilter,
} from './filters';
import { cardOf } from './productCards';
import { readProductFacets } from './productFacets';
import { accessAndPlansOf, cataloguesOf, partsOf } from './productParts';
import { catalogueOf, planOf, productOf } from './views';
import {
  whereCatalogueVisible,
  wherePlanVisible,
  whereProductVisible,
} from './visibility';

export type ProductOrder = 'relevance' | 'title' | 'updatedAt';

type ProductRequest = ProductFilter & PageRequest & { orderBy?: ProductOrder };

const column = (
  name: string,
  direction: 'asc' | 'desc',
  type: 'string' | 'number' | 'boolean' = 'string',
) => ({ column: name, direction, type });

const PRODUCT_SORTS: Record<ProductOrder, Sort> = {
  relevance: {
    name: 'relevance',
    columns: [
      column('products.featured', 'desc', 'boolean'),
      column('products.display_priority', 'desc', 'number'),
      column('products.title', 'asc'),
      column('products.id', 'asc'),
    ],
  },
  title: {
    name: 'title',
    columns: [column('products.title', 'asc'), column('products.id', 'asc')],
  },
  updatedAt: {
    name: 'updatedAt',
    columns: [
      column('products.updated_at', 'desc'),
      column('products.id', 'desc'),
    ],
  },
};

const PLAN_SORT: Sort = {
  name: 'plans',
  columns: [
    column('plans.display_priority', 'desc', 'number'),
    column('plans.title', 'asc'),
    column('plans.id', 'asc'),
  ],
};

const CATALOGUE_SORT: Sort = {
  name: 'catalogues',
  columns: [column('catalogues.title', 'asc'), column('catalogues.id', 'asc')],
};

export class Catalogue {
  readonly #db: Knex;

  static create(options: { db: Knex }): Catalogue {
    return new Catalogue(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** Six statements for a person: total, page, APIs, plans, catalogues, their own access. */
  async listProducts(
    { caller }: Identified,
    request: ProductRequest,
  ): Promise<Page<Product>> {
    const { rows, pageInfo, total } = await this.#pageOf(caller, request);
    const parts = await partsOf(this.#db, rows, caller);
    return {
      items: rows.map(row => productOf(row, parts(row), caller, false)),
      ...total,
      pageInfo,
    };
  }

  /** Four statements for a person: total, page, plans, their own access. */
  async listProductCards(
    { caller }: Identified,
    request: ProductRequest,
  ): Promise<Page<ProductCard>> {
    const { rows, pageInfo, total } = await this.#pageOf(caller, request);
    const parts = await accessAndPlansOf(this.#db, rows, caller);
    return {
      items: rows.map(row => cardOf(row, parts(row))),
      ...total,
      pageInfo,
    };
  }

  /** Four statements. */
  async listProductFacets(
    { caller }: Identified,
    { q }: { q?: string },
  ): Promise<ProductFacets> {
    return readProductFacets(this.#db, caller, q);
  }

  #pageOf(caller: Caller, request: ProductRequest) {
    return fetchList<ProductRow>(
      this.#db,
      productQueries(this.#db, request, caller),
      query => query.select('products.*'),
      PRODUCT_SORTS[request.orderBy ?? 'relevance'],
      request,
    );
  }

  /** @throws NotFoundError if there is none, or none that the caller sees */
  async getProduct({ caller }: Identified, ref: EntityRef): Promise<Product> {
    const row: ProductRow | undefined = await this.#db('products')
      .where('products.ref', ref)
      .modify(q => whereProductVisible(q, caller))
      .first('products.*');
    if (!row) {
      throw new NotFoundError(`There is no product ${ref}`);
    }
    const parts = await partsOf(this.#db, [row], caller);
    return productOf(row, parts(row), caller, true);
  }

  async listPlans(
    { caller }: Identified,
    request: PlanFilter & PageRequest,
  ): Promise<Page<Plan>> {
    const query = this.#db('plans').modify(q => {
      wherePlanVisible(q, caller);
      wherePlan(this.#db, q, request, caller);
    });
    const page = await fetchPage<PlanRow>(
      query.clone().select('plans.*'),
      PLAN_SORT,
      request,
      () => countUpTo(this.#db, [{ query, key: 'plans.id' }]),
    );
    const { rows, pageInfo, total } = page;
    const catalogues = await cataloguesOf(
      this.#db,
      rows.map(row => row.ref),
      caller,
    );
    return {
      items: rows.map(row =>
        planOf(row, catalogues.get(row.ref) ?? [], caller),
      ),
      ...total,
      pageInfo,
    };
  }

  /** @throws NotFoundError if there is none, or none that the caller sees */
  async getPlan({ caller }: Identified, ref: EntityRef): Promise<Plan> {
    const row: PlanRow | undefined = await this.#db('plans')
      .where('plans.ref', ref)
      .modify(q => wherePlanVisible(q, caller))
      .first('plans.*');
    if (!row) {
      throw new NotFoundError(`There is no plan ${ref}`);
    }
    const catalogues = await cataloguesOf(this.#db, [ref], caller);
    return planOf(row, catalogues.get(ref) ?? [], caller);
  }

  async listCatalogues(
    { caller }: Identified,
    request: RecordFilter & PageRequest,
  ): Promise<Page<CatalogueView>> {
    const query = this.#db('catalogues').modify(q => {
      whereCatalogueVisible(q, caller);
      whereCatalogue(this.#db, q, request);
    });
    const page = await fetchPage<CatalogueRow>(
      query.clone().select('catalogues.*'),
      CATALOGUE_SORT,
      request,
      () => countUpTo(this.#db, [{ query, key: 'catalogues.id' }]),
    );
    const { rows, pageInfo, total } = page;
    return {
      items: rows.map(row => catalogueOf(row, caller)),
      ...total,
      pageInfo,
    };
  }

  /** @throws NotFoundError if there is none, or none that the caller sees */
  async getCatalogue(
    { caller }: Identified,
    ref: EntityRef,
  ): Promise<CatalogueView> {
    const row: CatalogueRow | undefined = await this.#db('catalogues')
      .where('catalogues.ref', ref)
      .modify(q => whereCatalogueVisible(q, caller))
      .first('catalogues.*');
    if (!row) {
      throw new NotFoundError(`There is no catalogue ${ref}`);
    }
    return catalogueOf(row, caller);
  }
}
