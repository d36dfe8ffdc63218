/**
 * Tyk as a provider for API Products.
 *
 * @packageDocumentation
 */
export { createTykProviders } from './createTykProviders';
export type { TykInstallation } from './createTykProviders';
export type {
  NewTykOAuthClient,
  TykOAuthClient,
  TykOAuthClients,
} from './oauth/TykOAuthClients';
export type {
  TykScopeMapping,
  TykScopePair,
  TykScopePolicy,
  TykScopes,
} from './scopes/TykScopes';
export {
  apiProductsModuleTyk,
  apiProductsModuleTyk as default,
} from './module';
export { readTykQuota } from './runtime/quota';
export type { TykQuota } from './runtime/quota';
export { explainTykRefusal } from './runtime/refusals';
export type { TykRefusal, TykRefusalReason } from './runtime/refusals';
