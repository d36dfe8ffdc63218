import { InputError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import type {
  Credential,
  Id,
  Page,
  RevealedSecret,
} from 'backstage-plugin-api-products-common';
import { settleSubscription } from './subscriptionState';
import { planSpecOf } from '../records/specs';
import { toIso } from '../lib/clock';
import { conflict, refused } from '../lib/errors';
import { lockSubscription } from '../lib/locks';
import type { CredentialRow, PlanRow, SubscriptionRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import { contextOf } from './context';
import type { CredentialDeps } from './deps';
import { issueCredential, nameFor } from './issue';
import { planInForce } from './planChange';
import { reveal } from './reveal';
import { requestRevocation } from './revoke';
import { credentialFor, requireUse, standingOf, type Standing } from './rights';
import type { Person } from '../identity/Caller';
import { isToBeSuspended } from './suspension';
import type { Credentials } from './types';
import { credentialsOf } from './views';

/** Statuses in which a credential takes one of the places that the plan gives. */
const LIVE: CredentialRow['status'][] = ['provisioning', 'active', 'failed'];

/** @throws ConflictError unless keys of it work, and are meant to */
function requireActive(subscription: SubscriptionRow): void {
  const { id, status } = subscription;
  const suspended = isToBeSuspended(subscription);
  if (status !== 'active' || suspended) {
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
      const plan: PlanRow = await tx('plans')
        .where({ id: planInForce(subscription, this.#deps.clock.now()) })
        .first();
      const planSpec = planSpecOf(plan);
      await this.#requirePlace(tx, subscriptionId, planSpec.credentials.max);
      const context = await contextOf(tx, subscriptionId);
      const product = context?.products[0];
      if (!product) {
        throw new NotFoundError('The subscription has lost its products');
      }
      const issued = await issueCredential(tx, this.#deps, {
        subscriptionId,
        applicationId: subscription.application_id,
        product,
        plan,
        planSpec,
        createdBy: caller.ref,
        name: await nameFor(tx, subscriptionId, options.name),
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

  /** Under the lock of the subscription, so that two at once do not both find the last place free. */
  async #requirePlace(
    tx: Knex.Transaction,
    subscriptionId: Id,
    max: number,
  ): Promise<void> {
    const live: Pick<CredentialRow, 'id'>[] = await tx('credentials')
      .where({ subscription_id: subscriptionId })
      .whereIn('status', LIVE)
      .where(any =>
        any
          .whereNull('expires_at')
          .orWhere('expires_at', '>', toIso(this.#deps.clock.now())),
      )
      .select('id');
    if (live.length >= max) {
      throw conflict(
        `The plan allows ${max} ${
          max === 1 ? 'key' : 'keys'
        } for a subscription; revoke one, or name a lost one in 'replaces'`,
        'keys-used-up',
        { subscription: subscriptionId, limit: max },
      );
    }
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
