import type { HumanDuration } from '@backstage/types';
import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /** API Products */
  apiProducts?: {
    /**
     * Users and groups that see and decide everything. A short ref means a group in the namespace `default`.
     * Default: nobody.
     */
    platformOwners?: string[];

    /**
     * Users and groups that make and change plans beside the platform owners, over REST and in Git. A short ref means a
     * group in the namespace `default`. Default: nobody.
     */
    planAuthors?: string[];

    ingestion?: {
      /**
       * How often the catalog is asked for products, plans and catalogues. Default: every minute.
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * When more than this percentage of all records from Git is gone at once, nothing is hidden and a warning is
       * logged. 100 lets everything through: set it for one run to confirm that they really are gone. Default: 25.
       */
      maxDropPercent?: number;
    };

    /** What the portal does with each provider; the module that speaks with it has further keys here. */
    providers?: {
      [id: string]: {
        /**
         * User or group that owns what is imported from the provider. A short ref means a group in the namespace
         * `default`. Default: the first group of `platformOwners`.
         */
        defaultOwner?: string;

        synchronisation?: {
          /**
           * Whether products and plans are looked for at start and on schedule. False: only when somebody asks for it.
           * Default: true.
           */
          enabled?: boolean;
          /** Default: every 10 minutes. */
          schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
          /**
           * When more than this percentage of what was imported is gone from the provider at once, it is not hidden
           * until a platform owner confirms it. Default: 25.
           */
          maxDropPercent?: number;
        };

        provisioning?: {
          /** Jobs of this provider at the same time in each backend. Default: that of `apiProducts.provisioning`. */
          concurrency?: number;
        };

        drift?: {
          /** How often the provider is compared with the portal. Default: every hour. */
          schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
          /**
           * What is done about a difference. `manual`: a platform owner decides. `automatic`: what the portal says is
           * pushed. Default: manual.
           */
          repair?: 'manual' | 'automatic';
        };
      };
    };

    /** How long what is over is kept. The history is always kept. */
    retention?: {
      /** Jobs that were given up. Default: 30 days. */
      failedJobs?: HumanDuration | string;
      /** Differences with a provider that are repaired or gone. Default: 90 days. */
      driftItems?: HumanDuration | string;
      /** What says that the quota of a key began anew, of months that are over. Default: 90 days. */
      quotaResets?: HumanDuration | string;
    };

    approvals?: {
      /**
       * Whether somebody who decides about a product may decide their own access request. Default: false.
       */
      allowSelfApproval?: boolean;
      /** After so long those who decide are reminded of a request. Default: P3D. */
      remindAfter?: HumanDuration | string;
      /** After so long platform owners are told that nobody has decided. Default: P7D. */
      escalateAfter?: HumanDuration | string;
      /** After so long a request expires that nobody has decided. Default: P30D. */
      expireAfter?: HumanDuration | string;
    };

    secrets?: {
      /**
       * Keys that seal secrets until they are shown. The first seals, all open: to change keys, put the new one first
       * and remove the old one when everything it has sealed is shown or forgotten. Required in production.
       */
      keys?: Array<{
        /** Names the key beside what it has sealed. Default: derived from the key. */
        id?: string;
        /**
         * 32 random bytes in base64, e.g. of `openssl rand -base64 32`.
         * @visibility secret
         */
        secret: string;
      }>;
    };

    provisioning?: {
      /**
       * Jobs at the same time in each backend, for each provider, and for what needs no provider. Default: 8.
       */
      concurrency?: number;
      /** After this without a sign of life another backend takes a job over. Default: 30 seconds. */
      lease?: HumanDuration | string;
      /**
       * After so long at the latest due jobs are looked for; sooner where one is known to be due. Default: 15 seconds.
       */
      pollInterval?: HumanDuration | string;
      /** After this a key that could not be made is given up; people can try it again. Default: 24 hours. */
      giveUpAfter?: HumanDuration | string;
    };
  };
}
