/**
 * Reads the history. A line is read by who did it, by members of the application it belongs to, by those who decide
 * about the product it belongs to, and by platform owners; for everybody else it does not exist.
 */
import { InputError } from '@backstage/errors';
import type {
  EntityRef,
  HistoryChange,
  HistoryEntry,
  Id,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Sort } from '../lib/cursors';
import { PRODUCT_KIND, readRef } from '../lib/refs';
import { fetchList, type PageRequest, type Queries } from '../lib/paging';
import {
  among,
  fewOf,
  firstOf,
  lookUp,
  rangesOf,
  whereAll,
  type Among,
} from '../lib/scans';
import type { Form } from '../lib/semiJoins';
import {
  decidedProducts,
  ownApplications,
  whereDecided,
  whereOfOwn,
} from '../records/reach';
import type { HistoryRow } from '../lib/rows';
import type { Person, UserCaller } from '../identity/Caller';

export interface HistoryFilter {
  /** `<noun>:<id>`. */
  subject?: string;
  actor?: EntityRef;
  /** Not before. */
  from?: string;
  /** Before. */
  to?: string;
  /** Ref of a product. */
  product?: string;
  application?: Id;
  /** What happened to it, to its credentials and to the request that it came from. */
  subscription?: Id;
}

/** Latest first; what happened in the same millisecond in the order in which it was written. */
const SORT: Sort = {
  name: 'history',
  columns: [
    { column: 'history.at', direction: 'desc', type: 'string' },
    { column: 'history.sequence', direction: 'desc', type: 'bigint' },
  ],
};

const ACTOR = 'history.actor';
const APPLICATION = 'history.application_id';
const PRODUCT = 'history.product_id';

/** The column holds UTC with milliseconds; the caller may write the same moment in other ways. */
function momentOf(field: string, text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new InputError(`${field} must be a point in time, ISO 8601`);
  }
  return new Date(time).toISOString();
}

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

/** One statement, or none. */
async function historyQueries(
  db: Knex,
  caller: UserCaller,
  filter: HistoryFilter,
): Promise<Queries> {
  const { subject, actor, from, to, subscription } = filter;
  const all = caller.platformOwner;
  const known = await lookUp(db, {
    products:
      filter.product === undefined
        ? undefined
        : db('products')
            .where({
              ref: readRef('product', filter.product, { only: PRODUCT_KIND }),
            })
            .select('id'),
    requests:
      subscription === undefined
        ? undefined
        : db('subscriptions')
            .where({ id: subscription })
            .select({ id: 'access_request_id' }),
    credentials:
      subscription === undefined
        ? undefined
        : db('credentials')
            .where({ subscription_id: subscription })
            .select('id'),
    own: all ? undefined : firstOf(ownApplications(db, caller).select('id')),
    decided: all ? undefined : firstOf(decidedProducts(db, caller)),
  });
  const lines = () => {
    const query = db('history');
    if (from !== undefined) {
      query.where('history.at', '>=', momentOf('from', from));
    }
    if (to !== undefined) {
      query.where('history.at', '<', momentOf('to', to));
    }
    return query;
  };
  const ofOwn = (query: Knex.QueryBuilder, form: Form) =>
    whereOfOwn(db, query, form, APPLICATION, caller);
  const ofDecided = (query: Knex.QueryBuilder, form: Form) =>
    whereDecided(db, query, form, PRODUCT, caller);
  const done = among(ACTOR, [caller.ref]);
  const by = among(ACTOR, actor === undefined ? undefined : [actor]);
  const about = among(
    'history.subject',
    subject === undefined ? undefined : [subject],
  );
  const ofSubscription: Among | undefined =
    subscription === undefined
      ? undefined
      : {
          column: 'history.subject',
          values: [
            `subscription:${subscription}`,
            ...(known.requests ?? []).map(id => `access-request:${id}`),
            ...(known.credentials ?? []).map(id => `credential:${id}`),
          ],
        };
  const application = among(
    APPLICATION,
    filter.application === undefined ? undefined : [filter.application],
  );
  const product: Among | undefined = known.products && {
    column: PRODUCT,
    values: known.products,
  };
  const narrow = about ?? ofSubscription ?? application ?? product;
  const conditions = [about, ofSubscription, application, product, by].filter(
    there => there !== undefined,
  );
  const ranges = (query: () => Knex.QueryBuilder, driving = narrow ?? by) =>
    rangesOf(query, conditions, [driving]).map(range => ({ query: range }));
  const sets = (
    all
      ? [lines()]
      : [
          lines().where(ACTOR, caller.ref),
          lines().modify(ofOwn, 'together'),
          lines().modify(ofDecided, 'together'),
        ]
  ).map(query => {
    whereAll(query, conditions);
    return { query, key: 'history.sequence' };
  });
  const own = fewOf(known.own);
  const decided = fewOf(known.decided);
  if (all || actor === caller.ref) {
    return { scans: ranges(lines), sets, passesOthers: conditions.length > 1 };
  }
  if (!narrow && own && decided) {
    return {
      scans: [
        ...ranges(lines, done),
        ...ranges(lines, { column: APPLICATION, values: own }),
        ...ranges(lines, { column: PRODUCT, values: decided }),
      ],
      overlap: 3,
      sets,
      passesOthers: conditions.length > 0,
    };
  }
  const readable = () =>
    lines().where(any => {
      any.where(ACTOR, caller.ref);
      any.orWhere(app => ofOwn(app, 'one-by-one'));
      any.orWhere(product => ofDecided(product, 'one-by-one'));
    });
  return { scans: ranges(readable), sets, passesOthers: true };
}
