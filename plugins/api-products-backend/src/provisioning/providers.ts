import {
  ProviderUnauthorisedError,
  type ApiProvider,
} from 'backstage-plugin-api-products-node';

/** The configured installations by id. @internal */
export type Providers = ReadonlyMap<string, ApiProvider>;

/**
 * @throws ProviderUnauthorisedError if it is not configured: jobs wait until somebody has done that
 * @internal
 */
export function providerOf(providers: Providers, id: string): ApiProvider {
  const provider = providers.get(id);
  if (!provider) {
    throw new ProviderUnauthorisedError(
      `Provider ${id} is not configured under apiProducts.providers`,
    );
  }
  return provider;
}
