import type { TykDashboardConfig } from '../config';
import { TykCalls } from '../control/TykCalls';
import { createDriver } from '../driver/createDriver';
import type { DriverOptions } from '../driver/createDriver';
import type { TykProvider } from '../driver/TykProvider';
import { dashboardUsage } from '../usage/dashboardUsage';
import { createDashboardControl } from './DashboardControl';
import { dashboardProbeKind } from './dashboardProbeKind';
import { DASHBOARD_REFUSALS, judgeDashboard } from './refusals';

/** A Dashboard as a provider. */
export function createDashboardProvider(
  options: DriverOptions<TykDashboardConfig>,
): TykProvider {
  const { token, organisation } = options.config;
  return createDriver(
    options,
    {
      // As it stands: a Dashboard knows no scheme, whatever its own description says.
      authorization: { header: 'Authorization', token },
      refusals: DASHBOARD_REFUSALS,
      judge: judgeDashboard,
    },
    (client, timing) => {
      const calls = TykCalls.create(client);
      return {
        control: createDashboardControl({ client, organisation, timing }),
        probeKind: dashboardProbeKind(calls, timing.now),
        usage: context => dashboardUsage(context, calls),
      };
    },
  );
}
