import type { PermissionsService } from '@backstage/backend-plugin-api';
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
import { demand } from './authorized';
import type {
  AccessRequestChange,
  AccessRequestFilter,
  AccessRequests,
  NewAccessRequest,
  Person,
} from './types';

/** @internal */
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
    await demand(this.#permissions, person, accessRequestReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestReadPermission);
    return this.#inner.get(person, id);
  }

  async create(
    person: Person,
    input: NewAccessRequest,
    options?: { idempotencyKey?: string },
  ): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestCreatePermission);
    if (typeof input.application !== 'string') {
      await demand(this.#permissions, person, applicationCreatePermission);
    }
    return this.#inner.create(person, input, options);
  }

  async update(
    person: Person,
    id: Id,
    change: AccessRequestChange,
  ): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestUpdatePermission);
    return this.#inner.update(person, id, change);
  }

  async cancel(
    person: Person,
    id: Id,
    options: { revision?: number },
  ): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestCancelPermission);
    return this.#inner.cancel(person, id, options);
  }

  async approve(
    person: Person,
    id: Id,
    options: { revision?: number; comment?: string },
  ): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestDecidePermission);
    return this.#inner.approve(person, id, options);
  }

  async reject(
    person: Person,
    id: Id,
    options: { revision?: number; comment: string },
  ): Promise<AccessRequest> {
    await demand(this.#permissions, person, accessRequestDecidePermission);
    return this.#inner.reject(person, id, options);
  }
}
