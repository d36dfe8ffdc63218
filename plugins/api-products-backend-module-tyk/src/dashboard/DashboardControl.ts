/**
 * The Dashboard API, call by call: what is sent, which answers are an answer, and what they mean.
 */
import { z } from 'zod';
import { oauthClientCalls } from '../control/oauthClients';
import { TykCalls } from '../control/TykCalls';
import type { ControlHealth, TykControl } from '../control/TykControl';
import type { ControlTiming } from '../control/timing';
import { envelopeField } from '../http/answer';
import type { TykHttpClient } from '../http/TykHttpClient';
import { dashboardArrival } from './arrival';
import { dashboardApis } from './dashboardApis';
import { dashboardKeys } from './dashboardKeys';
import { dashboardPolicies } from './dashboardPolicies';
import { identityProviders } from './identityProviders';
import { discoverOrganisation } from './organisation';
import { wholeList } from './pages';

const healthSchema = z.object({ version: z.string().nullish() });

export function createDashboardControl(options: {
  client: TykHttpClient;
  /** Absent = that of the token's user. */
  organisation: string | undefined;
  timing: ControlTiming;
}): TykControl {
  const { client, timing } = options;
  const calls = TykCalls.create(client);
  const apis = dashboardApis(calls);
  const policies = dashboardPolicies(calls, apis.apis);
  const organisation = discoverOrganisation(calls, options.organisation, {
    policies: policies.policies,
    apis: apis.apis,
  });
  const arrival = dashboardArrival(calls, timing, {
    policy: policies.policy,
    organisation,
  });
  return {
    traits: { choosesIds: false, uniqueNames: true, states: true },
    organisation,
    health: signal => health(calls, signal),
    // A Dashboard tells its own version at most, and not those of its gateways.
    deletionsHold: async () => false,
    ...apis,
    ...identityProviders(calls),
    ...policies,
    ...oauthClientCalls(calls, {
      clients: apiId => ['api', 'apis', 'oauth', apiId],
      creation: apiId => ({
        path: ['api', 'apis', 'oauth', apiId],
        more: {},
      }),
      list: request =>
        wholeList(calls, {
          ...request,
          items: body => envelopeField(body, 'apps'),
        }),
    }),
    ...dashboardKeys(calls, timing, arrival),
    settle: arrival.settle,
  };
}

/** `/hello`: that it is up, and in some versions which one it is. */
async function health(
  calls: TykCalls,
  signal: AbortSignal | undefined,
): Promise<ControlHealth | undefined> {
  const answer = await calls.send({
    operation: 'ask for health',
    method: 'GET',
    path: ['hello'],
    tolerate: [400, 401, 403, 404, 500, 503],
    signal,
  });
  const parsed = healthSchema.safeParse(answer.body);
  if (!parsed.success) return undefined;
  const { version } = parsed.data;
  return { ...(version && { version }), down: [] };
}
