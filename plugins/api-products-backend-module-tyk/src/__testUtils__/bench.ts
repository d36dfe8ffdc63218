/**
 * A driver in front of a real Tyk of the sandbox, over HTTP, with a clock that both share.
 */
import { start } from 'tyk-sandbox';
import type {
  JsonObject,
  SeedPolicy,
  StoredKeyView,
  TykSandbox,
  TykSandboxOptions,
} from 'tyk-sandbox';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ProviderCredential,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import type { TykGatewayConfig, TykProviderConfig } from '../config';
import type { DriverTiming } from '../driver/context';
import type { DriverOptions } from '../driver/createDriver';
import type { TykProvider } from '../driver/TykProvider';
import { WITNESS } from '../model/technicalPolicies';
import { createGatewayProvider } from '../gateway/createGatewayProvider';

export const SECRET = 'marker-admin-secret-5f0c';
export const CHOSEN_KEY = '0123456789abcdef'.repeat(4);

export interface BenchOptions<Config = TykGatewayConfig> {
  sandbox?: TykSandboxOptions;
  config?: Partial<Config>;
  timing?: Partial<DriverTiming>;
}

export interface Bench<Config = TykGatewayConfig> {
  sandbox: TykSandbox;
  provider: TykProvider;
  /** Everything the driver has logged, as text. */
  logged(): string;
  /** Moves the clock that Tyk and driver share. */
  advance(milliseconds: number): void;
  /** A consumer's call. */
  call(secret: string, path?: string): Promise<Response>;
  /** Product and plan at Tyk, and a credential on them. */
  offer(changes?: {
    product?: Partial<ProviderProduct>;
    plan?: Partial<ProviderPlan>;
  }): Promise<ProviderCredential>;
  keys(): StoredKeyView[];
  /** The key that the driver keeps for itself, which `keys` and `sandbox.inspect` leave out, as they do its policy. */
  witness(): StoredKeyView | undefined;
  /** Requests of the driver so far, `METHOD /path`, but for those about its witnesses. */
  requests(): string[];
  /** A second driver, for the same Tyk unless it names another. */
  another(config: Partial<Config>): TykProvider;
  stop(): Promise<void>;
}

export function tokenApi(id: string, more: JsonObject = {}): JsonObject {
  return {
    api_id: id,
    name: id,
    active: true,
    use_standard_auth: true,
    version_data: { not_versioned: true },
    proxy: { listen_path: `/${id}/`, strip_listen_path: true },
    ...more,
  };
}

export const PRODUCT: ProviderProduct = {
  key: 'default/payments',
  title: 'Payments API',
  apis: [{ id: 'echo', name: 'Echo' }],
};

export const PLAN: ProviderPlan = {
  key: 'default/gold',
  title: 'Gold',
  rateLimit: { requests: 100, per: 60 },
  quota: { requests: 10, per: 'P1D' },
  credentialMetadata: {},
  apiIds: ['echo'],
};

/** Collects what is written, whatever the level. */
export function recordingLogger(lines: string[]): LoggerService {
  const write = (message: string, meta?: unknown) => {
    lines.push(`${message} ${JSON.stringify(meta ?? {})}`);
  };
  const logger: LoggerService = {
    error: (message, meta) => write(message, meta),
    warn: (message, meta) => write(message, meta),
    info: (message, meta) => write(message, meta),
    debug: (message, meta) => write(message, meta),
    child: () => logger,
  };
  return logger;
}

/** What a driver is configured with, but for the way to its Tyk. */
export const COMMON_CONFIG = {
  id: 'tyk-eu',
  title: 'Tyk EU',
  tags: ['portal'],
  requestTimeoutMs: 5_000,
  concurrency: 4,
  retries: 2,
  revocation: 'verify' as const,
};

/** Left by an earlier run, as at every installation that a portal has seen. */
const WITNESS_POLICY: SeedPolicy = {
  id: WITNESS,
  name: WITNESS,
  state: 'draft',
  active: true,
  is_inactive: true,
  partitions: { acl: true },
};

/** Paths are shortened where they name keys. */
const ABOUT_WITNESS = /\/bs-w/;

