/** Who would lose what if a product or a plan were taken away. */
import type { DeletionImpact, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../../identity/Caller';
import { conflict } from '../../lib/errors';
import type { Queryable } from '../../lib/Database';
import { countOf } from '../../lib/totals';
import { whereProductVisible } from '../visibility';

type Subscribed = 'product' | 'plan';

const MOST = 100;
const MOST_SAID = 10;

function live(db: Queryable, noun: Subscribed, id: Id): Knex.QueryBuilder {
  return db('subscription_products')
    .join(
      'subscriptions',
      'subscriptions.id',
      'subscription_products.subscription_id',
    )
    .join(
      'applications',
      'applications.id',
      'subscription_products.application_id',
    )
    .join('products', 'products.id', 'subscription_products.product_id')
    .join('plans', 'plans.id', 'subscriptions.plan_id')
    .where('subscription_products.open', true)
    .where(any => {
      any.where(`${noun}s.id`, id);
      // Or moves to it.
      if (noun === 'plan') any.orWhere('subscriptions.next_plan_id', id);
    });
}

/** @param caller - is told of no product that they do not see, only how many subscriptions there are in all */
export async function impactOf(
  db: Queryable,
  noun: Subscribed,
  id: Id,
  caller?: UserCaller,
): Promise<DeletionImpact> {
  const subscriptions: DeletionImpact['subscriptions'] = await live(
    db,
    noun,
    id,
  )
    .modify(query => caller && whereProductVisible(query, caller))
    .orderBy(['applications.name', 'subscriptions.id'])
    .limit(MOST)
    .select({
      id: 'subscriptions.id',
      application: 'applications.name',
      owner: 'applications.owner_ref',
      product: 'products.title',
      plan: 'plans.title',
    });
  return {
    subscriptions,
    totalSubscriptions: await countOf(live(db, noun, id)),
    pendingRequests: await countOf(
      db('access_requests').where({ status: 'pending', [`${noun}_id`]: id }),
    ),
  };
}

/** What is in the way, in words that follow the title; undefined where nobody is subscribed. */
export function breaksFor(impact: DeletionImpact): string | undefined {
  const { subscriptions, totalSubscriptions } = impact;
  if (totalSubscriptions === 0) {
    return undefined;
  }
  const said = subscriptions
    .slice(0, MOST_SAID)
    .map(
      ({ application, owner, product, plan }) =>
        `“${application}” of ${owner} (${product} on ${plan})`,
    )
    .join(', ');
  const more = totalSubscriptions - Math.min(MOST_SAID, subscriptions.length);
  const list = said === '' ? '' : `: ${said}`;
  return `has ${totalSubscriptions} live ${
    totalSubscriptions === 1 ? 'subscription' : 'subscriptions'
  } that would break${list}${
    list !== '' && more > 0 ? ` and ${more} more` : ''
  }`;
}

/**
 * @param what - what is refused and why nothing else will do, e.g. `lifecycle: it cannot be retired`
 * @throws ConflictError naming who would break
 */
export async function refuseWhileSubscribed(
  tx: Knex.Transaction,
  caller: UserCaller,
  noun: Subscribed,
  record: { id: Id; title: string },
  what: string,
): Promise<void> {
  const impact = await impactOf(tx, noun, record.id, caller);
  const reason = breaksFor(impact);
  if (reason !== undefined) {
    throw conflict(`${what}: ${record.title} ${reason}`, 'in-use', {
      [noun]: record.title,
      subscriptions: impact.subscriptions.map(({ id }) => id),
    });
  }
}
