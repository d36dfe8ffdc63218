import type { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  catalog?: {
    providers?: {
      /**
       * Brings products, plans and catalogues that were made in the portal or imported from a provider into the
       * catalog. Without this key only entities from Git are there.
       */
      apiProducts?: {
        /** How often the records are read. */
        schedule: SchedulerServiceTaskScheduleDefinitionConfig;
        /**
         * Removals of more than this share of the entities in one run, and of more than one, are held back and logged,
         * in percent. Only those count of whose deletion the portal knows nothing; a platform owner can confirm them
         * under Admin, Clean-up. Default 25; 100 lets everything through.
         */
        maxRemovalPercentage?: number;
      };
    };
  };
}
