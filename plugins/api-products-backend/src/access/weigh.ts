/**
 * What a person wants to decide, held to the rules: whether they see the request, whether they may decide it, and, where
 * they approve, whether it still is what could be asked for. One decision is a set of one.
 */
import { NotAllowedError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import { whereProductVisible } from '../records/visibility';
import type { Queryable } from '../lib/Database';
import { refused } from '../lib/errors';
import { keepRecords } from '../lib/locks';
import type { PlanRow, ProductRow } from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { decidesFor } from '../identity/standing';
import {
  findRequests,
  requestFactsOf,
  unknownRequest,
  type FoundRequest,
} from './accessRequestRows';
import { changedSince } from './changedSince';
import type { DecidedMatter, NewDecision } from './matter';
import { cannotDecide, seesRequest } from './rights';
import type { AccessPolicy } from './types';

/** What somebody wants to decide. */
export interface WantedDecision extends Omit<NewDecision, 'by'> {
  id: Id;
  /** The one that was looked at; the present one if absent. */
  revision?: number;
}

/** Who has asked, as the catalog has them now; an error where it does not say. */
export type Requesters = ReadonlyMap<EntityRef, UserCaller | Error>;

interface Weighing {
  caller: UserCaller;
  policy: AccessPolicy;
  /** Of those who want something that is to be approved. */
  requesters: Requesters;
}

/** A wanted decision with what it is about. */
interface Kept extends FoundRequest {
  wanted: WantedDecision;
  /** The revision that was looked at. */
  seen: number;
  product: ProductRow;
  plan: PlanRow;
}

/**
 * A few statements, however many decisions there are. What is looked up stays so until the transaction ends.
 *
 * @returns those that can be made, and by request why the others cannot
 */
export async function weigh(
  tx: Knex.Transaction,
  weighing: Weighing,
  wanted: readonly WantedDecision[],
): Promise<{ set: DecidedMatter[]; refusals: Map<Id, Error> }> {
  const { kept, refusals } = await keepDecidable(tx, weighing, wanted);
  const changes = await changesIn(tx, weighing, kept);
  for (const [id, change] of changes) {
    refusals.set(id, change);
  }
  return {
    set: kept
      .filter(({ row }) => !changes.has(row.id))
      .map(({ row, approvers, wanted: { decision, comment }, ...of }) => ({
        matter: {
          request: { ...row, revision: of.seen },
          product: of.product,
          plan: of.plan,
          applicationName: row.application_name,
          asked: approvers,
        },
        decision: { decision, comment, by: weighing.caller.ref },
      })),
    refusals,
  };
}

/** Those that the caller may decide; nobody takes product and plan away while somebody is let in. */
async function keepDecidable(
  tx: Knex.Transaction,
  { caller, policy }: Weighing,
  wanted: readonly WantedDecision[],
): Promise<{ kept: Kept[]; refusals: Map<Id, Error> }> {
  const refusals = new Map<Id, Error>();
  const found = await findRequests(
    tx,
    wanted.map(({ id }) => id),
  );
  const sees = await whoSees(tx, caller, [...found.values()]);
  const decidable = wanted.flatMap(one => {
    const request = found.get(one.id);
    if (!request || !sees(request)) {
      refusals.set(one.id, unknownRequest(one.id));
      return [];
    }
    const { row, approvers } = request;
    const reason = cannotDecide(caller, requestFactsOf(row, approvers), policy);
    if (reason !== undefined) {
      refusals.set(
        one.id,
        refused(
          new NotAllowedError(reason),
          decidesFor(caller, approvers) ? 'own-request' : 'not-approver',
          { approvers },
        ),
      );
      return [];
    }
    return [{ ...request, wanted: one, seen: one.revision ?? row.revision }];
  });
  const products = await keepRecords(
    tx,
    'products',
    decidable.map(({ row }) => row.product_id),
  );
  const plans = await keepRecords(
    tx,
    'plans',
    decidable.map(({ row }) => row.plan_id),
  );
  const kept = decidable.flatMap(one => {
    const product = products.get(one.row.product_id);
    const plan = plans.get(one.row.plan_id);
    if (!product || !plan) {
      refusals.set(one.row.id, unknownRequest(one.row.id));
      return [];
    }
    return [{ ...one, product, plan }];
  });
  return { kept, refusals };
}

/** Who may decide is no secret to those who see the product: its page says so. */
async function whoSees(
  db: Queryable,
  caller: UserCaller,
  requests: readonly FoundRequest[],
): Promise<(request: FoundRequest) => boolean> {
  const seesItself = ({ row, approvers }: FoundRequest) =>
    seesRequest(caller, requestFactsOf(row, approvers));
  const products = requests
    .filter(request => !seesItself(request))
    .map(({ row }) => row.product_id);
  const visible: { id: Id }[] =
    products.length === 0
      ? []
      : await db('products')
          .whereIn('products.id', [...new Set(products)])
          .modify(query => whereProductVisible(query, caller))
          .select('products.id');
  const seen = new Set(visible.map(({ id }) => id));
  return request => seesItself(request) || seen.has(request.row.product_id);
}

/** Only of what is approved. One that was decided or edited since is refused for that, when it is written. */
async function changesIn(
  tx: Knex.Transaction,
  { requesters }: Weighing,
  kept: readonly Kept[],
): Promise<Map<Id, Error>> {
  const changes = new Map<Id, Error>();
  const approvable = kept.flatMap(({ wanted, row, seen, product, plan }) => {
    const isAsSeen = row.status === 'pending' && row.revision === seen;
    if (wanted.decision !== 'approved' || !isAsSeen) {
      return [];
    }
    const requester = requesters.get(row.requester_ref);
    if (!requester || requester instanceof Error) {
      changes.set(row.id, requester ?? unknownRequest(row.id));
      return [];
    }
    return [{ request: row, requester, product, plan }];
  });
  for (const [id, change] of await changedSince(tx, approvable)) {
    changes.set(id, change);
  }
  return changes;
}
