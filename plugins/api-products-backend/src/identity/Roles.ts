/** What people and groups may be for the whole portal: by the configuration, through what the catalog says they belong to. */
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { UserCaller } from './Caller';
import type { Memberships } from './Memberships';

interface RolesOptions {
  memberships: Memberships;
  platformOwners: readonly EntityRef[];
  planAuthors: readonly EntityRef[];
}

export class Roles {
  readonly #memberships: Memberships;
  readonly #platformOwners: ReadonlySet<EntityRef>;
  readonly #planAuthors: ReadonlySet<EntityRef>;

  static create(options: RolesOptions): Roles {
    return new Roles(options);
  }

  private constructor(options: RolesOptions) {
    this.#memberships = options.memberships;
    this.#platformOwners = new Set(options.platformOwners);
    this.#planAuthors = new Set(options.planAuthors);
  }

  /**
   * Somebody, or a group in whose name a record of Git acts.
   *
   * @throws ServiceUnavailableError while the catalog does not answer
   */
  async standingOf(owner: EntityRef): Promise<UserCaller> {
    return this.standingWith(await this.#memberships.ownershipOf(owner));
  }

  /** @param ownership - somebody, followed by the groups */
  standingWith(ownership: EntityRef[]): UserCaller {
    const isOne = (refs: ReadonlySet<EntityRef>) =>
      ownership.some(ref => refs.has(ref));
    const platformOwner = isOne(this.#platformOwners);
    return {
      kind: 'user',
      ref: ownership[0],
      ownership,
      platformOwner,
      planAuthor: platformOwner || isOne(this.#planAuthors),
    };
  }
}