const isWitness = ({ session }: StoredKeyView) =>
  WITNESS in session.access_rights;

/** The sandbox with what somebody else than the driver's witnesses has put there. */
function withoutWitnesses(sandbox: TykSandbox): TykSandbox {
  const { inspect } = sandbox;
  const others = <T extends { id?: unknown; name?: unknown }>(found: T[]) =>
    found.filter(({ id, name }) => id !== WITNESS && name !== WITNESS);
  return Object.create(sandbox, {
    inspect: {
      value: {
        ...inspect,
        keys: () => inspect.keys().filter(key => !isWitness(key)),
        policies: () => others(inspect.policies()),
        policyFiles: () => others(inspect.policyFiles()),
        policyDocuments: () => others(inspect.policyDocuments()),
      },
    },
  });
}

/** A bench over a sandbox, for one kind of driver. */
export async function benchOf<Config extends TykProviderConfig>(
  { sandbox: tyk, config, timing }: BenchOptions<Config>,
  kind: {
    sandbox: TykSandboxOptions;
    plane: 'admin' | 'dashboard';
    configOf(sandbox: TykSandbox): Config;
    create(options: DriverOptions<Config>): TykProvider;
  },
): Promise<Bench<Config>> {
  let ahead = 0;
  const lines: string[] = [];
  const whole = await start({
    reloadDelayMs: 0,
    ...kind.sandbox,
    ...tyk,
    seed: {
      apis: [tokenApi('echo'), tokenApi('second')],
      ...tyk?.seed,
      policies: [WITNESS_POLICY, ...(tyk?.seed?.policies ?? [])],
    },
  });
  const sandbox = withoutWitnesses(whole);
  const providers: TykProvider[] = [];
  const another = (changes: Partial<Config>) => {
    const provider = kind.create({
      config: { ...kind.configOf(sandbox), ...config, ...changes },
      logger: recordingLogger(lines),
      timing: {
        backoffMs: 1,
        pollMs: 5,
        visibleWithinMs: 5_000,
        now: () => Date.now() + ahead,
        ...timing,
      },
    });
    providers.push(provider);
    return provider;
  };
  const provider = another({});
  return {
    sandbox,
    provider,
    another,
    logged: () => lines.join('\n'),
    advance: milliseconds => {
      ahead += milliseconds;
      sandbox.advance(milliseconds);
    },
    call: (secret, path = '/echo/a') =>
      fetch(sandbox.gatewayUrl + path, { headers: { authorization: secret } }),
    offer: async (changes = {}) => {
      const product = { ...PRODUCT, ...changes.product };
      const plan = { ...PLAN, ...changes.plan };
      return {
        credentialId: 'c-1',
        chosenKey: CHOSEN_KEY,
        products: [
          { ...product, reference: await provider.putProduct(product) },
        ],
        plan: { ...plan, reference: await provider.putPlan(plan) },
        alias: 'Shop backend (shop-team)',
        tags: ['app-42'],
        metadata: { ApplicationID: '42' },
      };
    },
    keys: () => sandbox.inspect.keys(),
    witness: () => whole.inspect.keys().find(isWitness),
    requests: () =>
      sandbox.inspect
        .calls()
        .filter(({ plane }) => plane === kind.plane)
        .map(({ method, path }) => `${method} ${path}`)
        .filter(line => !ABOUT_WITNESS.test(line)),
    stop: async () => {
      await sandbox.stop();
      await Promise.all(providers.map(item => item.close()));
    },
  };
}

/** What a promise is rejected with; a test that expects a rejection fails without one. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => 'resolved' as const,
    (error: unknown) => error,
  );
  if (!(outcome instanceof Error)) {
    throw new Error('expected a rejection');
  }
  return outcome;
}

export const startBench = (options: BenchOptions = {}): Promise<Bench> =>
  benchOf<TykGatewayConfig>(options, {
    sandbox: { secret: SECRET },
    plane: 'admin',
    configOf: ({ gatewayUrl }) => ({
      ...COMMON_CONFIG,
      type: 'tyk-gateway',
      url: gatewayUrl,
      gatewayUrl,
      token: SECRET,
      organisation: 'default',
    }),
    create: createGatewayProvider,
  });
