import type { HumanDuration } from '@backstage/types';

export interface Config {
  apiProducts?: {
    /** Installations of gateways, by an id of your choice. Ids stay in the database: do not rename them. */
    providers?: {
      [id: string]: {
        /**
         * Which driver: `tyk-gateway` for an open-source Tyk Gateway, `tyk-dashboard` for a Tyk Dashboard
         * (Self-Managed and Cloud).
         * @visibility backend
         */
        type: string;
        /**
         * What people read. Default: the id.
         * @visibility backend
         */
        title?: string;
        /**
         * Where Tyk is administered. `tyk-gateway`: where the Gateway API answers; names `control_api_port` where one
         * is set. `tyk-dashboard`: the Dashboard.
         * @visibility backend
         */
        url?: string;
        /**
         * `tyk-gateway`: the `secret` of tyk.conf. `tyk-dashboard`: the API access key of a user of the Dashboard.
         * @visibility secret
         */
        token?: string;
        /**
         * The `org_id` of the APIs. Required for `tyk-gateway`; of a `tyk-dashboard` it is that of the token's user
         * unless it is set here.
         * @visibility backend
         */
        organisation?: string;
        /**
         * Base URL under which consumers call the proxied APIs.
         * @visibility backend
         */
        gatewayUrl?: string;
        /**
         * Tags that every policy of the portal carries, and that select the policies that are imported: one of them is
         * enough, and without any all are selected. Tyk copies them to keys and analytics.
         * @visibility backend
         */
        tags?: string[];
        tls?: {
          /**
           * Whether the certificate is verified. Default: true; false is logged as a warning.
           * @visibility backend
           */
          rejectUnauthorized?: boolean;
          /**
           * Certificate authority in PEM form, e.g. `{ $file: ./ca.pem }`.
           * @visibility backend
           */
          ca?: string;
        };
        timeouts?: {
          /**
           * Longest time for one call to Tyk. Default: 10 seconds.
           * @visibility backend
           */
          request?: HumanDuration | string;
          /**
           * Longest time until the gateway must have loaded a policy that was written; raise it where gateways are far
           * away from their Dashboard. Default: 20 seconds.
           * @visibility backend
           */
          loading?: HumanDuration | string;
        };
        /**
         * Calls to this installation at the same time. Default: 4.
         * @visibility backend
         */
        concurrency?: number;
        /**
         * Further tries of a call that failed for a passing reason. Default: 3.
         * @visibility backend
         */
        retries?: number;
        /**
         * How a revoked key is kept from coming back. `verify`: it is removed, and read again after the gateway's
         * session cache has expired. `marker`: each key carries a policy of its own that is switched off first, which
         * holds at once whatever the gateway's settings are, at the price of one policy for each key.
         * Default: verify.
         * @visibility backend
         */
        revocation?: 'verify' | 'marker';
      };
    };
  };
}
