/** Synchronisations as platform owners ask for them and see them. */
import type { Id, Page, SyncRun } from 'backstage-plugin-api-products-common';
import type { PageRequest } from '../lib/paging';
import type { Person } from '../identity/Caller';
import type { Synchronisation } from './import/Synchronisation';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

export class ProviderSync {
  readonly #registry: ProviderRegistry;
  readonly #synchronisation: Synchronisation;

  static create(options: {
    registry: ProviderRegistry;
    synchronisation: Synchronisation;
  }): ProviderSync {
    return new ProviderSync(options);
  }

  private constructor(options: {
    registry: ProviderRegistry;
    synchronisation: Synchronisation;
  }) {
    this.#registry = options.registry;
    this.#synchronisation = options.synchronisation;
  }

  /**
   * Begins a run, or answers with the one that is under way.
   *
   * @throws NotFoundError
   */
  async request(
    { caller }: Person,
    provider: Id,
    input: { confirmDrop?: boolean },
  ): Promise<SyncRun> {
    return this.#synchronisation.request(provider, {
      requestedBy: caller.ref,
      confirmDrop: input.confirmDrop,
    });
  }

  /** @throws NotFoundError, InputError naming the parameter */
  async list(
    _person: Person,
    provider: Id,
    page: PageRequest,
  ): Promise<Page<SyncRun>> {
    this.#registry.get(provider);
    return this.#synchronisation.runs.list(provider, page);
  }
}
