/**
 * Whose the APIs of a provider are, which products wait to open one of somebody else, and which may: what platform owners
 * see of it, and what they decide.
 */
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  EntityRef,
  Id,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../history/history';
import type { Person, UserCaller } from '../identity/Caller';
import { toIso, type Clock } from '../lib/clock';
import { lockCatalogue, lockRecordRow } from '../lib/locks';
import type { ApiOwnerRow, ProductRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import { claimsOf, type ApiClaim } from '../records/apiClaims';
import { standingEntities, type CatalogDeps } from '../records/apiEntities';
import {
  agreementsAt,
  agreeTo,
  heldBackApis,
  heldBackReason,
  reviewProduct,
  reviewProducts,
  withdrawAgreement,
} from '../records/apiRights';
import { PRODUCT_KIND, readRef } from '../lib/refs';
import type { ProviderRegistry } from '../registry/ProviderRegistry';

interface Options extends CatalogDeps {
  db: Knex;
  clock: Clock;
  registry: ProviderRegistry;
  /** There may be jobs. */
  onChange(): void;
}

const lower = (ref: string): EntityRef => ref.toLocaleLowerCase('en-US');

export class ApiOwnership {
  readonly #options: Options;

  static create(options: Options): ApiOwnership {
    return new ApiOwnership(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * The APIs with whose they are, what claims them, what is held back, and what is agreed to.
   *
   * @throws whatever asking the catalog throws
   */
  async describe(provider: Id, apis: ProviderApi[]): Promise<ProviderApi[]> {
    const { db } = this.#options;
    const claims = await this.#claims(provider);
    const owners: ApiOwnerRow[] = await db('api_owners').where({
      provider_id: provider,
    });
    const held = (await heldBackApis(db)).filter(
      api => api.provider_id === provider,
    );
    const products: Pick<ProductRow, 'id' | 'ref' | 'title'>[] = await db(
      'products',
    )
      .whereIn('id', [...new Set(held.map(api => api.product_id))])
      .select('id', 'ref', 'title');
    const agreements = await agreementsAt(db, provider);
    return apis.map(api => {
      const owner = owners.find(row => row.api_id === api.id);
      const mine = claims.filter(claim => claim.apiId === api.id);
      return {
        ...api,
        ...(owner ? { owner: owner.owner_ref } : {}),
        ...(mine.length > 0
          ? {
              claims: mine.map(claim => ({
                entity: claim.entity,
                owner: claim.owner,
                counts: claim.owner === owner?.owner_ref,
              })),
            }
          : {}),
        heldBack: held
          .filter(({ api_id: id }) => id === api.id)
          .flatMap(one => {
            const product = products.find(({ id }) => id === one.product_id);
            return product
              ? {
                  product: product.ref,
                  title: product.title,
                  owner: one.product_owner,
                  reason: heldBackReason(one),
                }
              : [];
          }),
        agreements: agreements.get(api.id) ?? [],
      };
    });
  }

  /**
   * @throws NotFoundError for what does not claim or name the API, or is not agreed to, InputError unless either an entity or a product is decided for
   */
  async decide(
    { caller }: Person,
    provider: Id,
    decision: {
      api: string;
      entity?: EntityRef;
      product?: EntityRef;
      withdraw?: boolean;
    },
  ): Promise<void> {
    const { api, entity, product, withdraw = false } = decision;
    this.#options.registry.get(provider);
    if (entity !== undefined && product === undefined && !withdraw) {
      await this.#decideOwner(caller, provider, api, lower(entity));
    } else if (product !== undefined && entity === undefined) {
      await this.#decideProduct(caller, provider, api, { product, withdraw });
    } else {
      throw new InputError('Say either entity, whose the API is, or product');
    }
    this.#options.onChange();
  }

  async #claims(provider: Id): Promise<ApiClaim[]> {
    const { auth, catalog, registry } = this.#options;
    const entities = await standingEntities(
      catalog,
      await auth.getOwnServiceCredentials(),
    );
    const ids = registry.all().map(({ id }) => id);
    return claimsOf(entities, ids).filter(claim => claim.provider === provider);
  }

  async #decideOwner(
    caller: UserCaller,
    provider: Id,
    api: string,
    entity: EntityRef,
  ): Promise<void> {
    const { db, clock } = this.#options;
    const claim = (await this.#claims(provider)).find(
      one => one.apiId === api && lower(one.entity) === entity,
    );
    if (!claim) {
      throw new NotFoundError(
        `entity: ${entity} does not claim the API ${api}`,
      );
    }
    await inTransaction(db, async tx => {
      await lockCatalogue(tx);
      await tx('api_owners')
        .insert({
          provider_id: provider,
          api_id: api,
          entity_ref: claim.entity,
          owner_ref: claim.owner,
          decided_by: caller.ref,
          since: toIso(clock.now()),
        })
        .onConflict(['provider_id', 'api_id'])
        .merge();
      await recordHistory(tx, clock, {
        subject: `provider:${provider}`,
        event: 'provider.api-owner-decided',
        actor: caller.ref,
        message: `Decided that the API ${api} is ${claim.owner}'s, by ${claim.entity}`,
      });
    });
    await reviewProducts(db, clock);
  }

  async #decideProduct(
    caller: UserCaller,
    provider: Id,
    api: string,
    { product, withdraw }: { product: string; withdraw: boolean },
  ): Promise<void> {
    const { db, clock } = this.#options;
    const ref = readRef('product', product, { only: PRODUCT_KIND });
    await inTransaction(db, async tx => {
      await lockCatalogue(tx);
      const row: Pick<ProductRow, 'id'> | undefined = await tx('products')
        .where({ ref, provider_id: provider })
        .whereNull('deleted_at')
        .first('id');
      const named: unknown =
        row &&
        (await tx('product_apis')
          .where({ product_id: row.id, provider_api_id: api })
          .first('product_id'));
      if (!row || !named) {
        throw new NotFoundError(`product: ${ref} does not name the API ${api}`);
      }
      await lockRecordRow(tx, 'products', row.id);
      if (withdraw) {
        await withdrawAgreement(tx, clock, caller.ref, {
          product_id: row.id,
          provider_id: provider,
          api_id: api,
        });
      } else {
        const held = (await heldBackApis(tx, [row.id])).filter(
          one => one.api_id === api,
        );
        for (const one of held) {
          await agreeTo(tx, clock, caller.ref, one);
        }
      }
      await reviewProduct(tx, clock, row.id);
    });
  }
}
