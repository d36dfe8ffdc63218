import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  /** API Products */
  apiProducts?: {
    /**
     * Users and groups that see and decide everything. A short ref means a group in the namespace `default`.
     * Default: nobody.
     */
    platformOwners?: string[];

    ingestion?: {
      /**
       * How often the catalog is asked for products, plans and catalogues. Default: every 15 seconds.
       */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * When more than this percentage of all records from Git is gone at once, nothing is hidden and a warning is
       * logged. 100 lets everything through: set it for one run to confirm that they really are gone. Default: 25.
       */
      maxDropPercent?: number;
    };

    approvals?: {
      /**
       * Whether somebody who decides about a product may decide his own access request. Default: false.
       */
      allowSelfApproval?: boolean;
    };
  };
}
