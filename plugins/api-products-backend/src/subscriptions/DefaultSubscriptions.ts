/** Subscriptions: who sees them, and ending them. Their status otherwise follows from their credentials. */
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  nextState,
  subscriptionLifecycle,
  type Credential,
  type Id,
  type Page,
  type Subscription,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import type { CredentialDeps } from './deps';
import { retryCredential } from './retry';
import { requestRevocation } from './revoke';
import { credentialsOf } from './views';
import { toIso, type Clock } from '../lib/clock';
import { conflict, refused } from '../lib/errors';
import type { Queryable } from '../lib/Database';
import { lockSubscription } from '../lib/locks';
import type { Sort } from '../lib/cursors';
import { fetchList } from '../lib/paging';
import type { CredentialRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import type { UserCaller, Person } from '../identity/Caller';
import { decidesFor } from '../identity/standing';
import { enqueueNotice, nameOf } from '../notices/notify';
import { withdrawPlanChange } from './planChange';
import { renew } from './renew';
import {
  requireUse,
  seesSubscription,
  standingOf,
  takesKeys,
  usesSubscription,
} from './rights';
import { subscriptionQueries } from './subscriptionFilters';
import {
  productsOfSubscriptions,
  selectSubscription,
  type JoinedSubscription,
  type SubscribedProduct,
} from './subscriptionRows';
import { settleSubscription } from './subscriptionState';
import { requestResumption, requestSuspension } from './suspend';
import { isToBeSuspended } from './suspension';
import { subscriptionOf } from './subscriptionViews';
import type { JobRunner } from '../jobs/JobRunner';
import type { Subscriptions, SubscriptionFilter } from './types';

const SORT: Sort = {
  name: 'subscriptions',
  columns: [
    { column: 'subscriptions.created_at', direction: 'desc', type: 'string' },
    { column: 'subscriptions.id', direction: 'desc', type: 'string' },
  ],
};

interface Options {
  db: Knex;
  credentials: CredentialDeps;
  worker: JobRunner;
}

interface Found {
  row: JoinedSubscription;
  products: SubscribedProduct[];
}

const subscriptionFactsOf = (
  row: Pick<JoinedSubscription, 'application_owner'>,
  products: Pick<SubscribedProduct, 'approvers'>[],
) => ({
  applicationOwner: row.application_owner,
  approvers: [...new Set(products.flatMap(product => product.approvers))],
});

export class DefaultSubscriptions implements Subscriptions {
  readonly #options: Options;

  static create(options: Options): DefaultSubscriptions {
    return new DefaultSubscriptions(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** At most six statements: what the caller reaches, page, total, two for products, credentials. */
  async list(
    { caller }: Person,
    filter: SubscriptionFilter,
  ): Promise<Page<Subscription>> {
    const { db } = this.#options;
    const { rows, pageInfo, total } = await fetchList<JoinedSubscription>(
      db,
      await subscriptionQueries(db, caller, filter),
      query => selectSubscription(db, query),
      SORT,
      filter,
    );
    const items = await this.#show(db, caller, rows);
    return { items, ...total, pageInfo };
  }

  async get({ caller }: Person, id: Id): Promise<Subscription> {
    const { db } = this.#options;
    const { row } = await this.#visible(db, caller, id);
    const [shown] = await this.#show(db, caller, [row]);
    return shown;
  }

  async revoke(
    person: Person,
    id: Id,
    options: { reason?: string },
  ): Promise<Subscription> {
    const { db, credentials, worker } = this.#options;
    await inTransaction(db, async tx => {
      await lockSubscription(tx, id);
      const found = await this.#visible(tx, person.caller, id);
      if (found.row.status === 'revoking') {
        return; // It is wanted already; asking again changes nothing.
      }
      const status = nextState(
        subscriptionLifecycle,
        found.row.status,
        'revoke',
      );
      if (status === undefined) {
        throw conflict(
          `The subscription is ${found.row.status} already`,
          'over',
          { subscription: id, status: found.row.status },
        );
      }
      await tx('subscriptions')
        .where({ id })
        .update({
          status,
          revision: found.row.revision + 1,
          updated_at: toIso(credentials.clock.now()),
        });
      await this.#tellOfRevocation(tx, person.caller, found, options.reason);
      for (const credential of await rowsOf(tx, id)) {
        await requestRevocation(
          tx,
          credentials,
          credential,
          person.caller.ref,
          options.reason,
        );
      }
      await settleSubscription(tx, credentials.clock, id);
    });
    worker.kick();
    return this.get(person, id);
  }

  async suspend(
    person: Person,
    id: Id,
    { reason }: { reason: string },
  ): Promise<Subscription> {
    return this.#change(person, id, (tx, clock, found) => {
      requireDecision(person.caller, found);
      return requestSuspension(tx, clock, found, person.caller.ref, reason);
    });
  }

  async resume(
    person: Person,
    id: Id,
    { reason }: { reason?: string },
  ): Promise<Subscription> {
    return this.#change(person, id, (tx, clock, found) => {
      requireDecision(person.caller, found);
      return requestResumption(tx, clock, found, person.caller.ref, reason);
    });
  }

  async withdrawPlanChange(person: Person, id: Id): Promise<Subscription> {
    const { caller } = person;
    return this.#change(person, id, async (tx, clock, { row, products }) => {
      requireUse(
        await standingOf(tx, caller, id),
        'withdraw the change of its plan',
      );
      await withdrawPlanChange(tx, clock, row, caller.ref, products[0]?.id);
    });
  }

  async renew(person: Person, id: Id): Promise<Subscription> {
    const { db, credentials, worker } = this.#options;
    await inTransaction(db, async tx => {
      await lockSubscription(tx, id);
      requireUse(
        await standingOf(tx, person.caller, id),
        'renew this subscription',
      );
      const found = await this.#visible(tx, person.caller, id);
      await renew(tx, credentials, found, person.caller);
      await settleSubscription(tx, credentials.clock, id);
    });
    worker.kick();
    return this.get(person, id);
  }

  async #change(
    person: Person,
    id: Id,
    change: (tx: Knex.Transaction, clock: Clock, found: Found) => Promise<void>,
  ): Promise<Subscription> {
    const { db, credentials, worker } = this.#options;
    await inTransaction(db, async tx => {
      await lockSubscription(tx, id);
      const found = await this.#visible(tx, person.caller, id);
      await change(tx, credentials.clock, found);
      await settleSubscription(tx, credentials.clock, id);
    });
    worker.kick();
    return this.get(person, id);
  }

  async retry(person: Person, id: Id): Promise<Subscription> {
    const { db, credentials, worker } = this.#options;
    await inTransaction(db, async tx => {
      await lockSubscription(tx, id);
      const { row } = await this.#visible(tx, person.caller, id);
      if (row.status !== 'failed') {
        throw conflict(
          `The subscription is ${row.status}; there is nothing to try again`,
          'over',
          { subscription: id, status: row.status },
        );
      }
      for (const credential of await rowsOf(tx, id)) {
        if (credential.status === 'failed') {
          await retryCredential(tx, credentials, credential, person.caller.ref);
        }
      }
      await settleSubscription(tx, credentials.clock, id);
    });
    worker.kick();
    return this.get(person, id);
  }

  async #tellOfRevocation(
    tx: Knex.Transaction,
    caller: UserCaller,
    { row, products }: Found,
    reason: string | undefined,
  ): Promise<void> {
    const { clock } = this.#options.credentials;
    const what = products.map(product => product.title).join(', ');
    await recordHistory(tx, clock, {
      subject: `subscription:${row.id}`,
      event: 'subscription.revocation-requested',
      actor: caller.ref,
      message: `Asked to revoke ${what} of “${row.application_name}”`,
      reason,
      product: products[0]?.id,
      application: row.application_id,
    });
    await enqueueNotice(tx, clock, {
      recipients: [row.requester_ref, row.application_owner],
      exclude: caller.ref,
      title: `Access of “${
        row.application_name
      }” to ${what} is being revoked by ${nameOf(caller.ref)}`,
      description: reason,
      link: `/api-products/my-access?subscription=${row.id}`,
      severity: 'high',
      topic: 'api-products.subscription.revoking',
      scope: `subscription:${row.id}`,
      payload: { status: 'revoking' },
    });
  }

  async #visible(db: Queryable, caller: UserCaller, id: Id): Promise<Found> {
    const row = await selectSubscription(
      db,
      db('subscriptions').where('subscriptions.id', id),
    ).first();
    const products = row ? (await productsOfSubscriptions(db, [id]))(id) : [];
    if (!row || !seesSubscription(caller, subscriptionFactsOf(row, products))) {
      throw new NotFoundError(`There is no subscription ${id}`);
    }
    return { row, products };
  }

  async #show(
    db: Queryable,
    caller: UserCaller,
    rows: JoinedSubscription[],
  ): Promise<Subscription[]> {
    const byId = new Map(rows.map(row => [row.id, row]));
    const productsOf = await productsOfSubscriptions(db, [...byId.keys()]);
    const credentials = await credentialsOf(
      db,
      this.#options.credentials.clock,
      [...byId.keys()],
      id => {
        const row = byId.get(id);
        const facts = row && subscriptionFactsOf(row, productsOf(id));
        return {
          use: facts !== undefined && usesSubscription(caller, facts),
          revoke: facts !== undefined && seesSubscription(caller, facts),
          takesKeys:
            row !== undefined &&
            takesKeys({ status: row.status, suspended: isToBeSuspended(row) }),
        };
      },
    );
    return rows.map(row => {
      const products = productsOf(row.id);
      const keys: Credential[] = credentials.get(row.id) ?? [];
      return subscriptionOf(row, products, keys, {
        caller,
        now: this.#options.credentials.clock.now(),
      });
    });
  }
}

/** @throws NotAllowedError saying who may */
function requireDecision(caller: UserCaller, { products }: Found): void {
  const approvers = [...new Set(products.flatMap(one => one.approvers))];
  if (!decidesFor(caller, approvers)) {
    throw refused(
      new NotAllowedError(
        `Only ${approvers.join(', ')} and platform owners can do this`,
      ),
      'not-approver',
      { approvers },
    );
  }
}

async function rowsOf(
  tx: Knex.Transaction,
  subscriptionId: Id,
): Promise<CredentialRow[]> {
  return tx('credentials')
    .where({ subscription_id: subscriptionId })
    .orderBy('created_at');
}
