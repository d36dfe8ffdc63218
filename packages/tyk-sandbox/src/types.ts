import type { PolicyState } from './dashboard/policies/document';
import type { DashboardSettings } from './dashboard/settings';
import type { JsonObject } from './json';
import type { Faults } from './faults/types';
import type { Policy, PolicyInput } from './model/policy';
import type { Session } from './model/session';

/**
 * The hash functions a gateway can be told to use for keys (`hash_key_function`).
 * @public
 */
export type HashAlgorithm = 'murmur32' | 'murmur64' | 'murmur128' | 'sha256';

/**
 * Settings of the gateway, named after those of `tyk.conf`, and of the Dashboard in front of it.
 * All can be changed while the sandbox runs, as if it had been restarted with other settings on the same Redis.
 * @public
 */
export interface SandboxSettings extends DashboardSettings {
  /** `hash_keys`: keys are stored under their hash. Default true. */
  hashKeys: boolean;
  /**
   * `hash_key_function`. `undefined` is the setting of an untouched installation: keys have the old
   * form `<org><id>` and are stored under murmur32. Default `murmur64`, as in `tyk.conf.example`.
   */
  hashKeyFunction: HashAlgorithm | undefined;
  /** `enable_hashed_keys_listing`: `GET /tyk/keys` answers although keys are hashed. Default true. */
  hashedKeysListing: boolean;
  /**
   * `global_session_lifetime` with `force_global_session_lifetime`: seconds after which the gateway forgets any key
   * that opens one of its APIs, whatever its expiry. Default 0: not forced.
   */
  forcedSessionLifetime: number;
  /** `local_session_cache.disable_cached_session_state`: every call reads the stored session. Default false. */
  disableCachedSessionState: boolean;
  /** `enable_custom_domains`: an API with a domain is reached under that host alone. Default true, as in `tyk.conf.example`. */
  customDomains: boolean;
  /** `min_token_length`: shorter keys are refused, on the data plane and as custom key ids. Default 3. */
  minTokenLength: number;
  /** `allow_master_keys`: a key without access rights opens every API. Default false. */
  allowMasterKeys: boolean;
  /**
   * How calls per period are counted: `rolling` is `enable_redis_rolling_limiter` (a sliding log, the default),
   * `fixed` is `enable_fixed_window_rate_limiter`.
   */
  rateLimiter: 'rolling' | 'fixed';
  /**
   * Version the gateway behaves as, from `5.8.0` on; what differs stands in `versions.ts`. Default `5.14.0`.
   */
  version: string;
  /** Version that `/hello` names, whatever the behaviour. `undefined`, the default: that of the behaviour. */
  reportedVersion: string | undefined;
  /**
   * `policies.policy_source`: with `service` the gateway gets its policies from a Dashboard and refuses to write any.
   * Default `file`.
   */
  policySource: 'file' | 'service';
  /**
   * Whether `policies.policy_path` is set. Without, policies are written somewhere and never loaded.
   * Default true.
   */
  policyPath: boolean;
  /**
   * `disable_key_actions_by_username`: no key is found by its bare value or the name of its user, neither through
   * the Gateway API nor on the data plane, where users with passwords are refused for that reason. Default false.
   */
  disableKeyActionsByUsername: boolean;
}

/**
 * How the gateway's store (Redis) answers: as it should; not at all; or only by keeping connections open, which is
 * noticed after ten seconds and from then on the same as not at all.
 * @public
 */
export type StoreState = 'up' | 'down' | 'hangs';

/**
 * Where a request went to: the administrative API of the gateway (`admin`), an API that it proxies (`data`),
 * or the Dashboard in front of it (`dashboard`).
 * @public
 */
export type Plane = 'admin' | 'data' | 'dashboard';

/**
 * A policy to start with: what the gateway keeps of it, and its state, which only the Dashboard knows.
 * One that is `deny` never reaches the gateway.
 * @public
 */
export type SeedPolicy = PolicyInput & { state?: PolicyState };

/**
 * What gateway and Dashboard have before their first start.
 * @public
 */
export interface SandboxSeed {
  /** Classic API definitions, as in the files below `app_path`. Missing fields get Tyk's zero values. */
  apis?: JsonObject[];
  /** OAS documents with the `x-tyk-api-gateway` extension. */
  oas?: JsonObject[];
  /** Policies, as in the files below `policies.policy_path`. */
  policies?: SeedPolicy[];
}

/**
 * Options of {@link start}.
 * @public
 */
