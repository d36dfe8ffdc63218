import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';
import type { Config } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogEntityPermissionResourceRef } from '@backstage/plugin-catalog-node/alpha';
import {
  isResourcePermission,
  type ConditionalPolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  createConditionExports,
  type PolicyQuery,
  type PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { API_CATALOGUE_KIND } from 'backstage-plugin-api-products-common';
import { isVisibleApiProductEntity, meets, seenBy } from './visibility';

const { resourceType } = catalogEntityPermissionResourceRef;

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: catalogEntityPermissionResourceRef,
  rules: { isVisibleApiProductEntity },
});

/** A change of a catalogue's audience is seen in the Backstage catalog within this time. */
const KEEP_MS = 10_000;

/**
 * For a permission policy: keeps the entities of API Products from those who may not see the records they stand for.
 *
 * @public
 */
export class ApiProductsVisibility {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #platformOwners: ReadonlySet<string>;
  #catalogues?: { until: number; items: Promise<Entity[]> };

  /** @param options - services of the plugin that the policy belongs to, and the app's configuration */
  static create(options: {
    auth: AuthService;
    catalog: CatalogService;
    config: Config;
  }): ApiProductsVisibility {
    return new ApiProductsVisibility(options);
  }

  private constructor(options: {
    auth: AuthService;
    catalog: CatalogService;
    config: Config;
  }) {
    this.#auth = options.auth;
    this.#catalog = options.catalog;
    const owners =
      options.config.getOptionalStringArray('apiProducts.platformOwners') ?? [];
    this.#platformOwners = new Set(
      owners.map(ref =>
        stringifyEntityRef(parseEntityRef(ref, { defaultKind: 'group' })),
      ),
    );
  }

  /**
   * What the policy answers about catalog entities, or undefined where this has nothing to say: about other things,
   * and for platform owners. The answer's `conditions` can be joined with others of the policy by `allOf`.
   *
   * @throws where the catalog cannot be asked; the question is then not answered with yes
   */
  async decide(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<ConditionalPolicyDecision | undefined> {
    if (!isResourcePermission(permission, resourceType)) {
      return undefined;
    }
    const claims = user
      ? [
          ...new Set([
            user.info.userEntityRef,
            ...user.info.ownershipEntityRefs,
          ]),
        ]
      : [];
    if (claims.some(ref => this.#platformOwners.has(ref))) {
      return undefined;
    }
    return createConditionalDecision(
      permission,
      conditions.isVisibleApiProductEntity({
        claims,
        catalogues: await this.#cataloguesSeenBy(claims),
      }),
    );
  }

  async #cataloguesSeenBy(claims: string[]): Promise<string[]> {
    const seen = seenBy({ claims, catalogues: [] });
    return (await this.#allCatalogues())
      .filter(catalogue => meets(catalogue, seen))
      .map(catalogue => stringifyEntityRef(catalogue));
  }

  /** They are few, and every look at the catalog asks for them: read once in a while, by one for all who ask. */
  async #allCatalogues(): Promise<Entity[]> {
    const known = this.#catalogues;
    if (known && Date.now() < known.until) {
      return known.items;
    }
    const items = this.#readCatalogues();
    const mine = { until: Date.now() + KEEP_MS, items };
    this.#catalogues = mine;
    try {
      return await items;
    } catch (error) {
      if (this.#catalogues === mine) {
        this.#catalogues = undefined;
      }
      throw error;
    }
  }

  async #readCatalogues(): Promise<Entity[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: API_CATALOGUE_KIND } },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
