import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ApiProvider } from './provider';

/** Where provider modules hand in their installations. @public */
export interface ApiProvidersExtensionPoint {
  /** @throws Error if a provider with the same id is there already. */
  addProvider(provider: ApiProvider): void;
}

/** @public */
export const apiProvidersExtensionPoint =
  createExtensionPoint<ApiProvidersExtensionPoint>({
    id: 'api-products.providers',
  });
