/**
 * The live keys of a provider, in pages, with what each should have. A key that is being made, removed or repaired is
 * left out, and so is one whose product or plan is on its way to the provider.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import { wantedOf } from '../../provisioning/handlerContext';
import { keyTitle } from '../../subscriptions/context';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import type { CredentialRow, PlanRow, SubscriptionRow } from '../../lib/rows';
import type { ExpectedKey } from './compareKey';
import type { Looked } from './findings';
import { LIVE_KEYS } from '../../subscriptions/deps';
import { isToBeSuspended } from '../../subscriptions/suspension';

export interface OurKey {
  id: Id;
  reference: string;
  expected: ExpectedKey;
  /** Changes with everything that it was put together from. */
  stamp: string;
  looked: Omit<Looked, 'findings'>;
}

type Row = Pick<
  CredentialRow,
  | 'id'
  | 'name'
  | 'revision'
  | 'subscription_id'
  | 'provider_reference'
  | 'expires_at'
> & {
  suspend_requested_at: SubscriptionRow['suspend_requested_at'];
  plan_id: Id;
  application_id: Id;
  application_name: string;
  application_owner: string;
};

type Offering = Pick<
  PlanRow,
  | 'id'
  | 'revision'
  | 'policy_id'
  | 'provider_id'
  | 'provider_status'
  | 'provider_revision'
>;

const OFFERING_COLUMNS = [
  'id',
  'revision',
  'policy_id',
  'provider_id',
  'provider_status',
  'provider_revision',
];

/** What is planned for later, as the change of a plan when its quota period is over, changes nothing yet. */
const SOON_MS = 60_000;

/** A key that is about to end is gone at the gateway a little earlier or later than here. */
const ENDING_MS = 60_000;

const readyAt = (row: Offering, providerId: Id): string | undefined =>
  row.provider_id === providerId &&
  row.provider_status === 'ready' &&
  row.provider_revision === row.revision
    ? row.policy_id ?? undefined
    : undefined;

async function rowsOf(
  db: Queryable,
  clock: Clock,
  providerId: Id,
  ids: readonly Id[],
  options: { inRepair?: boolean },
): Promise<Row[]> {
  return (
    db('credentials')
      .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
      .join('applications', 'applications.id', 'subscriptions.application_id')
      .where('credentials.provider_id', providerId)
      .whereIn('credentials.status', LIVE_KEYS)
      .whereNotNull('credentials.provider_reference')
      // The gateway was told something that is not known to hold yet.
      .whereNull('credentials.confirm_at')
      .where(any =>
        any
          .whereNull('credentials.expires_at')
          .orWhere(
            'credentials.expires_at',
            '>',
            toIso(clock.now() + ENDING_MS),
          ),
      )
      .whereNotExists(
        db('jobs')
          .where('jobs.kind', 'reconcile-credential')
          .where(any =>
            any.where('jobs.status', 'running').orWhere(waiting =>
              waiting.where('jobs.status', 'queued').where(soon =>
                soon
                  .where('jobs.run_at', '<=', toIso(clock.now() + SOON_MS))
                  // It failed, or waits for something.
                  .orWhere('jobs.attempts', '>', 0)
                  .orWhereNotNull('jobs.waits_for'),
              ),
            ),
          )
          .whereRaw(`jobs.subject = 'credential:' || credentials.id`)
          .select(db.raw('1')),
      )
      .modify(query => {
        query.whereIn('credentials.id', ids);
        if (!options.inRepair) {
          query.whereNotExists(
            db('drift_items')
              .where('drift_items.status', 'repairing')
              .whereRaw(`drift_items.subject = 'credential:' || credentials.id`)
              .select(db.raw('1')),
          );
        }
      })
      .orderBy('credentials.id')
      .select(
        'credentials.id',
        'credentials.name',
        'credentials.revision',
        'credentials.subscription_id',
        'credentials.provider_reference',
        'credentials.expires_at',
        'subscriptions.plan_id',
        'subscriptions.application_id',
        {
          suspend_requested_at: 'subscriptions.suspend_requested_at',
          application_name: 'applications.name',
          application_owner: 'applications.owner_ref',
        },
      )
  );
}

const byId = (rows: Offering[]) => new Map(rows.map(row => [row.id, row]));

async function complete(
  db: Queryable,
  providerId: Id,
  rows: Row[],
): Promise<OurKey[]> {
  const links: { subscription_id: Id; product_id: Id }[] = await db(
    'subscription_products',
  )
    .whereIn(
      'subscription_id',
      rows.map(row => row.subscription_id),
    )
    .orderBy('product_id')
    .select('subscription_id', 'product_id');
  const products: Offering[] = await db('products')
    .whereIn('id', [...new Set(links.map(link => link.product_id))])
    .select(OFFERING_COLUMNS);
  const plans: Offering[] = await db('plans')
    .whereIn('id', [...new Set(rows.map(row => row.plan_id))])
    .select(OFFERING_COLUMNS);
  const [productOf, planOf] = [byId(products), byId(plans)];
  return rows.flatMap(row => {
    const plan = planOf.get(row.plan_id);
    const own = links
      .filter(link => link.subscription_id === row.subscription_id)
      .flatMap(link => productOf.get(link.product_id) ?? []);
    const policies = own.flatMap(product => readyAt(product, providerId) ?? []);
    const planPolicy = plan && readyAt(plan, providerId);
    const ready = own.length > 0 && policies.length === own.length;
    if (!plan || !planPolicy || !ready || row.provider_reference === null) {
      return [];
    }
    const application = {
      id: row.application_id,
      name: row.application_name,
      owner: row.application_owner,
    };
    const { expiresAt, ...marks } = wantedOf({ application }, row);
    return [
      {
        id: row.id,
        reference: row.provider_reference,
        expected: {
          products: policies,
          plan: planPolicy,
          suspended: isToBeSuspended(row),
          expiresAt,
          marks,
        },
        stamp: [row, plan, ...own]
          .map(({ id, revision }) => `${id}@${revision}`)
          .concat(row.suspend_requested_at ?? '', marks.alias)
          .join(' '),
        looked: {
          subject: `credential:${row.id}`,
          title: keyTitle(row, { application }),
          scope: { product: own[0].id, application: row.application_id },
        },
      },
    ];
  });
}

/** Ids of the next live keys of the provider, whether they can be compared or not. */
export async function nextKeys(
  db: Queryable,
  providerId: Id,
  after: Id | undefined,
  limit: number,
): Promise<Id[]> {
  const rows: { id: Id }[] = await db('credentials')
    .where({ provider_id: providerId })
    .whereIn('status', LIVE_KEYS)
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .select('id');
  return rows.map(({ id }) => id);
}

/**
 * Those of the keys that can be compared now.
 *
 * @param options.inRepair - also those with a repair under way, for the repair itself
 */
export async function ourKeys(
  db: Queryable,
  clock: Clock,
  providerId: Id,
  ids: readonly Id[],
  options: { inRepair?: boolean } = {},
): Promise<OurKey[]> {
  const rows = await rowsOf(db, clock, providerId, ids, options);
  return complete(db, providerId, rows);
}
