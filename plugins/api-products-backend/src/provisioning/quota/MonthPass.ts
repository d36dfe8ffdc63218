/**
 * Finds the keys whose quota has to begin anew because a calendar month has begun, and writes a job for each. Any number
 * of backends may do this at the same time and as often as they like: a key has one live job, and one row for a month in
 * which it was done.
 */
import type {
  LoggerService,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Queryable } from '../../lib/Database';
import type { CredentialRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { enqueueMissing } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';
import { LIVE_KEYS } from '../../subscriptions/deps';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../../lib/clock';
import { isMonthly, monthOf, type Month } from './month';

const AGAIN_AFTER_MS = 5 * 60_000;

const PAGE = 500;

/** So that a gateway does not get everything in the same second. */
const SPREAD_MS = 30_000;

type DueKey = Pick<CredentialRow, 'id' | 'provider_id'>;

/** Plans whose quota is counted by calendar months. */
async function monthlyPlans(db: Queryable): Promise<Id[]> {
  const rows: { id: Id; spec: string }[] = await db('plans')
    .whereNotNull('provider_id')
    .where('spec', 'like', '%"month"%')
    .select('id', 'spec');
  return rows.filter(row => isMonthly(row)).map(({ id }) => id);
}

/** Live keys on monthly plans that were issued before the month, and for which nothing is done or on its way. */
async function due(
  db: Queryable,
  month: Month,
  now: number,
  plans: Id[],
): Promise<DueKey[]> {
  return db('credentials')
    .join('subscriptions', 'subscriptions.id', 'credentials.subscription_id')
    .whereIn('subscriptions.plan_id', plans)
    .whereIn('credentials.status', LIVE_KEYS)
    .whereNotNull('credentials.provider_reference')
    .where('credentials.created_at', '<', toIso(month.start))
    .where(any =>
      any
        .whereNull('credentials.expires_at')
        .orWhere('credentials.expires_at', '>', toIso(now)),
    )
    .whereNotExists(
      db('quota_resets')
        .where('quota_resets.month', month.name)
        .whereRaw('quota_resets.credential_id = credentials.id')
        .select(db.raw('1')),
    )
    .whereNotExists(
      db('jobs')
        .where('jobs.kind', 'reset-quota')
        .whereIn('jobs.status', ['queued', 'running'])
        .whereRaw(`jobs.subject = 'credential:' || credentials.id`)
        .select(db.raw('1')),
    )
    .orderBy('credentials.id')
    .limit(PAGE)
    .select('credentials.id', 'credentials.provider_id');
}

async function write(
  tx: Knex.Transaction,
  clock: Clock,
  keys: DueKey[],
  random: () => number,
): Promise<void> {
  await enqueueMissing(
    tx,
    clock,
    keys.map(({ id, provider_id }) => ({
      kind: 'reset-quota',
      subject: `credential:${id}`,
      lane: laneOf(provider_id),
      orderKey: `credential:${id}`,
      runAt: clock.now() + Math.floor(random() * SPREAD_MS),
    })),
  );
}

/** @returns for how many keys a job was wanted */
async function enqueueResets(
  { knex, clock }: { knex: Knex; clock: Clock },
  random: () => number = Math.random,
): Promise<number> {
  const now = clock.now();
  const month = monthOf(now);
  const plans = await monthlyPlans(knex);
  let wanted = 0;
  if (plans.length === 0) {
    return wanted;
  }
  for (;;) {
    const keys = await due(knex, month, now, plans);
    if (keys.length === 0) {
      return wanted;
    }
    wanted += keys.length;
    await inTransaction(knex, tx => write(tx, clock, keys, random));
  }
}

interface MonthPassOptions {
  knex: Knex;
  clock: Clock;
  /** Called when there are jobs. */
  onJobs(): void;
}

/**
 * The pass that every backend makes again and again: at once when a month begins, and now and then after that for keys
 * that were not there yet. In between it costs a look at the clock.
 */
export class MonthPass {
  readonly #options: MonthPassOptions;
  #last: { month: string; at: number } | undefined;

  static create(options: MonthPassOptions): MonthPass {
    return new MonthPass(options);
  }

  private constructor(options: MonthPassOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { clock, onJobs } = this.#options;
    const now = clock.now();
    const month = monthOf(now).name;
    if (this.#last?.month === month && now < this.#last.at + AGAIN_AFTER_MS) {
      return;
    }
    const wanted = await enqueueResets(this.#options);
    // After it has succeeded: a database that was away is asked again at once.
    this.#last = { month, at: now };
    if (wanted > 0) {
      onJobs();
    }
  }
}

/** Looks whether a month has begun, in every backend: one that is away must not keep the others from it. */
export async function scheduleMonths(
  options: MonthPassOptions & {
    scheduler: SchedulerService;
    logger: LoggerService;
  },
): Promise<void> {
  const { scheduler, logger } = options;
  const pass = MonthPass.create(options);
  await scheduler.scheduleTask({
    id: 'api-products-month',
    scope: 'local',
    frequency: { seconds: 2 },
    timeout: { minutes: 10 },
    fn: async () => {
      try {
        await pass.run();
      } catch (error) {
        logger.warn(
          'Quotas of the new month could not be looked at; tried again soon',
          toError(error),
        );
      }
    },
  });
}
