/**
 * Backend of API Products: REST, workflow and provisioning.
 *
 * @packageDocumentation
 */
export { apiProductsPlugin as default, apiProductsPlugin } from './plugin';
