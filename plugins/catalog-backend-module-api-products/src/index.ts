/**
 * The kinds `APIProduct`, `APIPlan` and `APICatalogue` in the Backstage catalog.
 *
 * @packageDocumentation
 */
export { catalogModuleApiProducts as default } from './module';
export { catalogModuleApiProducts } from './module';
export { ApiProductsProcessor } from './processor/ApiProductsProcessor';
export { ApiProductsVisibility } from './permissions/ApiProductsVisibility';
export { isVisibleApiProductEntity } from './permissions/visibility';
