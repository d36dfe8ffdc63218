import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { createControlApp } from './control/app';
import { FaultRegistry } from './faults/registry';
import { CallLog } from './http/calls';
import { close, createGatewayServer, listen } from './http/server';
import { createClock } from './state/clock';
import { DEFAULT_SETTINGS, createGateway, load, wipe } from './state/gateway';
import type { Gateway } from './state/gateway';
import { plant, policyFrom } from './state/seed';
import { removeKey } from './state/sessions';
import type {
  SandboxEdits,
  SandboxInspection,
  TykSandbox,
  TykSandboxOptions,
} from './types';

/** For development only, as its name says. */
const DEVELOPMENT_SECRET = 'tyk-sandbox-secret';
const RELOAD_DELAY_MS = 900;

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
  });
  const faults = new FaultRegistry();
  const calls = new CallLog();
  const stopping = new AbortController();

  const servers: Server[] = [];
  let controlUrl: string | undefined;
  const open = async (server: Server, port: number) => {
    const url = `http://${host}:${await listen(server, host, port)}`;
    servers.push(server);
    return url;
  };
  const sandbox: TykSandbox = {
    get gatewayUrl() {
      return gateway.url;
    },
    get controlUrl() {
      return controlUrl;
    },
    get settings() {
      return gateway.settings;
    },
    secret: gateway.secret,
    faults,
    inspect: inspection(gateway, calls),
    edit: edits(gateway, orgId),
    setSettings: changes => {
      gateway.settings = { ...gateway.settings, ...changes };
    },
    advance: milliseconds => gateway.clock.advance(milliseconds),
    reset: () => {
      wipe(gateway);
      gateway.settings = { ...DEFAULT_SETTINGS, ...options.settings };
      faults.clear();
      calls.clear();
      plant(gateway, seed, orgId);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(servers.splice(0).map(close));
    },
  };

  const parts = { gateway, faults, calls, stopped: stopping.signal };
  const { gatewayPort = 0, controlPort = false } = options;
  gateway.url = await open(createGatewayServer(parts), gatewayPort);
  try {
    sandbox.reset();
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

function inspection(gateway: Gateway, calls: CallLog): SandboxInspection {
  const copies = <T>(values: Iterable<T>) =>
    [...values].map(value => structuredClone(value));
  return {
    keys: () => gateway.keys.list(),
    policies: () => copies(gateway.loaded.policies.values()),
    policyFiles: () => copies(gateway.files.policies.values()),
    calls: () => calls.list(),
  };
}

function edits(gateway: Gateway, orgId: string): SandboxEdits {
  const { policies } = gateway.files;
  const reload = () => load(gateway);
  return {
    putPolicy: policy => {
      policies.set(policy.id, policyFrom(policy, orgId));
      reload();
    },
    removePolicy: id => {
      const existed = policies.delete(id);
      reload();
      return existed;
    },
    removeKey: hash => removeKey(gateway, orgId, hash, true),
    reload,
  };
}
