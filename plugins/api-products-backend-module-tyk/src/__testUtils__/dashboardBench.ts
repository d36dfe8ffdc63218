/**
 * A driver in front of a Dashboard of the sandbox, over HTTP, with a clock that all of them share. The gateway behind
 * the Dashboard loads what is published by itself, `reloadDelayMs` of real time later.
 */
import { start } from 'tyk-sandbox';
import type {
  JsonObject,
  StoredKeyView,
  TykSandbox,
  TykSandboxOptions,
} from 'tyk-sandbox';
import type {
  ProviderCredential,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import type { TykDashboardConfig } from '../config';
import { createDashboardProvider } from '../dashboard/createDashboardProvider';
import type { DriverTiming } from '../driver/context';
import type { TykProvider } from '../driver/TykProvider';
import { CHOSEN_KEY, PLAN, PRODUCT, recordingLogger, tokenApi } from './bench';

export const DASHBOARD_KEY = 'marker-dashboard-key-91be';

export interface DashboardBenchOptions {
  sandbox?: TykSandboxOptions;
  config?: Partial<TykDashboardConfig>;
  timing?: Partial<DriverTiming>;
}

export interface DashboardBench {
  sandbox: TykSandbox;
  provider: TykProvider;
  /** Everything the driver has logged, as text. */
  logged(): string;
  advance(milliseconds: number): void;
  /** A consumer's call. */
  call(secret: string, path?: string): Promise<Response>;
  /** Product and plan at the Dashboard, and a credential on them. */
  offer(changes?: {
    product?: Partial<ProviderProduct>;
    plan?: Partial<ProviderPlan>;
  }): Promise<ProviderCredential>;
  keys(): StoredKeyView[];
  /** Policies as the Dashboard has them. */
  documents(): JsonObject[];
  /** Requests to the Dashboard so far, `METHOD /path`. */
  requests(): string[];
  /** A policy that somebody else makes at the Dashboard. @returns its `_id` */
  foreignPolicy(policy: JsonObject): Promise<string>;
  /** A second driver, for the same Dashboard unless it names another. */
  another(config: Partial<TykDashboardConfig>): TykProvider;
  stop(): Promise<void>;
}

export async function startDashboardBench(
  options: DashboardBenchOptions = {},
): Promise<DashboardBench> {
  let ahead = 0;
  const lines: string[] = [];
  const sandbox = await start({
    dashboardPort: 0,
    dashboardKey: DASHBOARD_KEY,
    reloadDelayMs: 0,
    ...options.sandbox,
    seed: {
      apis: [tokenApi('echo'), tokenApi('second')],
      ...options.sandbox?.seed,
    },
  });
  const { dashboardUrl = '' } = sandbox;
  const providers: TykProvider[] = [];
  const another = (config: Partial<TykDashboardConfig>) => {
    const provider = createDashboardProvider({
      config: {
        type: 'tyk-dashboard',
        id: 'tyk-eu',
        title: 'Tyk EU',
        url: dashboardUrl,
        gatewayUrl: sandbox.gatewayUrl,
        token: DASHBOARD_KEY,
        tags: ['portal'],
        requestTimeoutMs: 5_000,
        concurrency: 4,
        retries: 2,
        revocation: 'verify',
        ...options.config,
        ...config,
      },
      logger: recordingLogger(lines),
      timing: {
        backoffMs: 1,
        pollMs: 5,
        visibleWithinMs: 5_000,
        now: () => Date.now() + ahead,
        ...options.timing,
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
    documents: () => sandbox.inspect.policyDocuments(),
    requests: () =>
      sandbox.inspect
        .calls()
        .filter(({ plane }) => plane === 'dashboard')
        .map(({ method, path }) => `${method} ${path}`),
    foreignPolicy: async policy => {
      const response = await fetch(`${dashboardUrl}/api/portal/policies`, {
        method: 'POST',
        headers: { authorization: DASHBOARD_KEY },
        body: JSON.stringify(policy),
      });
      const body = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(body));
      return String(body.Message);
    },
    stop: async () => {
      await sandbox.stop();
      await Promise.all(providers.map(item => item.close()));
    },
  };
}
