/**
 * Turns credentials into a `Caller`. What somebody owns through is looked up with the user info service and kept for
 * a few seconds, so that a page full of requests asks once; a change of membership is therefore seen within that time.
 */
import type {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { AuthenticationError } from '@backstage/errors';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { systemClock, type Clock } from '../lib/clock';
import type { Identified, UserCaller } from './Caller';

/** A request of any route, however its parameters are typed. @internal */
export type AnyRequest = Parameters<HttpAuthService['credentials']>[0];

const KEEP_MS = 10_000;
const KEEP_AT_MOST = 1_000;

/** @internal */
export class CallerResolver {
  readonly #httpAuth: HttpAuthService;
  readonly #userInfo: UserInfoService;
  readonly #platformOwners: ReadonlySet<EntityRef>;
  readonly #clock: Clock;
  readonly #known = new Map<
    string,
    { until: number; caller: Promise<UserCaller> }
  >();

  static create(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    platformOwners: EntityRef[];
    clock?: Clock;
  }): CallerResolver {
    return new CallerResolver(options);
  }

  private constructor(options: {
    httpAuth: HttpAuthService;
    userInfo: UserInfoService;
    platformOwners: EntityRef[];
    clock?: Clock;
  }) {
    this.#httpAuth = options.httpAuth;
    this.#userInfo = options.userInfo;
    this.#platformOwners = new Set(options.platformOwners);
    this.#clock = options.clock ?? systemClock;
  }

  /**
   * A person; other backend plugins are turned away.
   *
   * @throws AuthenticationError without credentials, NotAllowedError for a service
   */
  async user(req: AnyRequest): Promise<Identified<UserCaller>> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user'],
    });
    return { caller: await this.#userOf(credentials), credentials };
  }

  /**
   * A person or another backend plugin.
   *
   * @throws AuthenticationError without credentials
   */
  async anyone(req: AnyRequest): Promise<Identified> {
    const credentials = await this.#httpAuth.credentials(req, {
      allow: ['user', 'service'],
    });
    if (isPerson(credentials)) {
      return { caller: await this.#userOf(credentials), credentials };
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

  async #userOf(
    credentials: BackstageCredentials<BackstageUserPrincipal>,
  ): Promise<UserCaller> {
    const key = credentials.principal.userEntityRef;
    const now = this.#clock.now();
    const kept = this.#known.get(key);
    if (kept && kept.until > now) {
      return kept.caller;
    }
    if (this.#known.size >= KEEP_AT_MOST) {
      this.#known.clear();
    }
    const caller = this.#lookUp(credentials);
    this.#known.set(key, { until: now + KEEP_MS, caller });
    // A failure is not kept: the next request asks again.
    caller.catch(() => this.#known.delete(key));
    return caller;
  }

  async #lookUp(credentials: BackstageCredentials): Promise<UserCaller> {
    const info = await this.#userInfo.getUserInfo(credentials);
    const ref = info.userEntityRef.toLocaleLowerCase('en-US');
    const ownership = [
      ...new Set([
        ref,
        ...info.ownershipEntityRefs.map(r => r.toLocaleLowerCase('en-US')),
      ]),
    ];
    return {
      kind: 'user',
      ref,
      ownership,
      platformOwner: ownership.some(r => this.#platformOwners.has(r)),
    };
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