export interface TykSandboxOptions {
  /** Address to listen on. Default `127.0.0.1`. */
  host?: string;
  /** Port of the Gateway API and the proxied APIs; 0, the default, takes a free one. */
  gatewayPort?: number;
  /** Port of the Dashboard API; 0 takes a free one; `false` or left out: no Dashboard. */
  dashboardPort?: number | false;
  /** Port of the control route; 0 takes a free one; `false` or left out: no control route. */
  controlPort?: number | false;
  /** Value of `X-Tyk-Authorization`. Default `tyk-sandbox-secret`, a value for development only. */
  secret?: string;
  /**
   * Access key of the Dashboard's user, the raw value of `Authorization`.
   * Default `tyk-sandbox-dashboard-key`, a value for development only.
   */
  dashboardKey?: string;
  /** Organisation of seeded APIs and policies that name none, and of the Dashboard's user. Default `default`. */
  orgId?: string;
  settings?: Partial<SandboxSettings>;
  seed?: SandboxSeed;
  /** Source of time in milliseconds since the epoch; everything that expires or renews follows it. Default: the system's. */
  clock?: { now(): number };
  /**
   * Milliseconds from `GET /tyk/reload/group`, a reload that does not block, or a write through the Dashboard
   * until the change is visible,
   * on the clock of the sandbox. Default 900, as measured on a real gateway.
   */
  reloadDelayMs?: number;
  /** Real milliseconds that the first request for keys takes while the store hangs. Default 10 000, as measured. */
  storeHangsMs?: number;
}

/**
 * A key as the gateway has stored it (without policies applied).
 * @public
 */
export interface StoredKeyView {
  /** What the key is stored under: its hash, or the token itself where hashing is off. */
  hash: string;
  /** The token, where the sandbox has seen it. A real gateway that hashes keys does not have it. */
  token?: string;
  session: Session;
}

/**
 * One request the sandbox has received. Secrets are left out: keys in paths are shortened, queries and headers not kept.
 * @public
 */
export interface CallRecord {
  plane: Plane;
  method: string;
  path: string;
  /** Status answered; `undefined` where the connection was cut or the request still hangs. */
  status: number | undefined;
  /** Time on the clock of the sandbox, milliseconds since the epoch. */
  at: number;
}

/**
 * What a test can look at.
 * @public
 */
export interface SandboxInspection {
  /** All stored keys. */
  keys(): StoredKeyView[];
  /** Policies that are loaded, that is, in force. */
  policies(): Policy[];
  /** Policies on disk, in force only after the next reload. */
  policyFiles(): Policy[];
  /** Policies as the Dashboard keeps them, with the fields that only it has, and denied ones among them. */
  policyDocuments(): JsonObject[];
  /** Requests so far, oldest first (the last 10 000). */
  calls(): CallRecord[];
}

/**
 * Changes behind the back of whoever uses the gateway: on disk and in force at once, without a request.
 * @public
 */
export interface SandboxEdits {
  putPolicy(policy: PolicyInput): void;
  /**
   * Changes some fields of a policy, e.g. `name`, `tags`, `state` or limits, at gateway and Dashboard.
   *
   * @param id - its `id` or `_id`
   * @returns false where there is none
   */
  changePolicy(id: string, changes: JsonObject): boolean;
  /** @returns false where there was none */
  removePolicy(id: string): boolean;
  /** A classic definition; missing fields get Tyk's zero values, a missing organisation the sandbox's. */
  putApi(definition: JsonObject): void;
  /** Policies and keys that name the API are not touched. @returns false where there was none */
  removeApi(id: string): boolean;
  /** As a deletion by hash through the Gateway API would. @returns false where there was none */
  removeKey(hash: string): boolean;
  /** Brings what is on disk into force. */
  reload(): void;
}

/**
 * A running sandbox.
 * @public
 */
export interface TykSandbox {
  /** Base URL of the Gateway API and of the proxied APIs, without a slash at the end. */
  readonly gatewayUrl: string;
  /** Base URL of the Dashboard (its API is below `/api`), where there is one. */
  readonly dashboardUrl: string | undefined;
  /** Access key of the Dashboard's user: the raw value of `Authorization`. */
  readonly dashboardKey: string;
  /** Base URL of the control route, where there is one. */
  readonly controlUrl: string | undefined;
  /** Value of `X-Tyk-Authorization`. */
  readonly secret: string;
  readonly settings: Readonly<SandboxSettings>;
  readonly faults: Faults;
  readonly inspect: SandboxInspection;
  readonly edit: SandboxEdits;
  setSettings(changes: Partial<SandboxSettings>): void;
  /**
   * The gateway's store goes away or comes back, with all that was in it. While it is away keys are not found, none
   * can be made, and lists of them are empty; `/hello` and `/ready` know it up to ten seconds later.
   */
  setStore(state: StoreState): void;
  /**
   * Starts the gateway anew, with the store as it is: until it has loaded what is on disk it has no policies and no
   * APIs. The Dashboard stays up.
   *
   * @param loadsAfterMs - on the clock of the sandbox. Default 80, as measured; a reload that blocks ends it sooner
   */
  restartGateway(loadsAfterMs?: number): void;
  /** Moves the clock of the sandbox forward, whatever clock it was given. */
  advance(milliseconds: number): void;
  /** Back to the seed and the first settings; no keys, no faults, no calls. */
  reset(): void;
  /** Cuts open connections and frees the ports. Safe to call twice. */
  stop(): Promise<void>;
}
