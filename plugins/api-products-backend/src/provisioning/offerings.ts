/** Policies before keys: what a key is made of must be at the provider, as it is here, before the key is made. */
import { ConflictError, NotFoundError } from '@backstage/errors';
import type {
  ProviderCredential,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { heldBackApis, heldBackReason } from '../records/apiRights';
import {
  offeredPlans,
  offeredProducts,
  providerPlansOf,
  providerProductsOf,
} from '../records/offering';
import { planSpecOf } from '../records/specs';
import type { CredentialContext } from '../subscriptions/context';
import type { Queryable } from '../lib/Database';
import type { PlanRow, ProductRow } from '../lib/rows';

type Needed = Pick<ProviderCredential, 'products' | 'plan'>;

type OfferingsOfKey =
  | {
      kind: 'ready';
      offerings: Needed;
      planSpec: ReturnType<typeof planSpecOf>;
    }
  | ({ kind: 'not-ready' } & Obstacle);

/** What is not at the provider yet as it is here. */
export interface Obstacle {
  /** `<noun>:<id>` of it. */
  subject: string;
  reason: string;
  /** The provider said no to it, so waiting alone does not help. */
  refused: boolean;
}

function obstacle(
  row: ProductRow | PlanRow,
  providerId: string,
): Omit<Obstacle, 'subject'> | undefined {
  const name = `“${row.title}”`;
  if (row.provider_id !== providerId) {
    return {
      reason: `${name} is no longer offered by provider ${providerId}`,
      refused: true,
    };
  }
  if (row.provider_status === 'failed') {
    return {
      reason: `${name} is not at the provider: ${
        row.provider_message ?? 'it was refused'
      }`,
      refused: true,
    };
  }
  if (
    row.provider_status !== 'ready' ||
    row.provider_revision !== row.revision
  ) {
    const why = row.provider_message ? `: ${row.provider_message}` : '';
    return {
      reason: `${name} is being brought to the provider${why}`,
      refused: false,
    };
  }
  return undefined;
}

/** @throws ConflictError if an API of it could not be found at the provider */
function referenced<T extends ProviderProduct | ProviderPlan>(
  offering: T | ConflictError | undefined,
): T & { reference: { policyId: string } } {
  if (!offering || offering instanceof ConflictError) {
    throw offering ?? new NotFoundError('A product or plan of the key is gone');
  }
  const { reference } = offering;
  if (!reference) {
    throw new Error(`${offering.key} is ready without a reference`);
  }
  return { ...offering, reference };
}

/**
 * The same as the provider had it last, whatever has become of it since: for a key that is to be refused, which must
 * wait for nothing.
 */
export async function offeringsAsTheyAre(
  tx: Queryable,
  context: CredentialContext,
): Promise<Needed> {
  const products = await offeredProducts(
    tx,
    context.products.map(({ id }) => id),
  );
  const [plan] = await offeredPlans(tx, [context.subscription.plan_id]);
  const asProducts = await providerProductsOf(tx, products);
  const asPlans = await providerPlansOf(tx, [plan]);
  return {
    products: products.flatMap(({ id, policy_id: policyId, title }) => {
      const product = asProducts.get(id);
      if (policyId === null) return [];
      const reference = { policyId };
      return product === undefined || product instanceof ConflictError
        ? [{ key: id, title, apis: [], reference }]
        : [{ ...product, reference }];
    }),
    plan: referenced(asPlans.get(plan.id)),
  };
}

export async function offeringsOfKey(
  tx: Queryable,
  context: CredentialContext,
  providerId: string,
): Promise<OfferingsOfKey> {
  const ids = context.products.map(({ id }) => id);
  const products = await offeredProducts(tx, ids);
  const [plan] = await offeredPlans(tx, [context.subscription.plan_id]);
  if (!plan || products.length === 0) {
    throw new Error(
      `Subscription ${context.subscription.id} has lost its plan or products`,
    );
  }
  const needed = [
    ...products.map(row => ({ row, subject: `product:${row.id}` })),
    { row: plan, subject: `plan:${plan.id}` },
  ];
  for (const { row, subject } of needed) {
    const found = obstacle(row, providerId);
    if (found) {
      return { kind: 'not-ready', subject, ...found };
    }
  }
  const [heldBack] = await heldBackApis(tx, ids);
  if (heldBack) {
    return {
      kind: 'not-ready',
      subject: `product:${heldBack.product_id}`,
      reason: heldBackReason(heldBack),
      refused: true,
    };
  }
  const asProducts = await providerProductsOf(tx, products);
  const asPlans = await providerPlansOf(tx, [plan]);
  return {
    kind: 'ready',
    planSpec: planSpecOf(plan),
    offerings: {
      products: ids.map(id => referenced(asProducts.get(id))),
      plan: referenced(asPlans.get(plan.id)),
    },
  };
}
