/**
 * Asks the permission framework before anything else is done. It can only take away: what a person may do with a
 * record of somebody else is decided by the services behind, whatever a policy says.
 */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import type { Person } from './types';

/**
 * @throws NotAllowedError naming the permission
 * @internal
 */
export async function demand(
  permissions: PermissionsService,
  { credentials }: Pick<Person, 'credentials'>,
  permission: BasicPermission,
): Promise<void> {
  const [{ result }] = await permissions.authorize([{ permission }], {
    credentials,
  });
  if (result !== AuthorizeResult.ALLOW) {
    throw new NotAllowedError(`You lack the permission ${permission.name}`);
  }
}
