import type { HumanDuration } from '@backstage/types';

export interface Config {
  apiProducts?: {
    /** Installations of gateways, by an id of your choice. Ids stay in the database: do not rename them. */
    providers?: {
      [id: string]: {
        /**
         * Which driver: `tyk-gateway` for an open-source Tyk Gateway.
         * @visibility backend
         */
        type: string;
        /**
         * What people read. Default: the id.
         * @visibility backend
         */
        title?: string;
        /**
         * Where the Gateway API answers; names `control_api_port` where one is set.
         * @visibility backend
         */
        url?: string;
        /**
         * The `secret` of tyk.conf.
         * @visibility secret
         */
        token?: string;
        /**
         * The `org_id` of the APIs. Required for `tyk-gateway`.
         * @visibility backend
         */
        organisation?: string;
        /**
         * Base URL under which consumers call the proxied APIs.
         * @visibility backend
         */
        gatewayUrl?: string;
        /**
         * Tags that every policy of the portal carries. They also become tags of the keys, and so of Tyk's analytics.
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
      };
    };
  };
}
