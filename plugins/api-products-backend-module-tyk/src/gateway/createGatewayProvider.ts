import type { TykGatewayConfig } from '../config';
import { createDriver } from '../driver/createDriver';
import type { DriverOptions } from '../driver/createDriver';
import type { TykProvider } from '../driver/TykProvider';
import { createGatewayControl, GATEWAY_REFUSALS } from './GatewayControl';
import { gatewayProbeKind } from './gatewayProbeKind';

/** An open-source gateway as a provider. */
export function createGatewayProvider(
  options: DriverOptions<TykGatewayConfig>,
): TykProvider {
  const { token, organisation } = options.config;
  return createDriver(
    options,
    {
      authorization: { header: 'X-Tyk-Authorization', token },
      refusals: GATEWAY_REFUSALS,
    },
    (client, timing) => ({
      control: createGatewayControl({ client, organisation, timing }),
      probeKind: gatewayProbeKind,
    }),
  );
}
