/**
 * What somebody owns through: themselves and the groups that the catalog says they are a member of, now. A token says what
 * was so when its bearer signed in, so nothing of it but the name counts. Answers are kept for a few seconds, so that a
 * page full of requests asks once; somebody who has left a group is a stranger to it after that time.
 */
import type { AuthService } from '@backstage/backend-plugin-api';
import {
  parseEntityRef,
  RELATION_MEMBER_OF,
  type Entity,
} from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { systemClock, type Clock } from '../lib/clock';

const REFS_AT_ONCE = 500;
const KEEP_MS = 10_000;
const KEEP_AT_MOST = 1_000;

const lower = (ref: string): EntityRef => ref.toLocaleLowerCase('en-US');

/** Of a person the groups as well; a group is a member of nothing. */
function ownershipIn(owner: EntityRef, entity: Entity | undefined) {
  if (parseEntityRef(owner).kind !== 'user') {
    return [owner];
  }
  const groups = (entity?.relations ?? [])
    .filter(({ type }) => type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => lower(targetRef));
  return [...new Set([owner, ...groups])];
}

interface MembershipsOptions {
  auth: AuthService;
  catalog: CatalogService;
  clock?: Clock;
}

export class Memberships {
  readonly #auth: AuthService;
  readonly #catalog: CatalogService;
  readonly #clock: Clock;
  readonly #known = new Map<
    EntityRef,
    { until: number; ownership: Promise<EntityRef[]> }
  >();

  static create(options: MembershipsOptions): Memberships {
    return new Memberships(options);
  }

  private constructor({
    auth,
    catalog,
    clock = systemClock,
  }: MembershipsOptions) {
    this.#auth = auth;
    this.#catalog = catalog;
    this.#clock = clock;
  }

  /**
   * The owner itself and, of a person, the groups. A group is a member of nothing: what is a department's is not its
   * teams'. Refs are in lower case.
   *
   * @throws ServiceUnavailableError while the catalog does not answer: who belongs to what is never guessed
   */
  ownershipOf(owner: EntityRef): Promise<EntityRef[]> {
    const ref = lower(owner);
    if (parseEntityRef(ref).kind !== 'user') {
      return Promise.resolve([ref]);
    }
    const now = this.#clock.now();
    const kept = this.#known.get(ref);
    if (kept && kept.until > now) {
      return kept.ownership;
    }
    if (this.#known.size >= KEEP_AT_MOST) {
      this.#known.clear();
    }
    const ownership = this.#lookUp(ref);
    this.#known.set(ref, { until: now + KEEP_MS, ownership });
    // A failure is not kept: the next request asks again.
    ownership.catch(() => this.#known.delete(ref));
    return ownership;
  }

  /**
   * The same of many at once, as the catalog has it now.
   *
   * @returns by the owners as they were given
   * @throws ServiceUnavailableError while the catalog does not answer
   */
  async ownershipsOf(
    owners: readonly EntityRef[],
  ): Promise<Map<EntityRef, EntityRef[]>> {
    const found = new Map<EntityRef, EntityRef[]>();
    for (let i = 0; i < owners.length; i += REFS_AT_ONCE) {
      const some = owners.slice(i, i + REFS_AT_ONCE);
      const entities = await this.#askAll(some.map(lower));
      some.forEach((owner, n) =>
        found.set(owner, ownershipIn(lower(owner), entities[n])),
      );
    }
    return found;
  }

  async #lookUp(user: EntityRef): Promise<EntityRef[]> {
    return ownershipIn(user, await this.#ask(user));
  }

  async #askAll(refs: EntityRef[]): Promise<(Entity | undefined)[]> {
    try {
      const { items } = await this.#catalog.getEntitiesByRefs(
        { entityRefs: refs, fields: ['kind', 'relations'] },
        { credentials: await this.#auth.getOwnServiceCredentials() },
      );
      return items;
    } catch (error) {
      throw new ServiceUnavailableError(
        'The catalog does not say which groups people are members of; try again in a moment',
        error,
      );
    }
  }

  async #ask(user: EntityRef) {
    try {
      return await this.#catalog.getEntityByRef(user, {
        credentials: await this.#auth.getOwnServiceCredentials(),
      });
    } catch (error) {
      throw new ServiceUnavailableError(
        `The catalog does not say which groups ${user} is a member of; try again in a moment`,
        error,
      );
    }
  }
}
