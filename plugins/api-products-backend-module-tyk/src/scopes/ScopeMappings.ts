/**
 * The rules of {@link TykScopes} over the control of an installation.
 *
 * What is added or taken away together at an API goes into one write wherever it is kept in one place: a product whose
 * plan is not there has no limits.
 */
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { ProviderCallOptions } from 'backstage-plugin-api-products-node';
import type { IdentityProviderRecord } from '../control/TykControl';
import type { DriverContext } from '../driver/context';
import { pause } from '../http/retry';
import { policyOf, withoutScope, withScope } from '../model/scopeMappings';
import type { ScopePolicy } from '../model/scopeMappings';
import { readScopes } from './definitions';
import type { ApiScopes } from './definitions';
import { createSerialiser } from './serialised';
import type {
  TykScopeMapping,
  TykScopePair,
  TykScopePolicy,
  TykScopes,
} from './TykScopes';

/** How often an edit that somebody else has undone is made again. */
const MOST_WRITES = 5;

interface Edit {
  add?: readonly ScopePolicy[];
  remove?: readonly ScopePolicy[];
}

/** Where the mappings of an API are kept. */
interface Places {
  /** Undefined where the API takes no JSON web tokens by its definition. */
  definition: ApiScopes | undefined;
  /** Those that have a mapping for the API. */
  providers: IdentityProviderRecord[];
}

export class ScopeMappings implements TykScopes {
  readonly #context: DriverContext;
  readonly #oneByOne = createSerialiser();

  static create(context: DriverContext): ScopeMappings {
    return new ScopeMappings(context);
  }

  private constructor(context: DriverContext) {
    this.#context = context;
  }

  async listScopes(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<TykScopePolicy[]> {
    const { definition, providers } = await this.#places(
      apiId,
      options?.signal,
    );
    const all = new Map<string, string>();
    for (const { mappings } of providers) {
      for (const [scope, policyId] of Object.entries(mappings[apiId] ?? {})) {
        all.set(scope, policyId);
      }
    }
    // Tyk goes by the definition where both say something.
    for (const { scope, policyId } of definition?.pairs ?? []) {
      all.set(scope, policyId);
    }
    return [...all].map(([scope, policyId]) => ({ scope, policyId }));
  }

  async mapScope(
    { apiId, scope, policyId }: TykScopeMapping,
    options?: ProviderCallOptions,
  ): Promise<void> {
    await this.#edit(apiId, { add: [{ scope, policyId }] }, options?.signal);
  }

  async unmapScope(
    { apiId, scope, policyId }: TykScopeMapping,
    options?: ProviderCallOptions,
  ): Promise<void> {
    await this.#edit(apiId, { remove: [{ scope, policyId }] }, options?.signal);
  }

  async mapTogether(
    { apiIds, product, plan }: TykScopePair,
    options?: ProviderCallOptions,
  ): Promise<void> {
    this.#requireTwo(product, plan);
    const undo: (() => Promise<void>)[] = [];
    try {
      for (const apiId of apiIds) {
        const before = await this.listScopes(apiId, options);
        const added = [plan, product].filter(
          ({ scope }) => policyOf(before, scope) === undefined,
        );
        // Even what fails may have been done.
        undo.unshift(() => this.#edit(apiId, { remove: added }));
        await this.#edit(apiId, { add: [plan, product] }, options?.signal);
      }
    } catch (error) {
      for (const step of undo) {
        await step().catch((failure: unknown) => {
          this.#context.logger.error(
            `${
              this.#context.id
            }: scopes of an API could not be taken back: ${failure}`,
          );
        });
      }
      throw error;
    }
  }

  async unmapTogether(
    { apiIds, product, plan }: TykScopePair,
    options?: ProviderCallOptions,
  ): Promise<void> {
    for (const apiId of apiIds) {
      await this.#edit(apiId, { remove: [product, plan] }, options?.signal);
    }
  }

