import {
  ProviderUnauthorisedError,
  type ApiProvider,
} from 'backstage-plugin-api-products-node';

/** The installations that modules have handed in. */
export interface Providers {
  find(id: string): ApiProvider | undefined;
}

/** @throws ProviderUnauthorisedError if it is not configured: jobs wait until somebody has done that */
export function providerOf(providers: Providers, id: string): ApiProvider {
  const provider = providers.find(id);
  if (!provider) {
    throw new ProviderUnauthorisedError(
      `Provider ${id} is not configured under apiProducts.providers`,
    );
  }
  return provider;
}
