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
import { chunksOf } from '../lib/chunksOf';
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
export interface Obstacle {
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

/** What is looked up, and in whose eyes. */
interface OfferQuestion {
  caller: UserCaller;
  productId: Id;
  planId: Id | null;
}

type OfferFactsRow = Record<
  'product' | 'plan' | 'offered' | 'unknown_api',
  SqlBoolean
> & { question: number };

/** Each names the groups of a person several times, and databases take only so many parameters in one statement. */
const QUESTIONS_AT_ONCE = 10;

function selectFacts(
  db: Queryable,
  { caller, productId, planId }: OfferQuestion,
  index: number,
): Knex.QueryBuilder {
  const exists = (query: Knex.QueryBuilder) =>
    db.raw('exists ?', [query.select(db.raw('1'))]);
  const product = db('products').where('products.id', productId);
  const plan = () => db('plans').where('plans.id', planId);
  return db.select({
    question: db.raw('cast(? as integer)', [index]),
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
  });
}

/** One statement for each ten. @returns in the order of the questions */
async function offerFactsOf(
  db: Queryable,
  questions: readonly OfferQuestion[],
): Promise<OfferFacts[]> {
  const found: OfferFacts[] = [];
  for (const some of chunksOf(questions, QUESTIONS_AT_ONCE)) {
    const [first, ...others] = some.map((question, index) =>
      selectFacts(db, question, index),
    );
    const rows: OfferFactsRow[] = await first.unionAll(others);
    found.push(
      ...rows
        .sort((a, b) => a.question - b.question)
        .map(facts => ({
          sees: { product: isTrue(facts.product), plan: isTrue(facts.plan) },
          isOffered: isTrue(facts.offered),
          hasUnknownApi: isTrue(facts.unknown_api),
        })),
    );
  }
  return found;
}

/** A product on a plan, for somebody who is not told it. */
interface Wish {
  requester: UserCaller;
  product: ProductRow;
  plan: PlanRow;
}

/**
 * Whether the products can be had on the plans now, by these people; asked for a request, for every change of it, and
 * again for its approval. What several want in the same way is looked up once.
 */
export async function obstaclesTo(
  tx: Queryable,
  wishes: readonly Wish[],
): Promise<(wish: Wish) => Obstacle | undefined> {
  const keyOf = ({ requester, product, plan }: Wish): string =>
    JSON.stringify([requester.ref, product.id, plan.id]);
  const distinct = [
    ...new Map(wishes.map(wish => [keyOf(wish), wish])).values(),
  ];
  const facts = await offerFactsOf(
    tx,
    distinct.map(({ requester, product, plan }) => ({
      caller: requester,
      productId: product.id,
      planId: plan.id,
    })),
  );
  const found = new Map(
    distinct.map((wish, index) => {
      const { requester, product, plan } = wish;
      return [
        keyOf(wish),
        obstacleIn(facts[index], requester, product, plan, requester.ref),
      ];
    }),
  );
  return wish => found.get(keyOf(wish));
}

/** @param who - the person, as the message calls them */

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
  const [facts] = product
    ? await offerFactsOf(tx, [
        { caller, productId: product.id, planId: plan?.id ?? null },
      ])
    : [];
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
