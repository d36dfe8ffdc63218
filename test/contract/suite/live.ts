/**
 * Real installations, named by the environment:
 *
 *   TYK_GATEWAY_URL, TYK_GATEWAY_SECRET, TYK_GATEWAY_ORG      an open-source Gateway
 *   TYK_DASHBOARD_URL, TYK_DASHBOARD_KEY, TYK_GATEWAY_URL     a Dashboard, and where its gateway answers consumers
 *   TYK_STORE_STOP, TYK_STORE_START                           commands that stop and start the gateway's Redis
 *
 * The installation must reach this machine on loopback, where the upstream of the suite listens.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createTarget, type Installation } from './createTarget';
import type { Column } from './contractCase';
import type { Store } from './Target';

type Environment = Record<string, string | undefined>;

const trimmed = (url: string): string => url.replace(/\/+$/, '');

export const onTheWall: Pick<Installation, 'now' | 'wait' | 'stop'> = {
  now: () => Date.now(),
  wait: seconds =>
    new Promise(resolve => {
      setTimeout(resolve, seconds * 1000);
    }),
  stop: async () => {},
};

/** The Dashboard says to which organisation its key belongs. */
async function organisationOf(url: string, token: string): Promise<string> {
  const response = await fetch(`${url}/api/users?p=-2`, {
    headers: { authorization: token },
  });
  const { users } = await response.json();
  return String(users[0].org_id);
}

/** Long enough for a gateway to have noticed, and to have its connections back. */
const SETTLES_MS = 3_000;

const run = async (command: string): Promise<void> => {
  await promisify(execFile)('sh', ['-c', command]);
  await new Promise(resolve => {
    setTimeout(resolve, SETTLES_MS);
  });
};

function storeOf({
  TYK_STORE_STOP: stop,
  TYK_STORE_START: start,
}: Environment): Store | undefined {
  return stop && start
    ? { stop: () => run(stop), start: () => run(start) }
    : undefined;
}

export function liveTargets(environment: Environment): Column[] {
  const {
    TYK_GATEWAY_URL: gatewayUrl,
    TYK_GATEWAY_SECRET: secret,
    TYK_GATEWAY_ORG: organisation,
    TYK_DASHBOARD_URL: dashboardUrl,
    TYK_DASHBOARD_KEY: key,
  } = environment;
  const store = storeOf(environment);
  const columns: Column[] = [];
  if (gatewayUrl && secret && organisation) {
    const name = 'live Gateway';
    columns.push({
      name,
      mode: 'gateway',
      live: true,
      store: store !== undefined,
      start: () =>
        createTarget({
          ...onTheWall,
          store,
          name,
          mode: 'gateway',
          url: trimmed(gatewayUrl),
          token: secret,
          gatewayUrl: trimmed(gatewayUrl),
          organisation,
        }),
    });
  }
  if (dashboardUrl && key && gatewayUrl) {
    const name = 'live Dashboard';
    columns.push({
      name,
      mode: 'dashboard',
      live: true,
      store: store !== undefined,
      start: async () =>
        createTarget({
          ...onTheWall,
          store,
          name,
          mode: 'dashboard',
          url: trimmed(dashboardUrl),
          token: key,
          gatewayUrl: trimmed(gatewayUrl),
          organisation: await organisationOf(trimmed(dashboardUrl), key),
        }),
    });
  }
  return columns;
}
