import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  applicationCreatePermission,
  applicationDeletePermission,
  applicationReadPermission,
  applicationUpdatePermission,
  type Application,
  type Id,
  type Page,
} from 'backstage-plugin-api-products-common';
import { requirePermission } from '../identity/authorize';
import type {
  ApplicationChange,
  ApplicationFilter,
  Applications,
  NewApplication,
} from './types';
import type { Person } from '../identity/Caller';

/**
 * Asks the permission framework before anything is looked up. It can only take away: who may do what with whose record
 * is decided by the service behind, whatever a policy says.
 */
export class AuthorizedApplications implements Applications {
  readonly #inner: Applications;
  readonly #permissions: PermissionsService;

  static create(
    inner: Applications,
    permissions: PermissionsService,
  ): AuthorizedApplications {
    return new AuthorizedApplications(inner, permissions);
  }

  private constructor(inner: Applications, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async list(
    person: Person,
    filter: ApplicationFilter,
  ): Promise<Page<Application>> {
    await this.#require(person, applicationReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<Application> {
    await this.#require(person, applicationReadPermission);
    return this.#inner.get(person, id);
  }

  async create(person: Person, input: NewApplication): Promise<Application> {
    await this.#require(person, applicationCreatePermission);
    return this.#inner.create(person, input);
  }

  async update(
    person: Person,
    id: Id,
    change: ApplicationChange,
  ): Promise<Application> {
    await this.#require(person, applicationUpdatePermission);
    return this.#inner.update(person, id, change);
  }

  async delete(person: Person, id: Id): Promise<void> {
    await this.#require(person, applicationDeletePermission);
    return this.#inner.delete(person, id);
  }

  #require(
    { credentials }: Person,
    permission: BasicPermission,
  ): Promise<void> {
    return requirePermission(this.#permissions, credentials, permission);
  }
}
