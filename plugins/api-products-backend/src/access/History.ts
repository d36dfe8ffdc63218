/**
 * Reads the history. A line is read by who did it, by members of the application it belongs to, by those who decide
 * about the product it belongs to, and by platform owners; for everybody else it does not exist.
 */
import type {
  HistoryChange,
  HistoryEntry,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Person } from '../identity/Caller';
import type { Sort } from '../lib/cursors';
import { fetchList, type PageRequest, type Queries } from '../lib/paging';
import type { HistoryRow } from '../lib/rows';
import { historyQueries, type HistoryFilter } from './historyQueries';

/** Latest first; what happened in the same millisecond in the order in which it was written. */
const SORT: Sort = {
  name: 'history',
  columns: [
    { column: 'history.at', direction: 'desc', type: 'string' },
    { column: 'history.sequence', direction: 'desc', type: 'bigint' },
  ],
};

/** As many lines of an export are in memory at once. */
const EXPORTED_AT_ONCE = 100;

const changes = z.array(
  z.object({
    field: z.string(),
    before: z.string().optional(),
    after: z.string().optional(),
  }),
);

const changesOf = (row: HistoryRow): HistoryChange[] | undefined =>
  row.changes === null ? undefined : changes.parse(JSON.parse(row.changes));

const entryOf = (row: HistoryRow): HistoryEntry => ({
  id: row.id,
  at: row.at,
  subject: row.subject,
  event: row.event,
  actor: row.actor ?? undefined,
  message: row.message,
  reason: row.reason ?? undefined,
  changes: changesOf(row),
});

export class History {
  readonly #db: Knex;

  static create({ db }: { db: Knex }): History {
    return new History(db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** @throws InputError naming the field */
  async list(
    { caller }: Person,
    request: HistoryFilter & PageRequest,
  ): Promise<Page<HistoryEntry>> {
    const { rows, pageInfo, total } = await this.#page(
      await historyQueries(this.#db, caller, request),
      request,
    );
    return { items: rows.map(entryOf), ...total, pageInfo };
  }

  /**
   * All lines that `list` would show, some at a time, as long as somebody takes them.
   *
   * @throws InputError naming the field, before the first
   */
  async export(
    { caller }: Person,
    filter: HistoryFilter,
  ): Promise<AsyncIterable<HistoryEntry[]>> {
    return this.#pages(await historyQueries(this.#db, caller, filter));
  }

  async *#pages(queries: Queries): AsyncGenerator<HistoryEntry[]> {
    let cursor: string | undefined;
    do {
      const { rows, pageInfo } = await this.#page(queries, {
        limit: EXPORTED_AT_ONCE,
        cursor,
      });
      yield rows.map(entryOf);
      cursor = pageInfo.nextCursor;
    } while (cursor !== undefined);
  }

  #page(queries: Queries, request: PageRequest) {
    return fetchList<HistoryRow>(
      this.#db,
      queries,
      query => query.select('history.*'),
      SORT,
      request,
    );
  }
}
