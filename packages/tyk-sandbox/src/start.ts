import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createControlApp } from './control/app';
import { changePolicy, policyDocuments, removePolicy } from './dashboard/edits';
import { plantDashboard } from './dashboard/seed';
import { createDashboard } from './dashboard/state';
import type { Dashboard } from './dashboard/state';
import { FaultRegistry } from './faults/registry';
import { CallLog } from './http/calls';
import {
  close,
  createDashboardServer,
  createGatewayServer,
  listen,
} from './http/server';
import { createClock } from './state/clock';
import {
  DEFAULT_SETTINGS,
  createGateway,
  load,
  loadIfDue,
  restart,
  wipe,
} from './state/gateway';
import { plant, plantApi, policyFrom } from './state/seed';
import { removeKey } from './state/sessions';
import type {
  SandboxEdits,
  SandboxInspection,
  SandboxSettings,
  TykSandbox,
  TykSandboxOptions,
} from './types';
import { numbersIn } from './versions';

/** For development only, as their names say. */
const DEVELOPMENT_SECRET = 'tyk-sandbox-secret';
const DEVELOPMENT_KEY = 'tyk-sandbox-dashboard-key';
const RELOAD_DELAY_MS = 900;
const STORE_HANGS_MS = 10_000;
const LOADS_AFTER_MS = 80;

/**
 * Starts a sandbox.
 *
 * @returns the sandbox, once it listens and its seed is loaded
 * @throws the error of the system where a port is taken
 * @public
 */
export async function start(
  options: TykSandboxOptions = {},
): Promise<TykSandbox> {
  const { host = '127.0.0.1', orgId = 'default', seed = {} } = options;
  const gateway = createGateway({
    clock: createClock(options.clock ?? Date),
    secret: options.secret ?? DEVELOPMENT_SECRET,
    reloadDelayMs: options.reloadDelayMs ?? RELOAD_DELAY_MS,
    storeHangsMs: options.storeHangsMs ?? STORE_HANGS_MS,
  });
  const dashboard = createDashboard({
    gateway,
    key: options.dashboardKey ?? DEVELOPMENT_KEY,
    orgId,
  });
  const faults = new FaultRegistry();
  const calls = new CallLog();
  const stopping = new AbortController();

  const servers: Server[] = [];
  let controlUrl: string | undefined;
  let dashboardUrl: string | undefined;
  const open = async (server: Server, port: number) => {
    const url = `http://${host}:${await listen(server, host, port)}`;
    servers.push(server);
    return url;
  };
  const sandbox: TykSandbox = {
    get gatewayUrl() {
      return gateway.url;
    },
    get dashboardUrl() {
      return dashboardUrl;
    },
    get controlUrl() {
      return controlUrl;
    },
    get settings() {
      return gateway.settings;
    },
    secret: gateway.secret,
    dashboardKey: dashboard.key,
    faults,
    inspect: inspection(dashboard, calls),
    edit: edits(dashboard),
    setSettings: changes => {
      gateway.settings = checked({ ...gateway.settings, ...changes });
    },
    setStore: state => gateway.store.set(state),
    restartGateway: (loadsAfterMs = LOADS_AFTER_MS) =>
      restart(gateway, loadsAfterMs),
    advance: milliseconds => gateway.clock.advance(milliseconds),
    reset: () => {
      wipe(gateway);
      gateway.settings = checked({ ...DEFAULT_SETTINGS, ...options.settings });
      faults.clear();
      calls.clear();
      plant(gateway, seed, orgId);
      plantDashboard(dashboard, seed);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(servers.splice(0).map(close));
    },
  };

  const parts = { gateway, faults, calls, stopped: stopping.signal };
  const {
    gatewayPort = 0,
    dashboardPort = false,
    controlPort = false,
  } = options;
  gateway.url = await open(createGatewayServer(parts), gatewayPort);
  try {
    sandbox.reset();
    if (dashboardPort !== false) {
      const server = createDashboardServer(parts, dashboard);
      dashboardUrl = await open(server, dashboardPort);
    }
    if (controlPort !== false) {
      const control = createServer(createControlApp(sandbox));
      controlUrl = await open(control, controlPort);
    }
  } catch (error) {
    await sandbox.stop();
    throw error;
  }
  return sandbox;
}

/** @throws Error where a version is none, rather than at the first request */
function checked(settings: SandboxSettings): SandboxSettings {
  numbersIn(settings.version);
  numbersIn(settings.dashboardVersion);
  return settings;
}

function inspection(dashboard: Dashboard, calls: CallLog): SandboxInspection {
  const { gateway } = dashboard;
  const copies = <T>(values: Iterable<T>) =>
    [...values].map(value => structuredClone(value));
  return {
    keys: () => gateway.keys.list(),
    policies: () => {
      loadIfDue(gateway);
      return copies(gateway.loaded.policies.values());
    },
    policyFiles: () => copies(gateway.files.policies.values()),
    policyDocuments: () => policyDocuments(dashboard),
    calls: () => calls.list(),
  };
}

function edits(dashboard: Dashboard): SandboxEdits {
  const { gateway, orgId } = dashboard;
  const { policies, apis } = gateway.files;
  const reload = () => load(gateway);
  return {
    putPolicy: policy => {
      policies.set(policy.id, policyFrom(policy, orgId));
      reload();
    },
    changePolicy: (id, changes) => changePolicy(dashboard, id, changes),
    removePolicy: id => {
      // The Dashboard does not see those of other organisations.
      const existed = removePolicy(dashboard, id) || policies.delete(id);
      reload();
      return existed;
    },
    putApi: definition => {
      plantApi(gateway, definition, orgId);
      reload();
    },
    removeApi: id => {
      const existed = apis.delete(id);
      reload();
      return existed;
    },
    removeKey: hash => removeKey(gateway, orgId, hash, true),
    reload,
  };
}