  /** One scope for both would be one mapping, and that of the policy that comes last. */
  #requireTwo(product: ScopePolicy, plan: ScopePolicy): void {
    if (product.scope === plan.scope) {
      throw new ProviderRejectedError(
        `${
          this.#context.id
        }: map scopes failed: product and plan have the same scope ${
          plan.scope
        }, each needs its own`,
      );
    }
  }

  async #edit(apiId: string, edit: Edit, signal?: AbortSignal): Promise<void> {
    const { id, control, timing } = this.#context;
    await this.#oneByOne(apiId, async () => {
      for (let writes = 0; writes <= MOST_WRITES; writes++) {
        if (writes > 1) await pause(timing.pollMs * 2 ** writes, signal);
        await control.refresh(signal);
        const places = await this.#places(apiId, signal);
        const isDone = !(await this.#write(apiId, places, edit, signal));
        if (isDone) return;
      }
      throw new ProviderUnavailableError(
        `${id}: map scopes of API ${apiId} failed: it was written ${
          MOST_WRITES + 1
        } times and is not there, somebody else seems to write the definition of the API again and again`,
      );
    });
  }

  /** @returns whether there was anything to do */
  async #write(
    apiId: string,
    { definition, providers }: Places,
    { add = [], remove = [] }: Edit,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const { control } = this.#context;
    let wrote = false;

    // A mapping is changed where it is; a new one goes to the registry where the API is in it.
    const named = (pair: ScopePolicy) =>
      policyOf(definition?.pairs ?? [], pair.scope) !== undefined;
    const inDefinition = add.filter(
      pair => providers.length === 0 || named(pair),
    );
    const inRegistry = add.filter(pair => !inDefinition.includes(pair));

    for (const { id, mappings } of providers) {
      const before = mappings[apiId] ?? {};
      const changes: Record<string, string | null> = {};
      for (const { scope, policyId } of inRegistry) {
        const current = before[scope];
        if (current === policyId) continue;
        await this.#requireFree(scope, current, signal);
        changes[scope] = policyId;
      }
      for (const { scope, policyId } of remove) {
        if (before[scope] === policyId) changes[scope] = null;
      }
      if (Object.keys(changes).length > 0) {
        await control.mapAtIdentityProvider(id, apiId, changes, signal);
        wrote = true;
      }
    }

    if (definition) {
      let pairs = [...definition.pairs];
      for (const pair of inDefinition) {
        const current = policyOf(pairs, pair.scope);
        if (current === pair.policyId) continue;
        await this.#requireFree(pair.scope, current, signal);
        pairs = withScope(pairs, pair);
      }
      for (const pair of remove) pairs = withoutScope(pairs, pair);
      if (!sameList(pairs, definition.pairs)) {
        await definition.write(pairs, signal);
        await control.reload(signal);
        wrote = true;
      }
    }
    return wrote;
  }

  /** A scope that stands for a policy which is gone can be given to another. */
  async #requireFree(
    scope: string,
    current: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    if (current === undefined) return;
    const { id, control } = this.#context;
    if ((await control.policy(current, signal)) === undefined) return;
    throw new ProviderConflictError(
      `${id}: map scopes failed: the scope ${scope} stands for policy ${current} already; a scope is for one product or one plan`,
    );
  }

  async #places(
    apiId: string,
    signal: AbortSignal | undefined,
  ): Promise<Places> {
    const { id, control } = this.#context;
    const [definition, registered] = await Promise.all([
      readScopes(this.#context, apiId, signal),
      control.identityProviders(signal),
    ]);
    const providers = (registered ?? []).filter(
      ({ mappings }) => mappings[apiId] !== undefined,
    );
    if (definition === undefined && providers.length === 0) {
      throw new ProviderRejectedError(
        `${id}: map scopes of API ${apiId} failed: the API takes no JSON web tokens`,
      );
    }
    return { definition, providers };
  }
}

function sameList(
  a: readonly ScopePolicy[],
  b: readonly ScopePolicy[],
): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ scope, policyId }, index) =>
        scope === b[index]?.scope && policyId === b[index]?.policyId,
    )
  );
}
