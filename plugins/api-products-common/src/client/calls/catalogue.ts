/** Products, plans and catalogues. */
import type { ApiProductsApi, RecordName } from '../ApiProductsApi';
import type { Http } from '../http';
import { path, queryString } from '../request';

type CatalogueCalls = Pick<
  ApiProductsApi,
  | 'listProducts'
  | 'getProduct'
  | 'createProduct'
  | 'updateProduct'
  | 'getProductDeletionImpact'
  | 'deleteProduct'
  | 'getProductDefinition'
  | 'listPlans'
  | 'getPlan'
  | 'createPlan'
  | 'updatePlan'
  | 'getPlanDeletionImpact'
  | 'deletePlan'
  | 'listCatalogues'
  | 'getCatalogue'
  | 'createCatalogue'
  | 'updateCatalogue'
  | 'deleteCatalogue'
>;

const at = (resource: string, { namespace, name }: RecordName): string =>
  path(resource, namespace, name);

const confirmed = (confirm: string): string => queryString({ confirm });

/** @internal */
export const catalogueCalls = (http: Http): CatalogueCalls => ({
  listProducts: (query, options) =>
    http.get(`/products${queryString({ ...query })}`, options),
  getProduct: (product, options) => http.get(at('products', product), options),
  createProduct: (product, options) => http.post('/products', product, options),
  updateProduct: (product, patch, options) =>
    http.patch(at('products', product), patch, options),
  getProductDeletionImpact: (product, options) =>
    http.get(`${at('products', product)}/deletion`, options),
  deleteProduct: (product, confirm, options) =>
    http.remove(`${at('products', product)}${confirmed(confirm)}`, options),
  getProductDefinition: (product, providerApiId, options) =>
    http.get(
      `${at('products', product)}${path('definitions', providerApiId)}`,
      options,
    ),

  listPlans: (query, options) =>
    http.get(`/plans${queryString({ ...query })}`, options),
  getPlan: (plan, options) => http.get(at('plans', plan), options),
  createPlan: (plan, options) => http.post('/plans', plan, options),
  updatePlan: (plan, patch, options) =>
    http.patch(at('plans', plan), patch, options),
  getPlanDeletionImpact: (plan, options) =>
    http.get(`${at('plans', plan)}/deletion`, options),
  deletePlan: (plan, confirm, options) =>
    http.remove(`${at('plans', plan)}${confirmed(confirm)}`, options),

  listCatalogues: (query, options) =>
    http.get(`/catalogues${queryString({ ...query })}`, options),
  getCatalogue: (catalogue, options) =>
    http.get(at('catalogues', catalogue), options),
  createCatalogue: (catalogue, options) =>
    http.post('/catalogues', catalogue, options),
  updateCatalogue: (catalogue, patch, options) =>
    http.patch(at('catalogues', catalogue), patch, options),
  deleteCatalogue: (catalogue, confirm, options) =>
    http.remove(`${at('catalogues', catalogue)}${confirmed(confirm)}`, options),
});
