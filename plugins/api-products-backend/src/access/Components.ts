/** Which component of the catalog an application may say to be: one of its owner's. */
import type { AuthService } from '@backstage/backend-plugin-api';
import { RELATION_OWNED_BY } from '@backstage/catalog-model';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { UserCaller } from '../identity/Caller';
import { refused } from '../lib/errors';

interface Options {
  auth: AuthService;
  catalog: CatalogService;
}

export class Components {
  readonly #options: Options;

  static create(options: Options): Components {
    return new Components(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /**
   * A person's own application may be a component of that person's groups, too. The catalog is read with the plugin's
   * own credentials, so that what the caller may not see and what is not there get one answer.
   *
   * @param owner - of the application: the caller or a group of theirs
   * @throws InputError naming `component`, ServiceUnavailableError while the catalog does not answer
   */
  async requireOwn(
    caller: UserCaller,
    owner: EntityRef,
    component: EntityRef,
  ): Promise<void> {
    const allowed = owner === caller.ref ? caller.ownership : [owner];
    const owners = await this.#ownersOf(component);
    if (!owners.some(ref => allowed.includes(ref))) {
      throw refused(
        new InputError(
          `component: there is no ${component}, or it is not ${
            owner === caller.ref ? 'yours or one of your groups’' : `${owner}’s`
          }`,
        ),
        'invalid',
        { field: 'component' },
      );
    }
  }

  async #ownersOf(component: EntityRef): Promise<EntityRef[]> {
    const { auth, catalog } = this.#options;
    try {
      const entity = await catalog.getEntityByRef(component, {
        credentials: await auth.getOwnServiceCredentials(),
      });
      return (entity?.relations ?? [])
        .filter(({ type }) => type === RELATION_OWNED_BY)
        .map(({ targetRef }) => targetRef.toLocaleLowerCase('en-US'));
    } catch (error) {
      throw new ServiceUnavailableError(
        `component: the catalog does not say whose ${component} is; try again in a moment`,
        error,
      );
    }
  }
}
