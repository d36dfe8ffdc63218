/** The sandbox as a target: everything is possible there, and its clock can be moved. */
import { start } from 'tyk-sandbox';
import type { TykSandbox, TykSandboxOptions } from 'tyk-sandbox';
import { createTarget } from './createTarget';
import type { Absence, Mode, Target } from './Target';

const ORGANISATION = '5e9d9544a1dcd60001d0ed20';

/** For how long a gateway that has just started knows neither APIs nor policies. */
const LOADS_AFTER_MS = 80;

const STOP: Record<Absence, (sandbox: TykSandbox) => void> = {
  down: sandbox => sandbox.setStore('down'),
  hanging: sandbox => sandbox.setStore('hangs'),
  'away since the start': sandbox => {
    sandbox.setStore('down');
    sandbox.restartGateway(LOADS_AFTER_MS);
  },
};

export async function startSandboxTarget(
  mode: Mode,
  options: Pick<TykSandboxOptions, 'settings' | 'reloadDelayMs'> = {},
): Promise<Target> {
  let ahead = 0;
  const sandbox = await start({
    orgId: ORGANISATION,
    reloadDelayMs: 20,
    storeHangsMs: 50,
    ...options,
    dashboardPort: mode === 'dashboard' ? 0 : false,
  });
  const isDashboard = sandbox.dashboardUrl !== undefined;
  return createTarget({
    name: `sandbox ${isDashboard ? 'Dashboard' : 'Gateway'}`,
    mode,
    url: sandbox.dashboardUrl ?? sandbox.gatewayUrl,
    token: isDashboard ? sandbox.dashboardKey : sandbox.secret,
    gatewayUrl: sandbox.gatewayUrl,
    organisation: ORGANISATION,
    sandbox,
    store: {
      stop: async how => STOP[how](sandbox),
      start: async () => sandbox.setStore('up'),
    },
    now: () => Date.now() + ahead,
    wait: async seconds => {
      ahead += seconds * 1000;
      sandbox.advance(seconds * 1000);
    },
    stop: () => sandbox.stop(),
  });
}
