import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  subscriptionReadPermission,
  subscriptionUpdatePermission,
  type Id,
  type Page,
  type Subscription,
} from 'backstage-plugin-api-products-common';
import { requirePermission } from '../identity/authorize';
import type { Subscriptions, SubscriptionFilter } from './types';
import type { Person } from '../identity/Caller';

/**
 * Asks the permission framework before anything is looked up. It can only take away: who may do what with whose record
 * is decided by the service behind, whatever a policy says.
 */
export class AuthorizedSubscriptions implements Subscriptions {
  readonly #inner: Subscriptions;
  readonly #permissions: PermissionsService;

  static create(
    inner: Subscriptions,
    permissions: PermissionsService,
  ): AuthorizedSubscriptions {
    return new AuthorizedSubscriptions(inner, permissions);
  }

  private constructor(inner: Subscriptions, permissions: PermissionsService) {
    this.#inner = inner;
    this.#permissions = permissions;
  }

  async list(
    person: Person,
    filter: SubscriptionFilter,
  ): Promise<Page<Subscription>> {
    await this.#require(person, subscriptionReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<Subscription> {
    await this.#require(person, subscriptionReadPermission);
    return this.#inner.get(person, id);
  }

  async revoke(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Subscription> {
    await this.#require(person, subscriptionUpdatePermission);
    return this.#inner.revoke(person, id, options);
  }

  async retry(person: Person, id: Id): Promise<Subscription> {
    await this.#require(person, subscriptionUpdatePermission);
    return this.#inner.retry(person, id);
  }

  #require(
    { credentials }: Person,
    permission: BasicPermission,
  ): Promise<void> {
    return requirePermission(this.#permissions, credentials, permission);
  }
}
