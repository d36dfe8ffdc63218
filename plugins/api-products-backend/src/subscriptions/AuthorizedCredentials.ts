import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  credentialCreatePermission,
  credentialReadPermission,
  credentialRevealPermission,
  credentialRevokePermission,
  type Id,
} from 'backstage-plugin-api-products-common';
import { requirePermission } from '../identity/authorize';
import type { Person } from '../identity/Caller';
import type { Credentials } from './types';

/**
 * Asks the permission framework before anything is looked up. It can only take away: what the rules of the portal
 * forbid stays forbidden behind it.
 */
export class AuthorizedCredentials implements Credentials {
  readonly #credentials: Credentials;
  readonly #permissions: PermissionsService;

  static create(
    credentials: Credentials,
    permissions: PermissionsService,
  ): AuthorizedCredentials {
    return new AuthorizedCredentials(credentials, permissions);
  }

  private constructor(
    credentials: Credentials,
    permissions: PermissionsService,
  ) {
    this.#credentials = credentials;
    this.#permissions = permissions;
  }

  async list(person: Person, subscriptionId: Id) {
    await this.#require(person, credentialReadPermission);
    return this.#credentials.list(person, subscriptionId);
  }

  async issue(
    person: Person,
    subscriptionId: Id,
    options: { name?: string; replaces?: Id },
  ) {
    await this.#require(person, credentialCreatePermission);
    if (options.replaces !== undefined) {
      await this.#require(person, credentialRevokePermission);
    }
    return this.#credentials.issue(person, subscriptionId, options);
  }

  async reveal(person: Person, id: Id) {
    await this.#require(person, credentialRevealPermission);
    return this.#credentials.reveal(person, id);
  }

  async revoke(person: Person, id: Id, options: { reason?: string }) {
    await this.#require(person, credentialRevokePermission);
    return this.#credentials.revoke(person, id, options);
  }

  #require(
    { credentials }: Person,
    permission: BasicPermission,
  ): Promise<void> {
    return requirePermission(this.#permissions, credentials, permission);
  }
}
