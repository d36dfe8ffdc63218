/**
 * What somebody owns through: themselves and the groups that the catalog says they are a member of, now. A token says what
 * was so when its bearer signed in, so nothing of it but the name counts. Answers are kept for a few seconds, so that a
 * page full of requests asks once; somebody who has left a group is a stranger to it after that time.
 */
import type { AuthService } from '@backstage/backend-plugin-api';
import { parseEntityRef, RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { systemClock, type Clock } from '../lib/clock';

const KEEP_MS = 10_000;
const KEEP_AT_MOST = 1_000;

const lower = (ref: string): EntityRef => ref.toLocaleLowerCase('en-US');

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

  async #lookUp(user: EntityRef): Promise<EntityRef[]> {
    const entity = await this.#ask(user);
    const groups = (entity?.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => lower(targetRef));
    return [...new Set([user, ...groups])];
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
