/** Turns credentials into a `Caller`: who it is comes from the credentials, what that person owns through from the catalog. */
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { Identified, UserCaller } from './Caller';
import type { Roles } from './Roles';

/** A request of any route, however its parameters are typed. */
export type AnyRequest = Parameters<HttpAuthService['credentials']>[0];

interface Options {
  httpAuth: HttpAuthService;
  roles: Roles;
}

export class CallerResolver {
  readonly #httpAuth: HttpAuthService;
  readonly #roles: Roles;

  static create(options: Options): CallerResolver {
    return new CallerResolver(options);
  }

  private constructor({ httpAuth, roles }: Options) {
    this.#httpAuth = httpAuth;
    this.#roles = roles;
  }

  /**
   * A person; other backend plugins are turned away.
   *
   * @throws AuthenticationError without credentials, NotAllowedError for a service, ServiceUnavailableError while the
   *   catalog does not answer
   */
  async user(req: AnyRequest): Promise<Identified<UserCaller>> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    return {
      caller: await this.personOf(credentials.principal.userEntityRef),
      credentials,
    };
  }

  /**
   * A person or another backend plugin.
   *
   * @throws AuthenticationError without credentials, ServiceUnavailableError while the catalog does not answer
   */
  async anyone(req: AnyRequest): Promise<Identified> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    if (isPerson(credentials)) {
      return {
        caller: await this.personOf(credentials.principal.userEntityRef),
        credentials,
      };
    }
    const { principal } = credentials;
    if (principal.type !== 'service') {
      throw new AuthenticationError('Neither a person nor a backend plugin');
    }
    return {
      caller: { kind: 'service', subject: principal.subject },
      credentials,
    };
  }

  /**
   * Somebody who is not asking.
   *
   * @throws ServiceUnavailableError while the catalog does not answer
   */
  personOf(userRef: EntityRef): Promise<UserCaller> {
    return this.#roles.standingOf(userRef);
  }
}

/** Narrows in place: a copy of credentials loses the token, which is not enumerable. */
function isPerson(
  credentials: BackstageCredentials<
    BackstageUserPrincipal | BackstageServicePrincipal
  >,
): credentials is BackstageCredentials<BackstageUserPrincipal> {
  return credentials.principal.type === 'user';
}
