import { ResponseError } from '@backstage/errors';
import type { DiscoveryApi, IdentityApi } from '@backstage/frontend-plugin-api';
import { z } from 'zod';
import { forgetPerson, rememberPerson } from './rememberedPerson';

/** A token is replaced this long before it expires, so that none expires on its way to the backend. */
const EXPIRY_MARGIN_MS = 60_000;

const sessionSchema = z.object({
  profile: z.object({
    displayName: z.string().optional(),
    email: z.string().optional(),
    picture: z.string().optional(),
  }),
  backstageIdentity: z.object({
    token: z.string(),
    expiresInSeconds: z.number().optional(),
    identity: z.object({
      type: z.literal('user'),
      userEntityRef: z.string(),
      ownershipEntityRefs: z.array(z.string()),
    }),
  }),
});

interface Session extends z.infer<typeof sessionSchema> {
  /** Milliseconds since the epoch. */
  renewAt: number;
}

interface DemoIdentityOptions {
  /** Name of the person in the catalog. */
  person: string;
  discoveryApi: DiscoveryApi;
}

/**
 * The signed-in person: fetches a session from the demo provider, and another one when it is about to
 * expire. Whoever asks meanwhile waits for the same answer.
 */
export class DemoIdentity implements IdentityApi {
  readonly #options: DemoIdentityOptions;
  #session: Session | undefined;
  #pending: Promise<Session> | undefined;

  private constructor(options: DemoIdentityOptions) {
    this.#options = options;
  }

  /**
   * Signs in and remembers who it was.
   * @throws ResponseError where the backend refuses, for example somebody who is not in the catalog
   */
  static async signIn(options: DemoIdentityOptions): Promise<DemoIdentity> {
    const identity = new DemoIdentity(options);
    await identity.#current();
    rememberPerson(options.person);
    return identity;
  }

  async getProfileInfo() {
    return (await this.#current()).profile;
  }

  async getBackstageIdentity() {
    return (await this.#current()).backstageIdentity.identity;
  }

  async getCredentials() {
    return { token: (await this.#current()).backstageIdentity.token };
  }

  async signOut() {
    forgetPerson();
    this.#session = undefined;
  }

  async #current(): Promise<Session> {
    if (this.#session && Date.now() < this.#session.renewAt) {
      return this.#session;
    }
    this.#pending ??= this.#fetch().finally(() => {
      this.#pending = undefined;
    });
    this.#session = await this.#pending;
    return this.#session;
  }

  async #fetch(): Promise<Session> {
    const { discoveryApi, person } = this.#options;
    const baseUrl = await discoveryApi.getBaseUrl('auth');
    const response = await fetch(`${baseUrl}/demo/refresh`, {
      headers: { 'X-Demo-User': person },
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    const session = sessionSchema.parse(await response.json());
    const { expiresInSeconds = 0 } = session.backstageIdentity;
    return {
      ...session,
      renewAt: Date.now() + expiresInSeconds * 1_000 - EXPIRY_MARGIN_MS,
    };
  }
}
