/**
 * The port between the portal's rules and an installation of Tyk, call by call: policies, APIs and keys, as a Gateway
 * and a Dashboard both have them. It knows no rule of the portal: what a product is, which policies a key carries and
 * when it counts as revoked is decided once, in `driver/`.
 *
 * What must stay true of every implementation: calls are bounded in time; each can be repeated; documents are passed on
 * raw, so that what nobody here knows survives a read and a write; only the errors of the node package are thrown, and
 * no message carries a token, a key, a password or a URL.
 */
import type { JsonObject } from '@backstage/types';
import type { ApiDefinition, DescribedApi } from '../model/apis';

/** In what installations differ, as far as a rule depends on it. */
export interface ControlTraits {
  /** The id of a policy is ours to choose; otherwise the installation chooses it at the creation. */
  readonly choosesIds: boolean;
  /** No two policies of an organisation may have the same name. */
  readonly uniqueNames: boolean;
  /** Policies have `state`, which overrules `active` and `is_inactive`. */
  readonly states: boolean;
}

export interface ControlHealth {
  version?: string;
  /** Names of parts that are down, e.g. `redis`. */
  down: string[];
}

export interface CreatedKey {
  /** The token form: a secret. Empty for a basic-auth user whose key is hashed. */
  token: string;
  /** Absent where keys are not hashed. */
  hash: string | undefined;
}

/** A key by the hash it is stored under; by its token or chosen id, which are secrets; or a basic-auth user by name. */
export type KeyName =
  | { hash: string }
  | { token: string; organisation?: string }
  | { username: string; organisation: string };

/** An identity provider in the registry of a Dashboard. */
export interface IdentityProviderRecord {
  id: string;
  /** API to scope to policy. */
  mappings: Record<string, Record<string, string>>;
}

export interface NewOAuthClient {
  clientId?: string;
  /** Chosen by the installation where it is left out. */
  secret?: string;
  redirectUri: string;
  policyId: string;
  description: string;
  metadata: JsonObject;
}

/** An OAuth client as an installation has it. */
export interface OAuthClientRecord {
  clientId: string;
  /** A secret. */
  secret: string;
  redirectUri: string;
  policyId: string;
  description: string;
  metadata: JsonObject;
}

export interface TykControl {
  readonly traits: ControlTraits;

  /**
   * The organisation whose policies, APIs and keys are meant.
   *
   * @throws ProviderUnsupportedError where none is configured and none can be found out
   */
  organisation(signal?: AbortSignal): Promise<string>;

  /** Undefined where the installation does not tell. */
  health(signal?: AbortSignal): Promise<ControlHealth | undefined>;

  /**
   * Whether a deleted key stays away although it is in use, as the version of the gateways tells; false where it is not
   * known.
   */
  deletionsHold(signal?: AbortSignal): Promise<boolean>;

  /** All of them, raw; a reference of each is `referenceOf(policy)`. A failure never looks like an empty list. */
  policies(signal?: AbortSignal): Promise<JsonObject[]>;

