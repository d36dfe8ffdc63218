/** The providers that modules have handed in, by id. */
import { NotFoundError } from '@backstage/errors';
import type {
  ApiProvider,
  ApiProvidersExtensionPoint,
} from 'backstage-plugin-api-products-node';
import { measured, type ProviderCall } from './measured';

export class ProviderRegistry implements ApiProvidersExtensionPoint {
  readonly #providers = new Map<string, ApiProvider>();

  static create(): ProviderRegistry {
    return new ProviderRegistry();
  }

  private constructor() {}

  addProvider(provider: ApiProvider): void {
    if (this.#providers.has(provider.id)) {
      throw new Error(`There are two API providers with the id ${provider.id}`);
    }
    this.#providers.set(provider.id, provider);
  }

  /** The same providers, of whose calls is told. */
  measured(onCall: (call: ProviderCall) => void): ProviderRegistry {
    const registry = ProviderRegistry.create();
    this.all().forEach(provider =>
      registry.addProvider(measured(provider, onCall)),
    );
    return registry;
  }

  /** By id, in alphabetical order. */
  all(): ApiProvider[] {
    return [...this.#providers.values()].sort((a, b) =>
      a.id.localeCompare(b.id, 'en'),
    );
  }

  find(id: string): ApiProvider | undefined {
    return this.#providers.get(id);
  }

  /** @throws NotFoundError if no module has handed it in */
  get(id: string): ApiProvider {
    const provider = this.find(id);
    if (!provider) {
      throw new NotFoundError(`There is no provider ${id}`);
    }
    return provider;
  }
}
