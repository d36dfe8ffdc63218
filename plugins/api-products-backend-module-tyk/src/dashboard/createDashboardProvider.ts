import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TykDashboardConfig } from '../config';
import { TykCalls } from '../control/TykCalls';
import { DEFAULT_TIMING } from '../driver/context';
import type { DriverTiming } from '../driver/context';
import { TykProvider } from '../driver/TykProvider';
import { TykHttpClient } from '../http/TykHttpClient';
import { InstallationProbe } from '../probe/InstallationProbe';
import { dashboardUsage } from '../usage/dashboardUsage';
import { createDashboardControl } from './DashboardControl';
import { dashboardProbeKind } from './dashboardProbeKind';
import { DASHBOARD_REFUSALS, judgeDashboard } from './words';

/** @internal */
export interface DashboardProviderOptions {
  config: TykDashboardConfig;
  logger: LoggerService;
  timing?: Partial<DriverTiming> & {
    /** First pause before another try of a call, milliseconds. */
    backoffMs?: number;
  };
}

const DEFAULT_BACKOFF_MS = 200;

/** A Dashboard as a provider: which parts it is made of. @internal */
export function createDashboardProvider({
  config,
  logger,
  timing: { backoffMs = DEFAULT_BACKOFF_MS, ...changes } = {},
}: DashboardProviderOptions): TykProvider {
  const timing = {
    ...DEFAULT_TIMING,
    ...(config.loadingTimeoutMs !== undefined && {
      visibleWithinMs: config.loadingTimeoutMs,
    }),
    ...changes,
  };
  const client = TykHttpClient.create({
    providerId: config.id,
    baseUrl: config.url,
    // As it stands: a Dashboard knows no scheme, whatever its own description says.
    authorization: { header: 'Authorization', token: config.token },
    tls: config.tls,
    timeoutMs: config.requestTimeoutMs,
    retries: config.retries,
    concurrency: config.concurrency,
    backoffMs,
    refusals: DASHBOARD_REFUSALS,
    judge: judgeDashboard,
    logger,
  });
  const calls = TykCalls.create(client);
  const context = {
    id: config.id,
    tags: config.tags,
    revocation: config.revocation,
    control: createDashboardControl({
      client,
      organisation: config.organisation,
      timing,
    }),
    timing,
    logger,
  };
  return TykProvider.create({
    config,
    context,
    probe: InstallationProbe.create(
      context,
      dashboardProbeKind(calls, timing.now),
    ),
    usage: dashboardUsage(context, calls),
    close: () => client.close(),
  });
}
