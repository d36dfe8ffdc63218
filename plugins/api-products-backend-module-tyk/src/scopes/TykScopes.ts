import type { ProviderCallOptions } from 'backstage-plugin-api-products-node';

/** A scope of JSON web tokens and the policy that it stands for. @public */
export interface TykScopePolicy {
  scope: string;
  /** Of a product or a plan. */
  policyId: string;
}

/** What a scope stands for at one API. @public */
export interface TykScopeMapping extends TykScopePolicy {
  apiId: string;
}

/** The scopes of a product and of a plan, which tokens carry together. @public */
export interface TykScopePair {
  /** Of the product. */
  apiIds: readonly string[];
  product: TykScopePolicy;
  plan: TykScopePolicy;
}

/**
 * Which scopes of JSON web tokens stand for which products and plans.
 *
 * A mapping is kept in the definition of the API, or at the identity providers of the Dashboard's registry (5.14 and
 * later, Enterprise) that have a mapping for the API already. Where both say something of a scope, Tyk goes by the
 * definition; so does this. All that is not the mapping stays as it is, and so do mappings of others. Everything can be
 * repeated.
 *
 * Edits of one API are made one after the other, on a definition that is read anew, and looked at again afterwards: Tyk
 * has no way to say "only if nobody else has changed it". Nothing else than the definition is waited for: gateways
 * behind a Dashboard go by it a moment later.
 * @public
 */
export interface TykScopes {
  /**
   * @throws ProviderRejectedError where there is no such API, or it takes no JSON web tokens
   */
  listScopes(
    apiId: string,
    options?: ProviderCallOptions,
  ): Promise<TykScopePolicy[]>;

  /**
   * @throws ProviderRejectedError where there is no such API, or it takes no JSON web tokens
   * @throws ProviderConflictError where the scope stands for another policy that exists
   * @throws ProviderUnavailableError where somebody else keeps undoing it
   */
  mapScope(
    mapping: TykScopeMapping,
    options?: ProviderCallOptions,
  ): Promise<void>;

  /**
   * Where the scope stands for another policy it is left alone. Beware: to a token that carries the scopes of a product
   * and of a plan, the product opens its APIs without any limit once the plan's is gone. See
   * {@link TykScopes.unmapTogether}.
   *
   * @throws ProviderRejectedError where there is no such API
   */
  unmapScope(
    mapping: TykScopeMapping,
    options?: ProviderCallOptions,
  ): Promise<void>;

  /**
   * Maps both scopes at all APIs of the product, or none: a product's scope alone would open them without limits. At
   * each API both come with one write; where one cannot be done, those before are undone.
   *
   * @throws as {@link TykScopes.mapScope}
   */
  mapTogether(pair: TykScopePair, options?: ProviderCallOptions): Promise<void>;

  /** Takes both away, the product's never later than the plan's. */
  unmapTogether(
    pair: TykScopePair,
    options?: ProviderCallOptions,
  ): Promise<void>;
}
