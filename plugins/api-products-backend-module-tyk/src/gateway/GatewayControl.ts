/**
 * The Gateway API of an open-source Tyk, call by call: what is sent, which answers are an answer, and what they mean.
 */
import { z } from 'zod';
import { oauthClientCalls } from '../control/oauthClients';
import { TykCalls } from '../control/TykCalls';
import type { ControlHealth, TykControl } from '../control/TykControl';
import type { ControlTiming } from '../control/timing';
import type { TykHttpClient } from '../http/TykHttpClient';
import { deletionsHold } from '../model/version';
import { gatewayApis } from './gatewayApis';
import { gatewayKeys } from './gatewayKeys';
import { gatewayPolicies } from './gatewayPolicies';

/** Texts of a status 500 that mean "no" rather than "something broke". */
export const GATEWAY_REFUSALS: readonly RegExp[] = [
  /^Unmarshalling failed/,
  /^Failed to create key/,
  /^Failed to create file/,
  /^Unable to access policy storage/,
  /^Delete failed/,
  /service policy source/,
];

const healthSchema = z.object({
  version: z.string().nullish(),
  details: z
    .record(z.string(), z.object({ status: z.string().nullish() }))
    .nullish(),
});

export function createGatewayControl(options: {
  client: TykHttpClient;
  organisation: string;
  timing: ControlTiming;
}): TykControl {
  const { client, organisation, timing } = options;
  const calls = TykCalls.create(client);
  return {
    traits: { choosesIds: true, uniqueNames: false, states: false },
    organisation: async () => organisation,
    health: signal => health(calls, signal),
    deletionsHold: async signal =>
      deletionsHold((await health(calls, signal))?.version),
    ...gatewayPolicies(calls, timing, async signal => {
      const found = await health(calls, signal);
      return found?.down ?? [];
    }),
    ...gatewayApis(calls),
    ...gatewayKeys(calls),
    ...oauthClientCalls(calls, {
      clients: apiId => ['tyk', 'oauth', 'clients', apiId],
      creation: apiId => ({
        path: ['tyk', 'oauth', 'clients', 'create'],
        more: { api_id: apiId },
      }),
      list: async request =>
        calls.list(
          request.operation,
          await calls.ok({ ...request, method: 'GET' }),
        ),
    }),
  };
}

/** `/hello`; undefined where the installation has given it another name. */
async function health(
  calls: TykCalls,
  signal: AbortSignal | undefined,
): Promise<ControlHealth | undefined> {
  const answer = await calls.send({
    operation: 'ask for health',
    method: 'GET',
    path: ['hello'],
    // A gateway without Redis says so with a 503.
    tolerate: [404, 500, 503],
    signal,
  });
  const parsed = healthSchema.safeParse(answer.body);
  if (!parsed.success) return undefined;
  const { version, details } = parsed.data;
  return {
    ...(version && { version }),
    down: Object.entries(details ?? {})
      .filter(([, part]) => part.status === 'fail')
      .map(([name]) => name),
  };
}