  /** Raw; undefined where there is none. At a Gateway: as loaded, not as on disk. */
  policy(
    reference: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined>;

  /** One of our own technical policies, which are found by their id or, where ids are not ours to choose, by name. */
  technicalPolicy(
    name: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined>;

  /**
   * In force after {@link TykControl.settle}.
   *
   * @param policy - with `id` where ids are ours to choose, or where a policy that has gone is to get its id back
   * @returns its reference, read back where the installation chose it
   * @throws ProviderConflictError where names are unique and this one is taken, or the id is
   */
  createPolicy(policy: JsonObject, signal?: AbortSignal): Promise<string>;

  /**
   * Replaces it as a whole; in force after {@link TykControl.settle}.
   *
   * @throws ProviderConflictError where names are unique and this one is taken
   */
  updatePolicy(
    reference: string,
    policy: JsonObject,
    signal?: AbortSignal,
  ): Promise<void>;

  /** That it is not there is as good. In force after {@link TykControl.settle}. */
  removePolicy(reference: string, signal?: AbortSignal): Promise<void>;

  /**
   * Brings what was written into force and waits until the gateway that consumers call has it.
   *
   * @param reached - judges the policy as the gateway has it; undefined = it knows none
   * @throws ProviderUnavailableError when it takes too long
   */
  settle(
    reference: string,
    reached: (loaded: JsonObject | undefined) => boolean,
    signal?: AbortSignal,
  ): Promise<void>;

  /** Classic definitions of all APIs, also of OAS APIs, which have a twin. */
  apis(signal?: AbortSignal): Promise<ApiDefinition[]>;

  /** The same, each OAS API with its document, which says more about signing in than its twin. */
  describedApis(signal?: AbortSignal): Promise<DescribedApi[]>;

  api(id: string, signal?: AbortSignal): Promise<ApiDefinition | undefined>;

  /** The classic definition, raw. */
  apiDocument(
    id: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined>;

  /** Replaces the classic definition of an API that has no OAS document. */
  writeApiDocument(
    id: string,
    document: JsonObject,
    signal?: AbortSignal,
  ): Promise<void>;

  /** The OAS document with Tyk's extension, raw; undefined for a classic API, and where there is no such API. */
  oasDocument(
    id: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined>;

  writeOasDocument(
    id: string,
    document: JsonObject,
    signal?: AbortSignal,
  ): Promise<void>;

  /** The OAS document as Tyk exports it, which still has extensions of its own; undefined as for {@link TykControl.oasDocument}. */
  publicOasDocument(
    id: string,
    signal?: AbortSignal,
  ): Promise<JsonObject | undefined>;

  /** Makes API definitions that were written take effect, where the installation does not do that by itself. */
  reload(signal?: AbortSignal): Promise<void>;

  /** From now on definitions of APIs are read as they were written last. */
  refresh(signal?: AbortSignal): Promise<void>;

  /**
   * The registry of identity providers, where scopes can be mapped as well; undefined where there is none that the
   * token may use.
   */
  identityProviders(
    signal?: AbortSignal,
  ): Promise<IdentityProviderRecord[] | undefined>;

  /** @param changes - scopes and what they stand for from now on; null for those that stand for nothing */
  mapAtIdentityProvider(
    id: string,
    apiId: string,
    changes: Record<string, string | null>,
    signal?: AbortSignal,
  ): Promise<void>;

  /**
   * Makes or replaces the key with this id, never touching its counters.
   *
   * @param keyId - a secret
   */
  createKey(
    keyId: string,
    session: JsonObject,
    signal?: AbortSignal,
  ): Promise<CreatedKey>;

  /**
   * Makes or replaces a basic-auth user, never touching its counters.
   *
   * @param session - with `basic_auth_data.password`
   */
  createUser(
    username: string,
    session: JsonObject,
    signal?: AbortSignal,
  ): Promise<CreatedKey>;

  /** The session with its policies applied, raw; undefined where there is no such key. */
  readKey(name: KeyName, signal?: AbortSignal): Promise<JsonObject | undefined>;

  /**
   * Replaces the session of a key that exists.
   *
   * @param options - `resetQuota`: the quota and its window start anew; otherwise counters stay
   * @returns false where there is no such key
   */
  writeKey(
    name: KeyName,
    session: JsonObject,
    options: { resetQuota: boolean },
    signal?: AbortSignal,
  ): Promise<boolean>;

  /** @returns whether there was one */
  removeKey(name: KeyName, signal?: AbortSignal): Promise<boolean>;

  /** Makes or replaces the client with this id; its tokens stay. */
  createOAuthClient(
    apiId: string,
    client: NewOAuthClient,
    signal?: AbortSignal,
  ): Promise<OAuthClientRecord>;

  oauthClients(
    apiId: string,
    signal?: AbortSignal,
  ): Promise<OAuthClientRecord[]>;

  oauthClient(
    apiId: string,
    clientId: string,
    signal?: AbortSignal,
  ): Promise<OAuthClientRecord | undefined>;

  /** Its tokens stay. @returns whether there was one */
  removeOAuthClient(
    apiId: string,
    clientId: string,
    signal?: AbortSignal,
  ): Promise<boolean>;

  /** What the tokens of a client that have not expired are stored under; none where there is no such client. */
  oauthTokens(
    apiId: string,
    clientId: string,
    signal?: AbortSignal,
  ): Promise<string[]>;

  /**
   * What all keys are stored under.
   *
   * @throws ProviderUnsupportedError where the installation does not list them
   */
  listKeys(signal?: AbortSignal): Promise<string[]>;
}
