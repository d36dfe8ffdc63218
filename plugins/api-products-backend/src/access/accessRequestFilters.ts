/** Which access requests a list shows, as SQL: ranges of indexes to read a page of, and sets to count. */
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import type { Form } from '../lib/semiJoins';
import type { Queries, Scan } from '../lib/paging';
import { PLAN_KIND, PRODUCT_KIND, readRef } from '../lib/refs';
import {
  among,
  fewOf,
  firstOf,
  lookUp,
  rangesOf,
  whereAll,
  type Among,
} from '../lib/scans';
import {
  decidedProducts,
  ownApplications,
  whereDecided,
  whereOfOwn,
} from '../records/reach';
import type { AccessRequestFilter } from './types';

interface Conditions {
  application?: Among;
  requester?: Among;
  product?: Among;
  plan?: Among;
  status?: Among;
}

const APPLICATION = 'access_requests.application_id';
const REQUESTER = 'access_requests.requester_ref';
const PRODUCT = 'access_requests.product_id';

/** A ref can have had several records, deleted ones as well. */
const byRef = (db: Knex, table: 'products' | 'plans', ref: string) =>
  db(table).where({ ref }).select('id');

const conditionsOf = (given: Conditions): Among[] =>
  Object.values(given).filter(there => there !== undefined);

/** One statement, or none. */
export async function requestQueries(
  db: Knex,
  caller: UserCaller,
  filter: AccessRequestFilter,
): Promise<Queries> {
  const decides = filter.as === 'approver';
  const restricted = decides && !caller.platformOwner;
  const known = await lookUp(db, {
    products:
      filter.product === undefined
        ? undefined
        : byRef(
            db,
            'products',
            readRef('product', filter.product, { only: PRODUCT_KIND }),
          ),
    plans:
      filter.plan === undefined
        ? undefined
        : byRef(db, 'plans', readRef('plan', filter.plan, { only: PLAN_KIND })),
    decided: restricted ? firstOf(decidedProducts(db, caller)) : undefined,
    own: decides
      ? undefined
      : firstOf(ownApplications(db, caller).select('id')),
  });
  const given: Conditions = {
    application: among(
      APPLICATION,
      filter.application === undefined ? undefined : [filter.application],
    ),
    requester: among(
      REQUESTER,
      filter.requester === undefined
        ? undefined
        : [readRef('requester', filter.requester, { default: 'user' })],
    ),
    product: known.products && { column: PRODUCT, values: known.products },
    plan: known.plans && {
      column: 'access_requests.plan_id',
      values: known.plans,
    },
    status: among(
      'access_requests.status',
      filter.status ?? (filter.current && ['pending', 'rejected']),
    ),
  };
  const all = () =>
    db('access_requests').modify(query => {
      if (filter.current) {
        whereCurrent(db, query);
      }
    });
  const decided = (form: Form) => {
    const query = all();
    if (restricted) {
      whereDecided(db, query, form, PRODUCT, caller);
    }
    return query;
  };
  const asked = () => all().where(REQUESTER, caller.ref);
  const ours = (form: Form) => {
    const query = all();
    whereOfOwn(db, query, form, APPLICATION, caller);
    return query;
  };
  const sets = (
    decides ? [decided('together')] : [asked(), ours('together')]
  ).map(query => ({
    query: query.modify(q => whereAll(q, conditionsOf(given))),
    key: 'access_requests.id',
  }));
  return {
    ...scansOf(caller, given, {
      all,
      reachable: () =>
        decides
          ? decided('one-by-one')
          : all().where(any => {
              any.where(REQUESTER, caller.ref);
              any.orWhere(app =>
                whereOfOwn(db, app, 'one-by-one', APPLICATION, caller),
              );
            }),
      everybody: decides && !restricted,
      products: fewOf(known.decided),
      applications: fewOf(known.own),
    }),
    sets,
  };
}

/** A rejection is no news any more when the application has asked again, or has what it asked for. */
function whereCurrent(db: Knex, query: Knex.QueryBuilder): void {
  const askedAgain = db('access_requests as again')
    .whereRaw('?? = ??', ['again.application_id', APPLICATION])
    .whereRaw('?? = ??', ['again.product_id', PRODUCT])
    .whereNot('again.status', 'cancelled')
    .whereRaw('?? > ??', ['again.created_at', 'access_requests.created_at']);
  const had = db('subscription_products as had')
    .whereRaw('?? = ??', ['had.application_id', APPLICATION])
    .whereRaw('?? = ??', ['had.product_id', PRODUCT])
    .where('had.open', true);
  query.where(any => {
    any.where('access_requests.status', 'pending');
    any.orWhere(rejected => {
      rejected
        .where('access_requests.status', 'rejected')
        .whereNotExists(askedAgain.select(db.raw('1')))
        .whereNotExists(had.select(db.raw('1')));
    });
  });
}

/** What finds the fewest rows drives; what the caller reaches is looked at row by row where it does not. */
function scansOf(
  caller: UserCaller,
  given: Conditions,
  from: {
    all(): Knex.QueryBuilder;
    reachable(): Knex.QueryBuilder;
    /** Whether the caller reaches all of them. */
    everybody: boolean;
    products?: Id[];
    applications?: Id[];
  },
): Omit<Queries, 'sets'> {
  const conditions = conditionsOf(given);
  const ranges = (
    query: () => Knex.QueryBuilder,
    ...driving: (Among | undefined)[]
  ): Scan[] =>
    rangesOf(query, conditions, driving).map(range => ({ query: range }));
  const { application, requester, product, plan, status } = given;
  if (application || requester) {
    return {
      scans: ranges(from.reachable, application ?? requester),
      passesOthers: true,
    };
  }
  if (from.applications) {
    const own = { column: APPLICATION, values: from.applications };
    const asked = { column: REQUESTER, values: [caller.ref] };
    return {
      scans: [...ranges(from.all, asked), ...ranges(from.all, own)],
      overlap: 2,
      passesOthers: conditions.length > 0,
    };
  }
  if (!product && from.products) {
    const decided = { column: PRODUCT, values: from.products };
    return {
      scans: ranges(from.all, decided, status),
      passesOthers: plan !== undefined || status !== undefined,
    };
  }
  const driving = (product ? [product, status] : [plan ?? status]).filter(
    there => there !== undefined,
  );
  return {
    scans: ranges(from.reachable, ...driving),
    passesOthers: !from.everybody || conditions.length > driving.length,
  };
}
