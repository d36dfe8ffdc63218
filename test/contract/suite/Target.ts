/**
 * One installation of Tyk that the contract cases run against: the sandbox as a Gateway or behind a Dashboard, or a real
 * one. Everything that a case makes carries the target's prefix, and is taken away at the end.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import type { TykInstallation } from 'backstage-plugin-api-products-backend-module-tyk';
import type {
  ProviderCredential,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import type { TykSandbox } from 'tyk-sandbox';

export type Mode = 'dashboard' | 'gateway';

/** An answer of Tyk's own API. */
export interface RawAnswer {
  status: number;
  body: JsonValue | undefined;
}

/** An API with its id and the path under which consumers call it, with slashes at both ends. */
export interface TestApi {
  id: string;
  path: string;
}

/** How the consumers of a test API sign in. */
export type ApiKind =
  | 'first'
  | 'second'
  | 'third'
  | 'basic'
  | 'jwt'
  | 'oauth'
  | 'keyless'
  | 'oas';

/** Tyk, spoken to behind the portal's back. */
export interface Adversary {
  /** As an administrator, path below the base of the API. */
  send(method: string, path: string, body?: JsonObject): Promise<RawAnswer>;
  policies(): Promise<JsonObject[]>;
  policy(reference: string): Promise<JsonObject | undefined>;
  /** Changes a policy and waits until the gateway has it. */
  editPolicy(
    reference: string,
    change: (policy: JsonObject) => JsonObject,
  ): Promise<void>;
  /** @returns its reference, once the gateway has it */
  createPolicy(policy: JsonObject): Promise<string>;
  /** Several at once, since each reload takes its time. */
  createPolicies(policies: readonly JsonObject[]): Promise<string[]>;
  removePolicy(reference: string): Promise<void>;
  /** The session of a key by its reference, as Tyk's API shows it. */
  session(reference: string): Promise<JsonObject | undefined>;
  createApi(definition: JsonObject): Promise<void>;
  createOasApi(document: JsonObject): Promise<void>;
  /** Of either kind. */
  removeApi(id: string): Promise<void>;
  /** Brings what was written into force, until these APIs are there. */
  untilApis(ids: readonly string[]): Promise<void>;
}

/** How a store can be away. A real one is away as the environment's command makes it. */
export type Absence = 'down' | 'hanging' | 'away since the start';

/** The gateway's Redis, which can be taken away and given back with all that is in it. */
export interface Store {
  stop(how: Absence): Promise<void>;
  start(): Promise<void>;
}

export interface Target {
  /** What stands at the head of its column. */
  readonly name: string;
  readonly mode: Mode;
  readonly live: boolean;
  /** Begins every id, name and tag that is made; different in every run. */
  readonly prefix: string;
  readonly organisation: string;
  /** Where it is administered, without a slash at the end. */
  readonly url: string;
  /** Where consumers call, without a slash at the end. */
  readonly gatewayUrl: string;
  /** The driver under test; its tag is the prefix. */
  readonly provider: TykInstallation;
  /**
   * Another driver for the same installation.
   *
   * @param config - keys of the configuration, e.g. `{ token: 'wrong' }`
   * @param id - `contract` if left out
   */
  another(config: JsonObject, id?: string): TykInstallation;
  /** Everything that drivers have logged so far. */
  logged(): string;
  /** Secrets that must never be logged or told: the token of the administration, then chosen keys. */
  readonly secrets: readonly string[];
  api(kind: ApiKind): TestApi;
  /** Where APIs of the suite lead to. */
  readonly upstreamUrl: string;
  readonly adversary: Adversary;
  /** A product on these APIs (default `first`), at the installation, with what is changed. */
  product(
    changes?: Partial<ProviderProduct>,
  ): Promise<Offered<ProviderProduct>>;
  plan(changes?: Partial<ProviderPlan>): Promise<Offered<ProviderPlan>>;
  /** A credential to be put: its product and plan are there. */
  credential(
    changes?: Partial<ProviderCredential>,
  ): Promise<ProviderCredential>;
  /** A consumer's call; the token goes into `Authorization`. */
  call(api: TestApi, token?: string, path?: string): Promise<Response>;
  /** Moves the clock of a sandbox; waits at a real one. */
  wait(seconds: number): Promise<void>;
  /** Milliseconds since the epoch, on the target's clock. */
  now(): number;
  /** Undefined at a real installation whose environment does not say how to stop it. */
  readonly store: Store | undefined;
  /** The sandbox itself; undefined for a real installation, which cannot be given faults or other settings. */
  readonly sandbox: TykSandbox | undefined;
  /** Takes away all that was made. */
  close(): Promise<void>;
}

export type Offered<T> = T & { reference: { policyId: string } };
