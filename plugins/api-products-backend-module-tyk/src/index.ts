/**
 * Tyk as a provider for API Products.
 *
 * @packageDocumentation
 */
export {
  apiProductsModuleTyk,
  apiProductsModuleTyk as default,
} from './module';
