/**
 * OAuth clients and their tokens, as the gateway keeps them in Redis: per API, so that a client of a policy with two
 * APIs exists twice. Shared by the Gateway API, the data plane and the Dashboard.
 *
 * Two oddities of the real store stay true here: deleting a client leaves its tokens and their list behind, and
 * removing one token from a list takes all with it that expire in the same second (`gateway/oauth_manager.go`).
 */
import type { JsonValue } from '../json';
import type { Clock } from './clock';
import type { StoreLink } from './storeLink';

export interface OAuthClient {
  clientId: string;
  secret: string;
  redirectUri: string;
  /** One policy only; '' where the client has none and cannot get tokens. */
  policyId: string;
  metaData: JsonValue;
  description: string;
}

/** A token as the gateway lists it. */
interface OAuthTokenEntry {
  /** Its hash; the token itself where keys are not hashed. */
  code: string;
  /** Seconds since the epoch. */
  expires: number;
}

interface AccessData {
  token: string;
  clientId: string;
  expires: number;
}

const CHECK_MS = 1000;

export class OAuthClients {
  readonly #clock: Clock;
  readonly #link: StoreLink;
  readonly #clients = new Map<string, Map<string, OAuthClient>>();
  readonly #access = new Map<string, AccessData>();
  readonly #lists = new Map<string, OAuthTokenEntry[]>();
  readonly #checked = new Map<string, { known: boolean; until: number }>();

  constructor(clock: Clock, link: StoreLink) {
    this.#clock = clock;
    this.#link = link;
  }

  get(apiId: string, clientId: string): OAuthClient | undefined {
    const client = this.#of(apiId)?.get(clientId);
    return client && structuredClone(client);
  }

  /** Oldest first; one that is put again moves to the end. */
  list(apiId: string): OAuthClient[] {
    return [...(this.#of(apiId)?.values() ?? [])].map(client =>
      structuredClone(client),
    );
  }

  put(apiId: string, client: OAuthClient): void {
    if (this.#link.isAway) return;
    const clients = this.#clients.get(apiId) ?? new Map<string, OAuthClient>();
    this.#clients.set(apiId, clients);
    clients.delete(client.clientId);
    clients.set(client.clientId, structuredClone(client));
  }

  /** @returns false where there was none */
  remove(apiId: string, clientId: string): boolean {
    return this.#of(apiId)?.delete(clientId) ?? false;
  }

  /**
   * Whether a client exists, as the data plane sees it: the gateway asks at most once a second, so a token outlives
   * its deleted client by up to so long, and no longer.
   */
  isKnown(apiId: string, clientId: string): boolean {
    const now = this.#clock.now();
    const name = nameOf(apiId, clientId);
    const checked = this.#checked.get(name);
    if (checked && now <= checked.until) return checked.known;
    const known = this.#clients.get(apiId)?.has(clientId) === true;
    this.#checked.set(name, { known, until: now + CHECK_MS });
    return known;
  }

  /** The APIs that know the client. */
  apisOf(clientId: string): string[] {
    return [...this.#clients]
      .filter(([, clients]) => clients.has(clientId))
      .map(([apiId]) => apiId);
  }

  /** @param code - what the token is stored and listed under */
  addToken(apiId: string, code: string, access: AccessData): void {
    this.#access.set(nameOf(apiId, code), { ...access });
    const list = nameOf(apiId, access.clientId);
    this.#lists.set(list, [
      ...(this.#lists.get(list) ?? []),
      { code, expires: access.expires },
    ]);
  }

  /** The tokens of a client that have not expired, the first to expire first. */
  tokens(apiId: string, clientId: string): OAuthTokenEntry[] {
    const now = this.#clock.seconds();
    if (this.#link.isAway) return [];
    return (this.#lists.get(nameOf(apiId, clientId)) ?? [])
      .filter(({ expires }) => expires >= now)
      .sort((a, b) => a.expires - b.expires)
      .map(entry => ({ ...entry }));
  }

  /** What is known of a token; `undefined` where it has expired or was removed. */
  access(apiId: string, code: string): AccessData | undefined {
    const access = this.#access.get(nameOf(apiId, code));
    return access && access.expires > this.#clock.seconds()
      ? { ...access }
      : undefined;
  }

  /** Takes a token off the list of its client, and with it those that expire in the same second. */
  unlist(apiId: string, { clientId, expires }: AccessData): void {
    const list = nameOf(apiId, clientId);
    const entries = this.#lists.get(list) ?? [];
    this.#lists.set(
      list,
      entries.filter(entry => entry.expires !== expires),
    );
  }

  removeAccess(apiId: string, code: string): void {
    this.#access.delete(nameOf(apiId, code));
  }

  /** Nothing while the store is away. */
  #of(apiId: string): Map<string, OAuthClient> | undefined {
    return this.#link.isAway ? undefined : this.#clients.get(apiId);
  }

  clear(): void {
    this.#clients.clear();
    this.#access.clear();
    this.#lists.clear();
    this.#checked.clear();
  }
}

function nameOf(apiId: string, name: string): string {
  return `${apiId}\n${name}`;
}
