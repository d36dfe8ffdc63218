/** Policies before keys: what a key is made of must be at the provider, as it is here, before the key is made. */
import type {
  ProviderCredential,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { heldBackApis, heldBackReason } from '../records/apiRights';
import { providerPlanOf, providerProductOf } from '../records/offering';
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

function referenced<T extends ProviderProduct | ProviderPlan>(
  offering: T,
): T & { reference: { policyId: string } } {
  const { reference } = offering;
  if (!reference) {
    throw new Error(`${offering.key} is ready without a reference`);
  }
  return { ...offering, reference };
}

export async function offeringsOfKey(
  tx: Queryable,
  context: CredentialContext,
  providerId: string,
): Promise<OfferingsOfKey> {
  const ids = context.products.map(({ id }) => id);
  const products: ProductRow[] = await tx('products').whereIn('id', ids);
  const plan: PlanRow | undefined = await tx('plans')
    .where({ id: context.subscription.plan_id })
    .first();
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
  return {
    kind: 'ready',
    planSpec: planSpecOf(plan),
    offerings: {
      products: await Promise.all(
        ids.map(async id => referenced(await providerProductOf(tx, id))),
      ),
      plan: referenced(await providerPlanOf(tx, plan.id)),
    },
  };
}
