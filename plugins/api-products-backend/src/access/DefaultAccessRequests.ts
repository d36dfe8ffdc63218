/** Access requests: who sees them, and what can be done with them. */
import {
  isDatabaseConflictError,
  type LoggerService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import {
  accessRequestLifecycle,
  nextState,
  type AccessRequest,
  type DecisionItem,
  type DecisionResult,
  type Id,
  type Page,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { contextOf } from '../subscriptions/context';
import { type CredentialDeps, credentialSubject } from '../subscriptions/deps';
import { requireUse, standingOf } from '../subscriptions/rights';
import { toIso } from '../lib/clock';
import { answerOf, conflict, FAILED, refused } from '../lib/errors';
import type { Queryable } from '../lib/Database';
import type { Sort } from '../lib/cursors';
import { fetchList } from '../lib/paging';
import type { CredentialRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import type { Person } from '../identity/Caller';
import { requestQueries } from './accessRequestFilters';
import {
  accessRequestOf,
  requestFactsOf,
  findRequests,
  selectRequest,
  unknownRequest,
  type FoundRequest,
  type RequestRow,
} from './accessRequestRows';
import { approversOfProducts } from '../records/productParts';
import { checkComponent } from './applicationRows';
import type { Components } from './Components';
import { createAccessRequest } from './createAccessRequest';
import { conflictFor } from './decide';
import { Decisions } from './Decisions';
import { editAccessRequest } from './editAccessRequest';
import { noticeOfWithdrawal } from './requestNotices';
import { requestActions, seesRequest } from './rights';
import type {
  AccessPolicy,
  AccessRequestChange,
  AccessRequestFilter,
  AccessRequests,
  NewAccessRequest,
  PersonOf,
} from './types';
import type { JobRunner } from '../jobs/JobRunner';
import type { WantedDecision } from './weigh';

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

interface Options {
  db: Knex;
  credentials: CredentialDeps;
  worker: JobRunner;
  policy: AccessPolicy;
  components: Components;
  personOf: PersonOf;
  logger: LoggerService;
}

export class DefaultAccessRequests implements AccessRequests {
  readonly #options: Options;
  readonly #decisions: Decisions;

  static create(options: Options): DefaultAccessRequests {
    return new DefaultAccessRequests(options);
  }

  private constructor(options: Options) {
    this.#options = options;
    this.#decisions = Decisions.create(options);
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
      throw unknownRequest(id);
    }
    return accessRequestOf(row, approvers, caller, this.#options.policy);
  }

  async create(
    person: Person,
    input: NewAccessRequest,
    options: { idempotencyKey?: string } = {},
  ): Promise<AccessRequest> {
    const { db, credentials, components, policy, worker } = this.#options;
    if (typeof input.application !== 'string') {
      await checkComponent(components, person.caller, input.application);
    }
    const { id, credential } = await worker.inline(room =>
      inTransaction(db, tx =>
        createAccessRequest(
          tx,
          { ...credentials, dates: policy.dates, room },
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
    const { db, credentials, policy, worker } = this.#options;
    let credential: CredentialRow | undefined;
    try {
      credential = await worker.inline(room =>
        inTransaction(db, async tx => {
          const { row, approvers } = await this.#find(tx, id);
          if (!seesRequest(person.caller, requestFactsOf(row, approvers))) {
            throw unknownRequest(id);
          }
          const deps = { ...credentials, dates: policy.dates, room };
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
        throw unknownRequest(id);
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
    return this.#decide(person, { ...options, id, decision: 'approved' });
  }

  reject(
    person: Person,
    id: Id,
    options: { revision?: number; comment: string },
  ): Promise<AccessRequest> {
    return this.#decide(person, { ...options, id, decision: 'rejected' });
  }

  async decide(
    { caller }: Person,
    items: readonly DecisionItem[],
  ): Promise<DecisionResult[]> {
    refuseIllFormed(items);
    const { db, logger, policy, worker } = this.#options;
    try {
      const refusals = await this.#decisions.makeAll(
        caller,
        items.map(({ decision, ...item }) => ({
          ...item,
          decision: decision === 'approve' ? 'approved' : 'rejected',
        })),
      );
      const decided = await findRequests(
        db,
        items.map(({ id }) => id).filter(id => !refusals.has(id)),
      );
      return items.map(({ id }) => {
        const request = decided.get(id);
        if (request) {
          const { row, approvers } = request;
          const accessRequest = accessRequestOf(row, approvers, caller, policy);
          return { id, status: 200, accessRequest };
        }
        const refusal = refusals.get(id) ?? unknownRequest(id);
        const answer = answerOf(refusal);
        if (!answer) {
          logger.error(`Access request ${id} cannot be decided`, refusal);
        }
        return { id, ...(answer ?? FAILED) };
      });
    } finally {
      worker.kick();
    }
  }

  async #decide(
    person: Person,
    wanted: WantedDecision,
  ): Promise<AccessRequest> {
    await this.#decisions.make(person.caller, wanted);
    return this.#answer(person, wanted.id);
  }

  async #find(db: Queryable, id: Id): Promise<FoundRequest> {
    const found = (await findRequests(db, [id])).get(id);
    if (!found) {
      throw unknownRequest(id);
    }
    return found;
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

/** @throws InputError naming the field */
function refuseIllFormed(items: readonly DecisionItem[]): void {
  const illFormed = (field: string, why: string) =>
    refused(new InputError(`${field} ${why}`), 'invalid', { field });
  const seen = new Set<Id>();
  for (const [index, { id, decision, comment }] of items.entries()) {
    if (seen.has(id)) {
      throw illFormed(
        `items.${index}.id`,
        'is there twice: each request is decided once',
      );
    }
    seen.add(id);
    if (decision === 'reject' && comment === undefined) {
      throw illFormed(
        `items.${index}.comment`,
        'is missing: whoever asked has to know why it is rejected',
      );
    }
  }
}
