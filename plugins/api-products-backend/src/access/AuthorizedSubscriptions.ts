import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  subscriptionReadPermission,
  subscriptionUpdatePermission,
  type Id,
  type Page,
  type Subscription,
} from 'backstage-plugin-api-products-common';
import { demand } from './authorized';
import type { Person, SubscriptionFilter, Subscriptions } from './types';

/** @internal */
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
    await demand(this.#permissions, person, subscriptionReadPermission);
    return this.#inner.list(person, filter);
  }

  async get(person: Person, id: Id): Promise<Subscription> {
    await demand(this.#permissions, person, subscriptionReadPermission);
    return this.#inner.get(person, id);
  }

  async revoke(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Subscription> {
    await demand(this.#permissions, person, subscriptionUpdatePermission);
    return this.#inner.revoke(person, id, options);
  }

  async retry(person: Person, id: Id): Promise<Subscription> {
    await demand(this.#permissions, person, subscriptionUpdatePermission);
    return this.#inner.retry(person, id);
  }
}
