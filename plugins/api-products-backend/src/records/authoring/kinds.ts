/** What differs between products, plans and catalogues when they are written, as one table. */
import type { Knex } from 'knex';
import type {
  CatalogueSpec,
  PlanSpec,
  ProductSpec,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type { CatalogueRow, PlanRow, ProductRow } from '../../lib/rows';
import type { Caller } from '../../identity/Caller';
import type { Draft } from '../write/drafts';
import { catalogueSpecOf, planSpecOf, productSpecOf } from '../specs';
import {
  whereCatalogueVisible,
  wherePlanVisible,
  whereProductVisible,
} from '../visibility';
import {
  catalogueBody,
  planBody,
  productBody,
  readCatalogue,
  readPlan,
  readProduct,
  type Body,
} from './bodies';

export type RecordRow = ProductRow | PlanRow | CatalogueRow;

export interface Kind<S extends RecordSpec, Row extends RecordRow> {
  noun: Draft['noun'];
  table: 'products' | 'plans' | 'catalogues';
  read(body: Body): S;
  bodyOf(spec: S): Body;
  specOf(row: Row): S;
  whereVisible(query: Knex.QueryBuilder, caller: Caller): void;
}

export const PRODUCT: Kind<ProductSpec, ProductRow> = {
  noun: 'product',
  table: 'products',
  read: readProduct,
  bodyOf: productBody,
  specOf: productSpecOf,
  whereVisible: whereProductVisible,
};

export const PLAN: Kind<PlanSpec, PlanRow> = {
  noun: 'plan',
  table: 'plans',
  read: readPlan,
  bodyOf: planBody,
  specOf: planSpecOf,
  whereVisible: wherePlanVisible,
};

export const CATALOGUE: Kind<CatalogueSpec, CatalogueRow> = {
  noun: 'catalogue',
  table: 'catalogues',
  read: readCatalogue,
  bodyOf: catalogueBody,
  specOf: catalogueSpecOf,
  whereVisible: whereCatalogueVisible,
};
