import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_MEMBER_OF,
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
import { Kept } from './Kept';
import { isVisibleApiProductEntity, meets, openTo } from './visibility';

const { resourceType } = catalogEntityPermissionResourceRef;

const { conditions, createConditionalDecision } = createConditionExports({
  resourceRef: catalogEntityPermissionResourceRef,
  rules: { isVisibleApiProductEntity },
});

/** A change of a catalogue's audience or of somebody's groups is seen in the Backstage catalog within this time. */
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
  readonly #catalogues = Kept.create<Entity[]>({ keepMs: KEEP_MS });
  readonly #claims = Kept.create<string[]>({ keepMs: KEEP_MS });

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
        stringifyEntityRef(
          parseEntityRef(ref, { defaultKind: 'group' }),
        ).toLocaleLowerCase('en-US'),
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
    const claims = user ? await this.#claimsOf(user.info.userEntityRef) : [];
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
    const open = openTo(claims);
    const catalogues = await this.#catalogues.get('all', () =>
      this.#readCatalogues(),
    );
    return catalogues
      .filter(catalogue => meets(catalogue, open))
      .map(catalogue => stringifyEntityRef(catalogue));
  }

  /**
   * The person and the groups that the catalog says the person is a member of now. What a session says was so when it
   * began, so nothing of it but the name counts.
   */
  #claimsOf(person: string): Promise<string[]> {
    const ref = person.toLocaleLowerCase('en-US');
    return this.#claims.get(ref, async () => {
      const entity = await this.#catalog.getEntityByRef(ref, {
        credentials: await this.#auth.getOwnServiceCredentials(),
      });
      const groups = (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_MEMBER_OF)
        .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
      return [...new Set([ref, ...groups])];
    });
  }

  async #readCatalogues(): Promise<Entity[]> {
    const { items } = await this.#catalog.getEntities(
      { filter: { kind: API_CATALOGUE_KIND } },
      { credentials: await this.#auth.getOwnServiceCredentials() },
    );
    return items;
  }
}
