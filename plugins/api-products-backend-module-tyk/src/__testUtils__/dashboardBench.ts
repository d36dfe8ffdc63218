/**
 * A driver in front of a Dashboard of the sandbox, over HTTP, with a clock that all of them share. The gateway behind
 * the Dashboard loads what is published by itself, `reloadDelayMs` of real time later.
 */
import type { JsonObject } from 'tyk-sandbox';
import type { TykDashboardConfig } from '../config';
import { createDashboardProvider } from '../dashboard/createDashboardProvider';
import { benchOf, COMMON_CONFIG } from './bench';
import type { Bench, BenchOptions } from './bench';

export const DASHBOARD_KEY = 'marker-dashboard-key-91be';

export type DashboardBenchOptions = BenchOptions<TykDashboardConfig>;

export interface DashboardBench extends Bench<TykDashboardConfig> {
  /** Policies as the Dashboard has them. */
  documents(): JsonObject[];
  /** A policy that somebody else makes at the Dashboard. @returns its `_id` */
  foreignPolicy(policy: JsonObject): Promise<string>;
}

export async function startDashboardBench(
  options: DashboardBenchOptions = {},
): Promise<DashboardBench> {
  const bench = await benchOf<TykDashboardConfig>(options, {
    sandbox: { dashboardPort: 0, dashboardKey: DASHBOARD_KEY },
    plane: 'dashboard',
    configOf: ({ dashboardUrl = '', gatewayUrl }) => ({
      ...COMMON_CONFIG,
      type: 'tyk-dashboard',
      url: dashboardUrl,
      gatewayUrl,
      token: DASHBOARD_KEY,
    }),
    create: createDashboardProvider,
  });
  const { sandbox } = bench;
  return {
    ...bench,
    documents: () => sandbox.inspect.policyDocuments(),
    foreignPolicy: async policy => {
      const response = await fetch(
        `${sandbox.dashboardUrl}/api/portal/policies`,
        {
          method: 'POST',
          headers: { authorization: DASHBOARD_KEY },
          body: JSON.stringify(policy),
        },
      );
      const body = await response.json();
      if (!response.ok) throw new Error(JSON.stringify(body));
      return String(body.Message);
    },
  };
}
