import type {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Components } from './Components';
import type { CredentialDeps } from '../subscriptions/deps';
import {
  authorizedSubscriptions,
  type AuthorizedSubscriptions,
} from '../subscriptions/authorized';
import {
  authorizedAccessRequests,
  authorizedApplications,
  type AuthorizedAccessRequests,
  type AuthorizedApplications,
} from './authorized';
import { DefaultAccessRequests } from './DefaultAccessRequests';
import { DefaultApplications } from './DefaultApplications';
import { DefaultSubscriptions } from '../subscriptions/DefaultSubscriptions';
import type { AccessPolicy, PersonOf } from './types';
import type { GoneOwners } from '../identity/goneOwners';
import type { JobRunner } from '../jobs/JobRunner';

/** The access room as everybody else meets it: behind the permission framework. */
export function createAccess(options: {
  db: Knex;
  credentials: CredentialDeps;
  worker: JobRunner;
  policy: AccessPolicy;
  components: Components;
  personOf: PersonOf;
  goneOwners: GoneOwners;
  permissions: PermissionsService;
  logger: LoggerService;
}): {
  applications: AuthorizedApplications;
  accessRequests: AuthorizedAccessRequests;
  subscriptions: AuthorizedSubscriptions;
} {
  const { db, credentials, components, permissions } = options;
  return {
    applications: authorizedApplications(
      DefaultApplications.create({
        db,
        clock: credentials.clock,
        components,
        goneOwners: options.goneOwners,
      }),
      permissions,
    ),
    accessRequests: authorizedAccessRequests(
      DefaultAccessRequests.create(options),
      permissions,
    ),
    subscriptions: authorizedSubscriptions(
      DefaultSubscriptions.create(options),
      permissions,
    ),
  };
}
