/** Synchronisations as platform owners ask for them and see them. */
import type { Id, Page, SyncRun } from 'backstage-plugin-api-products-common';
import type { PageRequest } from '../lib/paging';
import type { Caller } from '../identity/Caller';
import type { Synchronisation } from './import/Synchronisation';
import { onlyPlatformOwners } from '../identity/onlyPlatformOwners';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

/** @internal */
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
   * @throws NotAllowedError for everybody but platform owners, NotFoundError
   */
  async request(
    caller: Caller,
    provider: Id,
    input: { confirmDrop?: boolean },
  ): Promise<SyncRun> {
    onlyPlatformOwners(caller);
    return this.#synchronisation.request(provider, {
      requestedBy: caller.ref,
      confirmDrop: input.confirmDrop,
    });
  }

  /** @throws NotAllowedError for everybody but platform owners, NotFoundError, InputError naming the parameter */
  async list(
    caller: Caller,
    provider: Id,
    page: PageRequest,
  ): Promise<Page<SyncRun>> {
    onlyPlatformOwners(caller);
    this.#registry.get(provider);
    return this.#synchronisation.runs.list(provider, page);
  }
}
