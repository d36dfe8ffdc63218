/**
 * The rows of runs. At most one run of a provider is live, which the schema sees to; it belongs to the backend that
 * moved it from `queued` to `running`, and only as long as that backend gives a sign of life now and then.
 */
import { randomUUID } from 'node:crypto';
import type {
  EntityRef,
  Id,
  Page,
  SyncItem,
  SyncRun,
  SyncTrigger,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import type { Sort } from '../../lib/cursors';
import { fetchPage, type PageRequest } from '../../lib/paging';
import { countUpTo } from '../../lib/totals';
import { isTrue, type SyncRunRow } from '../../lib/rows';
import { inTransaction } from '../../lib/transactions';
import { announce } from '../../notices/notify';
import { runOf, runSummaryOf, type Counts } from './runViews';

/** Without a sign of life for so long, whoever ran it is gone. */
export const STALE_AFTER_MS = 60_000;

/** Runs of each provider that are kept. */
export const RUNS_KEPT = 50;

/** Longer lists are cut; the counts tell of all. */
const ITEMS_KEPT = 500;

const ATTEMPTS = 5;

const LIVE = ['queued', 'running'];

const LATEST_FIRST: Sort = {
  name: 'sync-runs',
  columns: [
    { column: 'sync_runs.created_at', direction: 'desc', type: 'string' },
    { column: 'sync_runs.id', direction: 'desc', type: 'string' },
  ],
};

/** What begins a run. */
export interface Beginning {
  provider: Id;
  trigger: SyncTrigger;
  requestedBy?: EntityRef;
  confirmDrop?: boolean;
}

/** A run that is live, and whether it is for the caller to do. */
export interface Begun {
  row: SyncRunRow;
  ours: boolean;
}

/** How a run ended. */
export interface Ending {
  status: 'succeeded' | 'held-back' | 'failed';
  counts: Counts;
  items: SyncItem[];
  message?: string;
  total: number;
}

/** What matters stands first, should the list be cut. */
const kept = (items: SyncItem[]): SyncItem[] =>
  items.length <= ITEMS_KEPT
    ? items
    : [
        ...items.filter(({ outcome }) => outcome !== 'ignored'),
        ...items.filter(({ outcome }) => outcome === 'ignored'),
      ].slice(0, ITEMS_KEPT);

export class SyncRuns {
  readonly #db: Knex;
  readonly #clock: Clock;

  static create(options: { db: Knex; clock: Clock }): SyncRuns {
    return new SyncRuns(options);
  }

  private constructor(options: { db: Knex; clock: Clock }) {
    this.#db = options.db;
    this.#clock = options.clock;
  }

  /**
   * The run that is live afterwards: a new one, or the one that was.
   *
   * @param status - `running`: a new one is for the caller to do from the first moment on
   */
  async begin(
    beginning: Beginning,
    status: 'queued' | 'running' = 'queued',
  ): Promise<Begun> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const live = await this.#tryToBegin(beginning, status);
      // The one that was in the way may have ended before it could be read.
      if (live) {
        return live;
      }
    }
    throw new Error(`No run of provider ${beginning.provider} could be begun`);
  }

  async #tryToBegin(
    { provider, trigger, requestedBy, confirmDrop = false }: Beginning,
    status: 'queued' | 'running',
  ): Promise<Begun | undefined> {
    const now = this.#now();
    const [made]: SyncRunRow[] = await this.#db('sync_runs')
      .insert({
        id: randomUUID(),
        provider_id: provider,
        trigger,
        requested_by: requestedBy ?? null,
        status,
        started_at: status === 'running' ? now : null,
        drop_confirmed: confirmDrop,
        created_at: now,
        updated_at: now,
      })
      .onConflict(
        this.#db.raw(`(provider_id) where status in ('queued', 'running')`),
      )
      .ignore()
      .returning('*');
    if (made) {
      return { row: made, ours: status === 'running' };
    }
    return inTransaction(this.#db, async tx => {
      await this.#failStale(tx, provider);
      if (confirmDrop) {
        await this.#live(tx, provider).update({ drop_confirmed: true });
      }
      const row: SyncRunRow | undefined = await this.#live(
        tx,
        provider,
      ).first();
      return row && { row, ours: false };
    });
  }

  /** Whether the run is ours now. */
  async claim(id: Id): Promise<boolean> {
    const now = this.#now();
    const claimed = await this.#db('sync_runs')
      .where({ id, status: 'queued' })
      .update({ status: 'running', started_at: now, updated_at: now });
    return claimed === 1;
  }

  /** A sign of life. False: the run was given to somebody else. */
  async touch(id: Id): Promise<boolean> {
    const touched = await this.#db('sync_runs')
      .where({ id, status: 'running' })
      .update({ updated_at: this.#now() });
    return touched === 1;
  }

  /** Writes how far it is, and tells open pages. False: the run was given to somebody else. */
  async progress(
    { id, provider_id: provider }: SyncRunRow,
    done: number,
    total: number,
  ): Promise<boolean> {
    return inTransaction(this.#db, async tx => {
      const written = await tx('sync_runs')
        .where({ id, status: 'running' })
        .update({ done, total, updated_at: this.#now() });
      if (written !== 1) {
        return false;
      }
      await announce(tx, this.#clock, {
        topic: 'api-products.provider.sync-progress',
        subject: `provider:${provider}`,
        payload: { run: id, done, total },
      });
      return true;
    });
  }

  async isDropConfirmed(id: Id): Promise<boolean> {
    const row: Pick<SyncRunRow, 'drop_confirmed'> | undefined = await this.#db(
      'sync_runs',
    )
      .where({ id })
      .first('drop_confirmed');
    return row !== undefined && isTrue(row.drop_confirmed);
  }

  /**
   * Ends a run that is still ours. A run that holds back does not end when the drop was confirmed meanwhile.
   *
   * @param tell - whether open pages and other plugins are to hear of it
   */
  async finish(
    { id, provider_id: provider }: SyncRunRow,
    ending: Ending,
    tell: boolean,
  ): Promise<boolean> {
    const now = this.#now();
    return inTransaction(this.#db, async tx => {
      const ended = await tx('sync_runs')
        .where({ id, status: 'running' })
        .modify(query => {
          if (ending.status === 'held-back') {
            query.where('drop_confirmed', false);
          }
        })
        .update({
          status: ending.status,
          counts: JSON.stringify(ending.counts),
          items: JSON.stringify(kept(ending.items)),
          message: ending.message ?? null,
          done: ending.total,
          total: ending.total,
          finished_at: now,
          updated_at: now,
        });
      if (ended !== 1) {
        return false;
      }
      await this.#forgetOld(tx, provider);
      if (tell) {
        const { created, updated, renamed, hidden, restored } = ending.counts;
        await announce(tx, this.#clock, {
          topic: 'api-products.provider.synchronised',
          subject: `provider:${provider}`,
          payload: {
            run: id,
            status: ending.status,
            changed: created + updated + renamed + hidden + restored,
          },
        });
      }
      return true;
    });
  }

  /** Ends a live run that nobody can do any more. */
  async abandon(id: Id, message: string): Promise<void> {
    const now = this.#now();
    await this.#db('sync_runs').where({ id }).whereIn('status', LIVE).update({
      status: 'failed',
      message,
      finished_at: now,
      updated_at: now,
    });
  }

  /** Live runs whose backend gives no sign of life, and those that nobody has taken up. */
  async abandoned(): Promise<SyncRunRow[]> {
    return this.#db<SyncRunRow>('sync_runs')
      .whereIn('status', LIVE)
      .where('updated_at', '<', this.#staleBefore());
  }

  /** The latest first. */
  async list(provider: Id, page: PageRequest): Promise<Page<SyncRun>> {
    const query = this.#db('sync_runs').where('provider_id', provider);
    const found = await fetchPage<SyncRunRow>(
      query.clone().select('*'),
      LATEST_FIRST,
      page,
      () => countUpTo(this.#db, [{ query: query, key: 'sync_runs.id' }]),
    );
    return {
      items: found.rows.map(runOf),
      ...found.total,
      pageInfo: found.pageInfo,
    };
  }

  /** The last run of each provider. */
  async lastOfEach(): Promise<Map<Id, Omit<SyncRun, 'items'>>> {
    const rows: SyncRunRow[] = await this.#db('sync_runs')
      .select(
        'id',
        'provider_id',
        'trigger',
        'requested_by',
        'status',
        'done',
        'total',
        'counts',
        'message',
        'started_at',
        'finished_at',
        'created_at',
      )
      .whereNotExists(newer =>
        newer
          .select('later.id')
          .from('sync_runs as later')
          .whereRaw('later.provider_id = sync_runs.provider_id')
          .whereRaw(
            '(later.created_at > sync_runs.created_at or (later.created_at = sync_runs.created_at and later.id > sync_runs.id))',
          ),
      );
    return new Map(rows.map(row => [row.provider_id, runSummaryOf(row)]));
  }

  #now(): string {
    return toIso(this.#clock.now());
  }

  #staleBefore(): string {
    return toIso(this.#clock.now() - STALE_AFTER_MS);
  }

  #live(tx: Queryable, provider: Id): Knex.QueryBuilder {
    return tx('sync_runs')
      .where('provider_id', provider)
      .whereIn('status', LIVE);
  }

  async #failStale(tx: Knex.Transaction, provider: Id): Promise<void> {
    const now = this.#now();
    await tx('sync_runs')
      .where({ provider_id: provider, status: 'running' })
      .where('updated_at', '<', this.#staleBefore())
      .update({
        status: 'failed',
        message: 'The backend that ran it gave no sign of life any more',
        finished_at: now,
        updated_at: now,
      });
  }

  async #forgetOld(tx: Knex.Transaction, provider: Id): Promise<void> {
    const old: string[] = await tx('sync_runs')
      .where('provider_id', provider)
      .whereNotIn('status', LIVE)
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .offset(RUNS_KEPT)
      .limit(100)
      .pluck('id');
    if (old.length > 0) {
      await tx('sync_runs').whereIn('id', old).delete();
    }
  }
}
