/** Access requests: who sees them, and what can be done with them. */
import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  accessRequestLifecycle,
  nextState,
  type AccessRequest,
  type EntityRef,
  type Id,
  type Page,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { whereProductVisible } from '../records/visibility';
import { contextOf } from '../subscriptions/context';
import { type CredentialDeps, credentialSubject } from '../subscriptions/deps';
import { requireUse, standingOf } from '../subscriptions/rights';
import { toIso } from '../lib/clock';
import { conflict, refused } from '../lib/errors';
import type { Queryable } from '../lib/Database';
import { keepRecord } from '../lib/locks';
import type { Sort } from '../lib/cursors';
import { fetchList } from '../lib/paging';
import type { CredentialRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import type { UserCaller, Person } from '../identity/Caller';
import { requestQueries } from './accessRequestFilters';
import {
  accessRequestOf,
  requestFactsOf,
  findRequest,
  selectRequest,
  type RequestRow,
} from './accessRequestRows';
import { approversOfProducts } from '../records/productParts';
import { checkComponent } from './applicationRows';
import type { Components } from './Components';
import { createAccessRequest } from './createAccessRequest';
import { decide, conflictFor } from './decide';
import type { NewDecision } from './matter';
import { editAccessRequest } from './editAccessRequest';
import { refuseChanged } from './refuseChanged';
import { noticeOfWithdrawal } from './requestNotices';
import { decidesFor } from '../identity/standing';
import { cannotDecide, requestActions, seesRequest } from './rights';
import type {
  AccessPolicy,
  AccessRequestChange,
  AccessRequestFilter,
  AccessRequests,
  NewAccessRequest,
  PersonOf,
} from './types';
import type { Room } from '../jobs/JobQueue';
import type { JobRunner } from '../jobs/JobRunner';

/** How long an answer waits for the key of a request that the plan approved. */
const SETTLED_WITHIN_MS = 1_500;

const byAge = (name: string, direction: 'asc' | 'desc'): Sort => ({
  name,
  columns: [
    { column: 'access_requests.created_at', direction, type: 'string' },
    { column: 'access_requests.id', direction, type: 'string' },
  ],
});

const NEWEST_FIRST = byAge('access-requests', 'desc');
const QUEUE = byAge('access-requests-queue', 'asc');

/** What waits for somebody's decision is a queue: who has waited longest comes first. */
const sortOf = ({ as, status }: AccessRequestFilter): Sort =>
  as === 'approver' && status?.length === 1 && status[0] === 'pending'
    ? QUEUE
    : NEWEST_FIRST;

const productOf = (row: RequestRow) => ({
  id: row.product_id,
  owner: row.product_owner,
});

const unknown = (id: Id) =>
  new NotFoundError(`There is no access request ${id}`);

interface Options {
  db: Knex;
  credentials: CredentialDeps;
  worker: JobRunner;
  policy: AccessPolicy;
  components: Components;
  personOf: PersonOf;
}

export class DefaultAccessRequests implements AccessRequests {
  readonly #options: Options;

  static create(options: Options): DefaultAccessRequests {
    return new DefaultAccessRequests(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** At most four statements: what the caller reaches, page, total, approvers. */
  async list(
    { caller }: Person,
    filter: AccessRequestFilter,
  ): Promise<Page<AccessRequest>> {
    const { db, policy } = this.#options;
    const { rows, pageInfo, total } = await fetchList<RequestRow>(
      db,
      await requestQueries(db, caller, filter),
      selectRequest,
      sortOf(filter),
      filter,
    );
    const approversOf = await approversOfProducts(db, rows.map(productOf));
    return {
      items: rows.map(row =>
        accessRequestOf(row, approversOf(row.product_id), caller, policy),
      ),
      ...total,
      pageInfo,
    };
  }

  async get({ caller }: Person, id: Id): Promise<AccessRequest> {
    const { row, approvers } = await this.#find(this.#options.db, id);
    if (!seesRequest(caller, requestFactsOf(row, approvers))) {
      throw unknown(id);
    }
    return accessRequestOf(row, approvers, caller, this.#options.policy);
  }

  async create(
    person: Person,
    input: NewAccessRequest,
    options: { idempotencyKey?: string } = {},
  ): Promise<AccessRequest> {
    const { db, credentials, components, worker } = this.#options;
    if (typeof input.application !== 'string') {
      await checkComponent(components, person.caller, input.application);
    }
    const { id, credential } = await worker.inline(room =>
      inTransaction(db, tx =>
        createAccessRequest(
          tx,
          { ...credentials, room },
          person.caller,
          input,
          options.idempotencyKey,
        ),
      ),
    );
    return this.#answer(person, id, credential);
  }

  async changePlan(
    person: Person,
    subscription: Id,
    change: Pick<
      NewAccessRequest,
      'plan' | 'when' | 'reason' | 'acceptedTerms'
    >,
    options: { idempotencyKey?: string } = {},
  ): Promise<AccessRequest> {
    const { db } = this.#options;
    const standing = await standingOf(db, person.caller, subscription);
    requireUse(standing, 'change the plan of this subscription');
    const context = await contextOf(db, subscription);
    const first: { ref: string } | undefined = await db('products')
      .where({ id: context?.products[0]?.id ?? '' })
      .first('ref');
    if (!first) {
      throw new NotFoundError('The subscription has lost its products');
    }
    const application = standing.subscription.application_id;
    return this.create(
      person,
      { ...change, subscription, application, product: first.ref },
      options,
    );
  }

  async update(
    person: Person,
    id: Id,
    change: AccessRequestChange,
  ): Promise<AccessRequest> {
    const { db, credentials, worker } = this.#options;
    let credential: CredentialRow | undefined;
    try {
      credential = await worker.inline(room =>
        inTransaction(db, async tx => {
          const { row, approvers } = await this.#find(tx, id);
          if (!seesRequest(person.caller, requestFactsOf(row, approvers))) {
            throw unknown(id);
          }
          const deps = { ...credentials, room };
          return editAccessRequest(tx, deps, person.caller, row, change);
        }),
      );
    } catch (error) {
      if (isDatabaseConflictError(error)) {
        throw conflict(
          'plan: a team mate has just asked for this plan for the same application',
          'already-pending',
          { field: 'plan' },
        );
      }
      throw error;
    }
    return this.#answer(person, id, credential);
  }

  async cancel(
    person: Person,
    id: Id,
    options: { revision?: number },
  ): Promise<AccessRequest> {
    const { db, credentials, policy } = this.#options;
    const { caller } = person;
    await inTransaction(db, async tx => {
      const { row, approvers } = await this.#find(tx, id);
      const facts = requestFactsOf(row, approvers);
      if (!seesRequest(caller, facts)) {
        throw unknown(id);
      }
      const pending = { ...facts, status: 'pending' as const };
      if (!requestActions(caller, pending, policy).includes('cancel')) {
        throw refused(
          new NotAllowedError(
            `Only ${row.requester_ref} or ${row.application_owner} can withdraw this request`,
          ),
          'not-owner',
          { requester: row.requester_ref, owner: row.application_owner },
        );
      }
      const status = nextState(accessRequestLifecycle, row.status, 'cancel');
      const changed =
        status === undefined
          ? 0
          : await tx('access_requests')
              .where({
                id,
                status: 'pending',
                revision: options.revision ?? row.revision,
              })
              .update({
                status,
                revision: row.revision + 1,
                updated_at: toIso(credentials.clock.now()),
              });
      if (changed === 0) {
        throw await conflictFor(tx, id);
      }
      await recordHistory(tx, credentials.clock, {
        subject: `access-request:${id}`,
        event: 'access-request.cancelled',
        actor: caller.ref,
        message: `Withdrew the request for ${row.product_title} on ${row.plan_title}`,
        product: row.product_id,
        application: row.application_id,
      });
      await noticeOfWithdrawal(
        tx,
        credentials.clock,
        row,
        approvers,
        caller.ref,
      );
    });
    return this.#answer(person, id);
  }

  approve(
    person: Person,
    id: Id,
    options: { revision?: number; comment?: string },
  ): Promise<AccessRequest> {
    return this.#decide(person, id, options.revision, {
      decision: 'approved',
      comment: options.comment,
    });
  }

  reject(
    person: Person,
    id: Id,
    options: { revision?: number; comment: string },
  ): Promise<AccessRequest> {
    return this.#decide(person, id, options.revision, {
      decision: 'rejected',
      comment: options.comment,
    });
  }

  async #decide(
    person: Person,
    id: Id,
    revision: number | undefined,
    decision: Omit<NewDecision, 'by'>,
  ): Promise<AccessRequest> {
    const { db, credentials, policy, personOf, worker } = this.#options;
    // Asked of the catalog before the transaction, which may hold the only connection.
    const requester =
      decision.decision === 'approved'
        ? await personOf(await requesterOf(db, id))
        : undefined;
    const decideIn = async (tx: Knex.Transaction, room: Room) => {
      const { row, approvers } = await this.#find(tx, id);
      const facts = requestFactsOf(row, approvers);
      // Who may decide is no secret to those who see the product: its page says so.
      if (
        !seesRequest(person.caller, facts) &&
        !(await seesProduct(tx, person.caller, row.product_id))
      ) {
        throw unknown(id);
      }
      const reason = cannotDecide(person.caller, facts, policy);
      if (reason !== undefined) {
        throw refused(
          new NotAllowedError(reason),
          decidesFor(person.caller, approvers) ? 'own-request' : 'not-approver',
          { approvers },
        );
      }
      // Nobody may take them away while somebody is let in.
      const product = await keepRecord(tx, 'products', { id: row.product_id });
      const plan = await keepRecord(tx, 'plans', { id: row.plan_id });
      if (!product || !plan) {
        throw unknown(id);
      }
      const seen = revision ?? row.revision;
      // One that was decided or edited since is refused for that.
      if (requester && row.status === 'pending' && row.revision === seen) {
        await refuseChanged(tx, row, requester, { product, plan });
      }
      await decide(
        tx,
        { ...credentials, room },
        {
          request: { ...row, revision: seen },
          product,
          plan,
          applicationName: row.application_name,
          asked: approvers,
        },
        { ...decision, by: person.caller.ref },
      );
    };
    await worker.inline(room => inTransaction(db, tx => decideIn(tx, room)));
    return this.#answer(person, id);
  }

  async #find(
    db: Queryable,
    id: Id,
  ): Promise<{ row: RequestRow; approvers: EntityRef[] }> {
    const row = await findRequest(db, id);
    if (!row) {
      throw unknown(id);
    }
    const approversOf = await approversOfProducts(db, [productOf(row)]);
    return { row, approvers: approversOf(row.product_id) };
  }

  /**
   * The request as it is after a change that has been committed. The key of one that was approved at once is usually
   * there before the answer is; what the answer does not need is done after it.
   */
  async #answer(
    person: Person,
    id: Id,
    credential?: CredentialRow,
  ): Promise<AccessRequest> {
    const { worker } = this.#options;
    try {
      if (credential) {
        await worker.settled(
          credentialSubject(credential.id),
          SETTLED_WITHIN_MS,
        );
      }
      return await this.get(person, id);
    } finally {
      worker.kick();
    }
  }
}

async function requesterOf(db: Queryable, id: Id): Promise<EntityRef> {
  const row: { requester_ref: EntityRef } | undefined = await db(
    'access_requests',
  )
    .where({ id })
    .first('requester_ref');
  if (!row) {
    throw unknown(id);
  }
  return row.requester_ref;
}

async function seesProduct(
  db: Queryable,
  caller: UserCaller,
  productId: Id,
): Promise<boolean> {
  const found: unknown = await db('products')
    .where('products.id', productId)
    .modify(query => whereProductVisible(query, caller))
    .first('products.id');
  return found !== undefined;
}
