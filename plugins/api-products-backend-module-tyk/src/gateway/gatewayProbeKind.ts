import type { ProbeKind } from '../probe/kinds';

/** What a probe says and asks of an open-source gateway. */
export const gatewayProbeKind: ProbeKind = {
  type: 'tyk-gateway',
  who: 'The gateway',
  permissions: false,
  listing: 'set enable_hashed_keys_listing to true in tyk.conf',
  byHash: 'set hash_keys to true in tyk.conf',
  look: async () => [
    {
      name: 'analytics',
      status: 'ok',
      message:
        'An open-source gateway keeps no usage by day: that needs a provider of type tyk-dashboard.',
    },
    {
      name: 'identity-provider-registry',
      status: 'ok',
      message:
        'An open-source gateway has no registry of identity providers: JWT scopes are mapped in the definitions of the APIs.',
    },
  ],
};
