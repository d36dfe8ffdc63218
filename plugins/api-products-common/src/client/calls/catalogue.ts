/** Products, plans and catalogues. */
import type { ApiProductsApi, RecordName } from '../ApiProductsApi';
import type { Http } from '../http';

type CatalogueCalls = Pick<
  ApiProductsApi,
  | 'listProducts'
  | 'listProductCards'
  | 'listProductFacets'
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

/** What names a record, without the rest of it that may be there. */
const nameOf = ({ namespace, name }: RecordName) => ({ namespace, name });

export const catalogueCalls = (http: Http): CatalogueCalls => ({
  listProducts: (query, options) =>
    http('get', '/products', { query }, options),
  listProductCards: (query, options) =>
    http('get', '/product-cards', { query }, options),
  listProductFacets: (query, options) =>
    http('get', '/product-facets', { query }, options),
  getProduct: (record, options) =>
    http(
      'get',
      '/products/{namespace}/{name}',
      { path: nameOf(record) },
      options,
    ),
  createProduct: (body, options) =>
    http('post', '/products', { body }, options),
  updateProduct: (record, body, options) =>
    http(
      'patch',
      '/products/{namespace}/{name}',
      { path: nameOf(record), body },
      options,
    ),
  getProductDeletionImpact: (record, options) =>
    http(
      'get',
      '/products/{namespace}/{name}/deletion',
      { path: nameOf(record) },
      options,
    ),
  deleteProduct: (record, confirm, options) =>
    http(
      'delete',
      '/products/{namespace}/{name}',
      { path: nameOf(record), query: { confirm } },
      options,
    ),
  getProductDefinition: (product, providerApiId, options) =>
    http(
      'get',
      '/products/{namespace}/{name}/definitions/{providerApiId}',
      { path: { ...nameOf(product), providerApiId } },
      options,
    ),

  listPlans: (query, options) => http('get', '/plans', { query }, options),
  getPlan: (record, options) =>
    http('get', '/plans/{namespace}/{name}', { path: nameOf(record) }, options),
  createPlan: (body, options) => http('post', '/plans', { body }, options),
  updatePlan: (record, body, options) =>
    http(
      'patch',
      '/plans/{namespace}/{name}',
      { path: nameOf(record), body },
      options,
    ),
  getPlanDeletionImpact: (record, options) =>
    http(
      'get',
      '/plans/{namespace}/{name}/deletion',
      { path: nameOf(record) },
      options,
    ),
  deletePlan: (record, confirm, options) =>
    http(
      'delete',
      '/plans/{namespace}/{name}',
      { path: nameOf(record), query: { confirm } },
      options,
    ),

  listCatalogues: (query, options) =>
    http('get', '/catalogues', { query }, options),
  getCatalogue: (record, options) =>
    http(
      'get',
      '/catalogues/{namespace}/{name}',
      { path: nameOf(record) },
      options,
    ),
  createCatalogue: (body, options) =>
    http('post', '/catalogues', { body }, options),
  updateCatalogue: (record, body, options) =>
    http(
      'patch',
      '/catalogues/{namespace}/{name}',
      { path: nameOf(record), body },
      options,
    ),
  deleteCatalogue: (record, confirm, options) =>
    http(
      'delete',
      '/catalogues/{namespace}/{name}',
      { path: nameOf(record), query: { confirm } },
      options,
    ),
});
