import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TykGatewayConfig } from '../config';
import { DEFAULT_TIMING } from '../driver/context';
import type { DriverTiming } from '../driver/context';
import { TykProvider } from '../driver/TykProvider';
import { TykHttpClient } from '../http/TykHttpClient';
import { createGatewayControl, GATEWAY_REFUSALS } from './GatewayControl';
import { InstallationProbe } from '../probe/InstallationProbe';
import { gatewayProbeKind } from './gatewayProbeKind';

/** @internal */
export interface GatewayProviderOptions {
  config: TykGatewayConfig;
  logger: LoggerService;
  timing?: Partial<DriverTiming> & {
    /** First pause before another try of a call, milliseconds. */
    backoffMs?: number;
  };
}

const DEFAULT_BACKOFF_MS = 200;

/** An open-source gateway as a provider: which parts it is made of. @internal */
export function createGatewayProvider({
  config,
  logger,
  timing: { backoffMs = DEFAULT_BACKOFF_MS, ...changes } = {},
}: GatewayProviderOptions): TykProvider {
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
    authorization: { header: 'X-Tyk-Authorization', token: config.token },
    tls: config.tls,
    timeoutMs: config.requestTimeoutMs,
    retries: config.retries,
    concurrency: config.concurrency,
    backoffMs,
    refusals: GATEWAY_REFUSALS,
    logger,
  });
  const context = {
    id: config.id,
    tags: config.tags,
    revocation: config.revocation,
    control: createGatewayControl({
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
    probe: InstallationProbe.create(context, gatewayProbeKind),
    close: () => client.close(),
  });
}
