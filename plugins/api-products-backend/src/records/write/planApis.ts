/**
 * A plan is told to the provider together with the APIs it is sold with. So when a product changes its APIs, its
 * plans or its provider, the plans it offered before and offers now have to be told again.
 */
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { enqueue } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';

/** What of a product matters to its plans. */
interface OfferedApis {
  provider: string | null;
  apis: string[];
  plans: EntityRef[];
}

export async function offeredApis(
  tx: Knex.Transaction,
  productId: Id,
): Promise<OfferedApis> {
  const product: { provider_id: string | null } | undefined = await tx(
    'products',
  )
    .where('id', productId)
    .first('provider_id');
  const apis: string[] = await tx('product_apis')
    .where('product_id', productId)
    .whereNotNull('provider_api_id')
    .orderBy('provider_api_id')
    .pluck('provider_api_id');
  const plans: string[] = await tx('product_plans')
    .where('product_id', productId)
    .orderBy('plan_ref')
    .pluck('plan_ref');
  return { provider: product?.provider_id ?? null, apis, plans };
}

export const sameOffer = (
  before: OfferedApis | undefined,
  after: OfferedApis,
): boolean => JSON.stringify(before) === JSON.stringify(after);

export async function putPlansOf(
  tx: Knex.Transaction,
  clock: Clock,
  offers: (OfferedApis | undefined)[],
): Promise<void> {
  for (const offer of offers) {
    if (!offer || offer.provider === null) {
      continue;
    }
    const plans: { id: string }[] = await tx('plans')
      .whereIn('ref', offer.plans)
      .whereNull('deleted_at')
      .where('provider_id', offer.provider)
      .select('id');
    for (const { id } of plans) {
      await tx('plans').where({ id }).update({ provider_status: 'pending' });
      await enqueue(tx, clock, {
        kind: 'put-plan',
        subject: `plan:${id}`,
        lane: laneOf(offer.provider),
      });
    }
  }
}
