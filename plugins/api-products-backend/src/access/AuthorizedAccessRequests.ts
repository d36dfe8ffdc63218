import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  accessRequestCancelPermission,
  accessRequestCreatePermission,
  accessRequestDecidePermission,
  accessRequestReadPermission,
  accessRequestUpdatePermission,
  applicationCreatePermission,
  type AccessRequest,
  type Id,
  type Page,
} from 'backstage-plugin-api-products-common';
import { requirePermission } from '../identity/authorize';
import type {
  AccessRequestChange,
  AccessRequestFilter,
  AccessRequests,
  NewAccessRequest,
} from './types';
import type { Person } from '../identity/Caller';

/**
 * Asks the permission framework before anything is looked up. It can only take away: who may do what with whose record
 * is decided by the service behind, whatever a policy says.
 */
export class AuthorizedAccessRequests implements AccessRequests {
  readonly #inner: AccessRequests;
  readonly #permissions: PermissionsService;

  static create(
    inner: AccessRequests,
    permissions: PermissionsService,
  ): AuthorizedAccessRequests {
    return new AuthorizedAccessRequests(inner, permissions);
  }

  private constructor(inner: AccessRequests, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async list(
    person: Person,
    filter: AccessRequestFilter,
  ): Promise<Page<AccessRequest>> {
    await this.#require(person, accessRequestReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<AccessRequest> {
    await this.#require(person, accessRequestReadPermission);
    return this.#inner.get(person, id);
  }

  async create(
    person: Person,
    input: NewAccessRequest,
    options?: { idempotencyKey?: string },
  ): Promise<AccessRequest> {
    await this.#require(person, accessRequestCreatePermission);
    if (typeof input.application !== 'string') {
      await this.#require(person, applicationCreatePermission);
    }
    return this.#inner.create(person, input, options);
  }

  async update(
    person: Person,
    id: Id,
    change: AccessRequestChange,
  ): Promise<AccessRequest> {
    await this.#require(person, accessRequestUpdatePermission);
    return this.#inner.update(person, id, change);
  }

  async cancel(
    person: Person,
    id: Id,
    options: { revision?: number },
  ): Promise<AccessRequest> {
    await this.#require(person, accessRequestCancelPermission);
    return this.#inner.cancel(person, id, options);
  }

  async approve(
    person: Person,
    id: Id,
    options: { revision?: number; comment?: string },
  ): Promise<AccessRequest> {
    await this.#require(person, accessRequestDecidePermission);
    return this.#inner.approve(person, id, options);
  }

  async reject(
    person: Person,
    id: Id,
    options: { revision?: number; comment: string },
  ): Promise<AccessRequest> {
    await this.#require(person, accessRequestDecidePermission);
    return this.#inner.reject(person, id, options);
  }

  #require(
    { credentials }: Person,
    permission: BasicPermission,
  ): Promise<void> {
    return requirePermission(this.#permissions, credentials, permission);
  }
}
