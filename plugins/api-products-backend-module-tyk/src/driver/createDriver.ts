import type { LoggerService } from '@backstage/backend-plugin-api';
import type { TykProviderConfig } from '../config';
import type { TykControl } from '../control/TykControl';
import { TykHttpClient } from '../http/TykHttpClient';
import type { TykHttpClientOptions } from '../http/TykHttpClient';
import { InstallationProbe } from '../probe/InstallationProbe';
import type { ProbeKind } from '../probe/kinds';
import { DEFAULT_TIMING } from './context';
import type { DriverContext, DriverTiming } from './context';
import { provedControl } from './provedControl';
import { TykProvider } from './TykProvider';
import { Witnesses } from './Witnesses';
import type { TykProviderOptions } from './TykProvider';

export interface DriverOptions<Config extends TykProviderConfig> {
  config: Config;
  logger: LoggerService;
  timing?: Partial<DriverTiming> & {
    /** First pause before another try of a call, milliseconds. */
    backoffMs?: number;
  };
}

/** What differs between the kinds of Tyk. */
interface DriverParts {
  control: TykControl;
  probeKind: ProbeKind;
  usage?: (context: DriverContext) => TykProviderOptions['usage'];
}

const DEFAULT_BACKOFF_MS = 200;

/** A probe writes policies to see whether that can be done at all: no proof is to be had where it cannot. */
const asTold = ({
  apis,
  policies,
  policy,
  technicalPolicy,
  settle,
}: TykControl) => ({
  apis,
  policies,
  policy,
  technicalPolicy,
  settle,
});

/** A Tyk as a provider: which parts it is made of, whatever kind of Tyk it is. */
export function createDriver<Config extends TykProviderConfig>(
  {
    config,
    logger,
    timing: { backoffMs = DEFAULT_BACKOFF_MS, ...changes } = {},
  }: DriverOptions<Config>,
  http: Pick<TykHttpClientOptions, 'authorization' | 'refusals' | 'judge'>,
  partsOf: (client: TykHttpClient, timing: DriverTiming) => DriverParts,
): TykProvider {
  const timing = {
    ...DEFAULT_TIMING,
    ...(config.loadingTimeoutMs !== undefined && {
      visibleWithinMs: config.loadingTimeoutMs,
    }),
    ...changes,
  };
  const client = TykHttpClient.create({
    ...http,
    providerId: config.id,
    baseUrl: config.url,
    tls: config.tls,
    timeoutMs: config.requestTimeoutMs,
    retries: config.retries,
    concurrency: config.concurrency,
    backoffMs,
    logger,
  });
  const { control, probeKind, usage } = partsOf(client, timing);
  const context = {
    id: config.id,
    tags: config.tags,
    revocation: config.revocation,
    control,
    timing,
    logger,
  };
  const witnesses = Witnesses.create(context);
  const proved = provedControl(control, witnesses);
  return TykProvider.create({
    config,
    context: { ...context, control: proved },
    probe: InstallationProbe.create(
      { ...context, control: { ...proved, ...asTold(control) } },
      probeKind,
      witnesses,
    ),
    usage: usage?.(context),
    close: () => client.close(),
  });
}
