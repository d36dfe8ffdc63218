import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';
import type { Components } from './Components';
import type { CredentialDeps } from '../subscriptions/deps';
import { AuthorizedAccessRequests } from './AuthorizedAccessRequests';
import { AuthorizedApplications } from './AuthorizedApplications';
import { AuthorizedSubscriptions } from '../subscriptions/AuthorizedSubscriptions';
import { DefaultAccessRequests } from './DefaultAccessRequests';
import { DefaultApplications } from './DefaultApplications';
import { DefaultSubscriptions } from '../subscriptions/DefaultSubscriptions';
import type {
  AccessPolicy,
  AccessRequests,
  Applications,
  PersonOf,
} from './types';
import type { GoneOwners } from '../identity/goneOwners';
import type { JobRunner } from '../jobs/JobRunner';
import type { Subscriptions } from '../subscriptions/types';

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
}): {
  applications: Applications;
  accessRequests: AccessRequests;
  subscriptions: Subscriptions;
} {
  const { db, credentials, components, permissions } = options;
  return {
    applications: AuthorizedApplications.create(
      DefaultApplications.create({
        db,
        clock: credentials.clock,
        components,
        goneOwners: options.goneOwners,
      }),
      permissions,
    ),
    accessRequests: AuthorizedAccessRequests.create(
      DefaultAccessRequests.create(options),
      permissions,
    ),
    subscriptions: AuthorizedSubscriptions.create(
      DefaultSubscriptions.create(options),
      permissions,
    ),
  };
}
