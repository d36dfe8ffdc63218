import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  applicationCreatePermission,
  applicationDeletePermission,
  applicationReadPermission,
  applicationUpdatePermission,
  type Application,
  type Id,
  type Page,
} from 'backstage-plugin-api-products-common';
import { demand } from './authorized';
import type {
  ApplicationChange,
  ApplicationFilter,
  Applications,
  NewApplication,
  Person,
} from './types';

/** @internal */
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
    await demand(this.#permissions, person, applicationReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<Application> {
    await demand(this.#permissions, person, applicationReadPermission);
    return this.#inner.get(person, id);
  }

  async create(person: Person, input: NewApplication): Promise<Application> {
    await demand(this.#permissions, person, applicationCreatePermission);
    return this.#inner.create(person, input);
  }

  async update(
    person: Person,
    id: Id,
    change: ApplicationChange,
  ): Promise<Application> {
    await demand(this.#permissions, person, applicationUpdatePermission);
    return this.#inner.update(person, id, change);
  }

  async delete(person: Person, id: Id): Promise<void> {
    await demand(this.#permissions, person, applicationDeletePermission);
    return this.#inner.delete(person, id);
  }
}
