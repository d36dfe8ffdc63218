/**
 * Everything the access room needs to know of a product on a plan, in the caller's eyes.
 */
import { InputError, NotFoundError } from '@backstage/errors';
import type {
  ClosedReason,
  EntityRef,
  Id,
  PlanSpec,
  RefusalCode,
  RefusalFields,
  Terms,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Queryable } from '../lib/Database';
import { conflict, refused } from '../lib/errors';
import { keepRecord } from '../lib/locks';
import {
  isTrue,
  type PlanRow,
  type ProductRow,
  type SqlBoolean,
} from '../lib/rows';
import type { UserCaller } from '../identity/Caller';
import { withoutCredential } from './authentication';
import { approversOf, planSpecOf, productSpecOf } from './specs';
import {
  whereOfferedWith,
  wherePlanVisible,
  whereProductVisible,
} from './visibility';

/** A product on a plan, as the caller may ask for it. */
export interface Offer {
  product: ProductRow;
  plan: PlanRow;
  terms: Terms[];
  planSpec: PlanSpec;
  /** The owner and the named approvers. */
  approvers: EntityRef[];
}

/** Why a product cannot be had on a plan, and what a refusal says of it. */
interface Obstacle {
  /** `conflict` where the records forbid it, `input` where another plan would do. */
  kind: 'conflict' | 'input';
  message: string;
  code: RefusalCode;
  fields: RefusalFields;
}

const CLOSED: Record<ClosedReason, string> = {
  hidden: 'is hidden: it is gone from where it is managed',
  draft: 'is draft',
  deprecated: 'is deprecated',
  retired: 'is retired',
  'coming-soon': 'is coming soon',
  'documentation-only': 'is documentation only',
  'no-credential': 'has no credential that the portal hands out',
  'api-unknown': 'has an API that is not known at its provider',
};

/** Why the product takes no new requests, whatever the plan; its APIs are looked at elsewhere. */
export function closedReason(product: ProductRow): ClosedReason | undefined {
  if (product.hidden_at !== null) {
    return 'hidden';
  }
  if (product.lifecycle !== 'active') {
    return product.lifecycle;
  }
  if (isTrue(product.coming_soon)) {
    return 'coming-soon';
  }
  if (product.provider_id === null) {
    return 'documentation-only';
  }
  return withoutCredential(product) === undefined ? undefined : 'no-credential';
}

/** What has to be looked up of a product on a plan, in somebody's eyes. */
interface OfferFacts {
  sees: { product: boolean; plan: boolean };
  /** The plan, with the product, in a catalogue they see. */
  isOffered: boolean;
  /** Without one of its APIs no key of the product could ever be made. */
  hasUnknownApi: boolean;
}

/** One statement. */
async function offerFactsOf(
  db: Queryable,
  caller: UserCaller,
  productId: Id,
  planId: Id | null,
): Promise<OfferFacts> {
  const exists = (query: Knex.QueryBuilder) =>
    db.raw('exists ?', [query.select(db.raw('1'))]);
  const product = db('products').where('products.id', productId);
  const plan = () => db('plans').where('plans.id', planId);
  const facts: Record<
    'product' | 'plan' | 'offered' | 'unknown_api',
    SqlBoolean
  > = await db
    .select({
      product: exists(
        product.modify(query => whereProductVisible(query, caller)),
      ),
      plan: exists(plan().modify(query => wherePlanVisible(query, caller))),
      offered: exists(
        plan().modify(query => whereOfferedWith(query, productId, caller)),
      ),
      unknown_api: exists(
        db('product_apis')
          .where({ product_id: productId })
          .whereNull('provider_api_id'),
      ),
    })
    .first();
  return {
    sees: { product: isTrue(facts.product), plan: isTrue(facts.plan) },
    isOffered: isTrue(facts.offered),
    hasUnknownApi: isTrue(facts.unknown_api),
  };
}

/**
 * Whether the product can be had on the plan now, by this person; asked for a request, for every change of it, and again
 * for its approval.
 *
 * @param who - the person, as the message calls whom it is not told to
 */
export async function obstacleTo(
  tx: Queryable,
  requester: UserCaller,
  product: ProductRow,
  plan: PlanRow,
  who = 'you',
): Promise<Obstacle | undefined> {
  const facts = await offerFactsOf(tx, requester, product.id, plan.id);
  return obstacleIn(facts, requester, product, plan, who);
}

function obstacleIn(
  { isOffered, hasUnknownApi }: OfferFacts,
  requester: UserCaller,
  product: ProductRow,
  plan: PlanRow,
  who = 'you',
): Obstacle | undefined {
  const reason =
    closedReason(product) ?? (hasUnknownApi ? 'api-unknown' : undefined);
  const names = { product: product.title, plan: plan.title };
  if (reason) {
    const words =
      reason === 'no-credential' ? withoutCredential(product) : CLOSED[reason];
    return {
      kind: 'conflict',
      message: `product: ${product.title} ${words} and takes no new requests`,
      code: 'takes-no-requests',
      fields: { field: 'product', ...names, reason },
    };
  }
  if (!isOffered) {
    return {
      kind: 'input',
      message: `plan: ${plan.title} is not offered with ${product.title} in a catalogue ${who} can see`,
      code: 'plan-not-offered',
      fields: { field: 'plan', ...names, requester: requester.ref },
    };
  }
  if (plan.provider_id !== product.provider_id) {
    return {
      kind: 'conflict',
      message: `plan: ${plan.title} is not kept by the provider of ${product.title} and cannot work with it`,
      code: 'plan-unfit',
      fields: { field: 'plan', ...names },
    };
  }
  return undefined;
}

const live = (ref: EntityRef) => ({ ref, deleted_at: null });

const offerOf = (product: ProductRow, plan: PlanRow): Offer => {
  const spec = productSpecOf(product);
  return {
    product,
    plan,
    terms: spec.terms,
    planSpec: planSpecOf(plan),
    approvers: approversOf(spec),
  };
};

/**
 * Looks the product and the plan up in the caller's eyes and makes sure that they can be asked for together now.
 *
 * In a transaction, neither is taken away until it ends.
 *
 * @param refs - complete and in lower case
 * @throws NotFoundError if the product or the plan is unknown or invisible to the caller
 * @throws ConflictError naming `product` if it takes no new requests, or `plan` if the two cannot work together
 * @throws InputError naming `plan` if it is not offered with the product in a catalogue the caller sees
 */
export async function resolveOffer(
  tx: Queryable,
  caller: UserCaller,
  refs: { product: EntityRef; plan: EntityRef },
): Promise<Offer> {
  const product = await keepRecord(tx, 'products', live(refs.product));
  const plan = await keepRecord(tx, 'plans', live(refs.plan));
  const facts =
    product && (await offerFactsOf(tx, caller, product.id, plan?.id ?? null));
  if (!product || !facts?.sees.product) {
    throw new NotFoundError(`There is no product ${refs.product}`);
  }
  if (!plan || !(facts.sees.plan || facts.isOffered)) {
    throw new NotFoundError(`There is no plan ${refs.plan}`);
  }
  const obstacle = obstacleIn(facts, caller, product, plan);
  if (obstacle) {
    const { kind, message, code, fields } = obstacle;
    throw kind === 'conflict'
      ? conflict(message, code, fields)
      : refused(new InputError(message), code, fields);
  }
  return offerOf(product, plan);
}
