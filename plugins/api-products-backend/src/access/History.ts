/**
 * Reads the history. A line is read by who did it, by members of the application it belongs to, by those who decide
 * about the product it belongs to, and by platform owners; for everybody else it does not exist.
 */
import { InputError } from '@backstage/errors';
import type {
  EntityRef,
  HistoryEntry,
  Page,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Sort } from '../lib/cursors';
import { fetchList, type PageRequest, type Queries } from '../lib/paging';
import {
  among,
  fewOf,
  firstOf,
  lookUp,
  rangesOf,
  whereAll,
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
    const db = this.#db;
    const { rows, pageInfo, total } = await fetchList<HistoryRow>(
      db,
      await historyQueries(db, caller, request),
      query => query.select('history.*'),
      SORT,
      request,
    );
    return {
      items: rows.map(row => ({
        id: row.id,
        at: row.at,
        subject: row.subject,
        event: row.event,
        actor: row.actor ?? undefined,
        message: row.message,
      })),
      ...total,
      pageInfo,
    };
  }
}

/** One statement, or none. */
async function historyQueries(
  db: Knex,
  caller: UserCaller,
  { subject, actor, from, to }: HistoryFilter,
): Promise<Queries> {
  const all = caller.platformOwner;
  const known = await lookUp(db, {
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
  const conditions = [about, by].filter(there => there !== undefined);
  const ranges = (query: () => Knex.QueryBuilder, driving = about ?? by) =>
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
  if (!about && own && decided) {
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
