import { InputError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  Credential,
  Id,
  Page,
  RevealedSecret,
} from 'backstage-plugin-api-products-common';
import { settleSubscription } from './subscriptionState';
import { conflict, refused } from '../lib/errors';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow, SubscriptionRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import type { CredentialDeps } from './deps';
import { issueAnother } from './issue';
import { requirePlace } from './places';
import { reveal } from './reveal';
import { requestRevocation } from './revoke';
import { cancelRotation, cutOff, extend, rotate } from './rotate';
import {
  credentialFor,
  requireUse,
  standingOf,
  takesKeys,
  type Standing,
} from './rights';
import type { Person, UserCaller } from '../identity/Caller';
import { isToBeSuspended } from './suspension';
import type { Credentials } from './types';
import { credentialsOf } from './views';

/** @throws ConflictError unless keys of it work, and are meant to */
function requireActive(subscription: SubscriptionRow): void {
  const { id, status } = subscription;
  const suspended = isToBeSuspended(subscription);
  if (!takesKeys({ status, suspended })) {
    const said = suspended ? 'suspended' : status;
    throw conflict(
      `The subscription is ${said}; keys are issued while it is active`,
      'not-active',
      { subscription: id, status: said },
    );
  }
}

interface CredentialsOptions {
  knex: Knex;
  deps: CredentialDeps;
  /** Told after each commit that there is something to do. */
  worker: { kick(): void };
}

export class DefaultCredentials implements Credentials {
  readonly #knex: Knex;
  readonly #deps: CredentialDeps;
  readonly #worker: { kick(): void };

  static create(options: CredentialsOptions): DefaultCredentials {
    return new DefaultCredentials(options);
  }

  private constructor({ knex, deps, worker }: CredentialsOptions) {
    this.#knex = knex;
    this.#deps = deps;
    this.#worker = worker;
  }

  async list(
    { caller }: Person,
    subscriptionId: Id,
  ): Promise<Page<Credential>> {
    const standing = await standingOf(this.#knex, caller, subscriptionId);
    const items = await this.#viewsOf(standing);
    // A subscription has a handful of them: one page.
    return { items, totalItems: items.length, pageInfo: {} };
  }

  async issue(
    { caller }: Person,
    subscriptionId: Id,
    options: { name?: string; replaces?: Id },
  ): Promise<Credential> {
    const standing = await standingOf(this.#knex, caller, subscriptionId);
    requireUse(standing, 'issue keys for this subscription');
    const { id } = await inTransaction(this.#knex, async tx => {
      await lockSubscription(tx, subscriptionId);
      const { subscription } = await standingOf(tx, caller, subscriptionId);
      requireActive(subscription);
      if (options.replaces !== undefined) {
        await this.#replace(tx, subscriptionId, options.replaces, caller.ref);
      }
      await requirePlace(tx, this.#deps.clock, subscription);
      const issued = await issueAnother(tx, this.#deps, subscription, {
        createdBy: caller.ref,
        name: options.name,
      });
      await settleSubscription(tx, this.#deps.clock, subscriptionId);
      return issued;
    });
    this.#worker.kick();
    return this.#viewOf(standing, id);
  }

  async reveal({ caller }: Person, id: Id): Promise<RevealedSecret> {
    const { credential, standing } = await credentialFor(
      this.#knex,
      caller,
      id,
    );
    requireUse(standing, 'reveal the keys of this subscription');
    const revealed = await inTransaction(this.#knex, tx =>
      reveal(tx, this.#deps, credential, caller.ref),
    );
    this.#worker.kick();
    return revealed;
  }

  async revoke(
    { caller }: Person,
    id: Id,
    { reason }: { reason?: string },
  ): Promise<Credential> {
    const { credential, standing } = await credentialFor(
      this.#knex,
      caller,
      id,
    );
    await inTransaction(this.#knex, async tx => {
      await requestRevocation(tx, this.#deps, credential, caller.ref, reason);
      await settleSubscription(
        tx,
        this.#deps.clock,
        credential.subscription_id,
      );
    });
    this.#worker.kick();
    return this.#viewOf(standing, id);
  }

  async rotate(
    { caller }: Person,
    id: Id,
    wanted: { overlap?: string; name?: string },
  ): Promise<Credential> {
    let made: Id | undefined;
    const standing = await this.#change(
      caller,
      id,
      async (tx, old, subscription) => {
        requireActive(subscription);
        made = await rotate(
          tx,
          this.#deps,
          subscription,
          old,
          caller.ref,
          wanted,
        );
      },
    );
    return this.#viewOf(standing, made ?? id);
  }

  async cutOff({ caller }: Person, id: Id): Promise<Credential> {
    const standing = await this.#change(caller, id, (tx, old) =>
      cutOff(tx, this.#deps, old, caller.ref),
    );
    return this.#viewOf(standing, id);
  }

  async extend(
    { caller }: Person,
    id: Id,
    wanted: { until?: string; overlap?: string },
  ): Promise<Credential> {
    const standing = await this.#change(caller, id, (tx, old) =>
      extend(tx, this.#deps, old, caller.ref, wanted),
    );
    return this.#viewOf(standing, id);
  }

  async cancelRotation({ caller }: Person, id: Id): Promise<Credential> {
    const standing = await this.#change(caller, id, (tx, old, subscription) =>
      cancelRotation(tx, this.#deps, subscription, old, caller.ref),
    );
    return this.#viewOf(standing, id);
  }

  /** What the consumer's side does to a key, under the lock of its subscription. */
  async #change(
    caller: UserCaller,
    id: Id,
    change: (
      tx: Knex.Transaction,
      credential: CredentialRow,
      subscription: SubscriptionRow,
    ) => Promise<void>,
  ): Promise<Standing> {
    const { credential, standing } = await credentialFor(
      this.#knex,
      caller,
      id,
    );
    requireUse(standing, 'rotate the keys of this subscription');
    const subscriptionId = credential.subscription_id;
    await inTransaction(this.#knex, async tx => {
      await lockSubscription(tx, subscriptionId);
      const { subscription } = await standingOf(tx, caller, subscriptionId);
      await change(tx, credential, subscription);
      await settleSubscription(tx, this.#deps.clock, subscriptionId);
    });
    this.#worker.kick();
    return standing;
  }

  async #replace(
    tx: Knex.Transaction,
    subscriptionId: Id,
    id: Id,
    by: string,
  ): Promise<void> {
    const lost: CredentialRow | undefined = await tx('credentials')
      .where({ id, subscription_id: subscriptionId })
      .first();
    if (!lost) {
      throw refused(
        new InputError(`replaces: this subscription has no credential ${id}`),
        'invalid',
        { field: 'replaces' },
      );
    }
    await requestRevocation(tx, this.#deps, lost, by, 'replaced by a new key');
  }

  async #viewsOf({ subscription, rights }: Standing): Promise<Credential[]> {
    const { id } = subscription;
    const views = await credentialsOf(
      this.#knex,
      this.#deps.clock,
      [id],
      () => rights,
    );
    return views.get(id) ?? [];
  }

  async #viewOf(standing: Standing, id: Id): Promise<Credential> {
    const view = (await this.#viewsOf(standing)).find(one => one.id === id);
    if (!view) {
      throw new NotFoundError(`There is no credential ${id}`);
    }
    return view;
  }
}
