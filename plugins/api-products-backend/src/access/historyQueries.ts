/** Which lines of the history a list shows, as SQL: ranges of indexes to read a page of, and sets to count. */
import { InputError } from '@backstage/errors';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import type { Queries } from '../lib/paging';
import { PRODUCT_KIND, readRef } from '../lib/refs';
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

const ACTOR = 'history.actor';
const APPLICATION = 'history.application_id';
const PRODUCT = 'history.product_id';
const SUBJECT = 'history.subject';

const one = (column: string, value: string | undefined): Among | undefined =>
  among(column, value === undefined ? undefined : [value]);

/** A subscription, the request that it came from, and its keys. */
const subjectsOf = (
  subscription: Id,
  known: { requests?: Id[]; credentials?: Id[] },
): string[] => [
  `subscription:${subscription}`,
  ...(known.requests ?? []).map(id => `access-request:${id}`),
  ...(known.credentials ?? []).map(id => `credential:${id}`),
];

/** The column holds UTC with milliseconds; the caller may write the same moment in other ways. */
function momentOf(field: string, text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) {
    throw new InputError(`${field} must be a point in time, ISO 8601`);
  }
  return new Date(time).toISOString();
}

/** One statement, or none. */
export async function historyQueries(
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
  const done = one(ACTOR, caller.ref);
  const by = one(ACTOR, actor);
  const about = one(SUBJECT, subject);
  const ofSubscription: Among | undefined =
    subscription === undefined
      ? undefined
      : { column: SUBJECT, values: subjectsOf(subscription, known) };
  const application = one(APPLICATION, filter.application);
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
      any.orWhere(decides => ofDecided(decides, 'one-by-one'));
    });
  return { scans: ranges(readable), sets, passesOthers: true };
}
