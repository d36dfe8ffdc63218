/** Which subscriptions a list shows, as SQL: ranges of indexes to read a page of, and sets to count. */
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { UserCaller } from '../identity/Caller';
import type { Queries, Scan } from '../lib/paging';
import type { CountedSet } from '../lib/totals';
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
import { whereWords } from '../lib/searchWords';
import { whereAmong, type Form } from '../lib/semiJoins';
import {
  decidedProducts,
  ownApplications,
  whereDecided,
  whereOfOwn,
} from '../records/reach';
import type { SubscriptionFilter } from './types';

const ID = 'subscriptions.id';
const APPLICATION = 'subscriptions.application_id';

/** Its rows have the products of subscriptions in the order of the list. */
const LINK = 'subscription_products';
const BY_PRODUCT = {
  created_at: `${LINK}.created_at`,
  id: `${LINK}.subscription_id`,
};

/** One statement, or none. */
export async function subscriptionQueries(
  db: Knex,
  caller: UserCaller,
  filter: SubscriptionFilter,
): Promise<Queries> {
  const owns = filter.as === 'owner';
  const withWords = (
    query: Knex.QueryBuilder,
    form: Form,
    id: string,
    q: string | undefined,
  ) => whereWords(db, query, form, 'application', id, q);
  const restricted = owns && !caller.platformOwner;
  const known = await lookUp(db, {
    products:
      filter.product === undefined
        ? undefined
        : db('products')
            .where({
              ref: readRef('product', filter.product, { only: PRODUCT_KIND }),
            })
            .select('id'),
    plans:
      filter.plan === undefined
        ? undefined
        : db('plans')
            .where({ ref: readRef('plan', filter.plan, { only: PLAN_KIND }) })
            .select('id'),
    decided: restricted ? firstOf(decidedProducts(db, caller)) : undefined,
    own: owns ? undefined : firstOf(ownApplications(db, caller).select('id')),
    sought:
      filter.q === undefined
        ? undefined
        : firstOf(
            db('applications')
              .modify(all =>
                withWords(all, 'together', 'applications.id', filter.q),
              )
              .select('id'),
          ),
  });
  const sought = fewOf(known.sought);
  // Where too many have these words, each is looked at as it comes.
  const words = sought ? undefined : filter.q;
  const application: Among | undefined =
    filter.application === undefined
      ? sought && { column: APPLICATION, values: sought }
      : {
          column: APPLICATION,
          values:
            sought && !sought.includes(filter.application)
              ? []
              : [filter.application],
        };
  const plan: Among | undefined = known.plans && {
    column: 'subscriptions.plan_id',
    values: known.plans,
  };
  const status = among('subscriptions.status', filter.status);
  const conditions = [application, plan, status].filter(
    there => there !== undefined,
  );
  const withProduct = (
    query: Knex.QueryBuilder,
    form: Form,
    narrow: (links: Knex.QueryBuilder) => void,
  ) => whereAmong(db, query, form, ID, db(LINK).modify(narrow), BY_PRODUCT.id);
  /** What the caller sees, of the products that are asked for. */
  const reachable = (form: Form) => {
    const query = db('subscriptions').modify(all =>
      withWords(all, form, APPLICATION, words),
    );
    if (!owns) {
      whereOfOwn(db, query, form, APPLICATION, caller);
    }
    if (restricted) {
      withProduct(query, form, links =>
        whereDecided(db, links, form, `${LINK}.product_id`, caller),
      );
    }
    const { products } = known;
    if (products) {
      withProduct(query, form, links =>
        links.whereIn(`${LINK}.product_id`, products),
      );
    }
    return query;
  };
  /** By the products where it can be: that finds the subscriptions without reading all of them. */
  const set = (): CountedSet => {
    if (!restricted && !known.products) {
      const query = reachable('together');
      whereAll(query, conditions);
      return { query, key: ID };
    }
    const query = db(LINK)
      .join('subscriptions', ID, BY_PRODUCT.id)
      .modify(all => withWords(all, 'together', APPLICATION, words));
    whereAll(query, conditions);
    if (!owns) {
      whereOfOwn(db, query, 'together', APPLICATION, caller);
    }
    if (restricted) {
      whereDecided(db, query, 'together', `${LINK}.product_id`, caller);
    }
    const { products } = known;
    if (products && restricted) {
      withProduct(query, 'one-by-one', links =>
        links.whereIn(`${LINK}.product_id`, products),
      );
    } else if (products) {
      query.whereIn(`${LINK}.product_id`, products);
    }
    return { query, key: BY_PRODUCT.id };
  };
  const ranges = (...driving: (Among | undefined)[]) =>
    rangesOf(() => reachable('one-by-one'), conditions, driving).map(query => ({
      query,
    }));
  const ofProducts = (ids: Id[]): Scan[] =>
    rangesOf(
      () => {
        const query = db(LINK);
        whereLowestOf(db, query, ids);
        const of = reachable('one-by-one');
        whereAll(of, conditions);
        return whereAmong(db, query, 'one-by-one', BY_PRODUCT.id, of, ID);
      },
      [],
      [{ column: `${LINK}.product_id`, values: ids }],
    ).map(query => ({ query, columns: BY_PRODUCT }));
  const scans = (): Omit<Queries, 'sets'> => {
    const own = fewOf(known.own);
    const decided = fewOf(known.decided);
    const { products } = known;
    const everybody = owns && !restricted;
    const narrowed = conditions.length > 0 || words !== undefined;
    const passesOthers = narrowed || products !== undefined;
    if (application) {
      return { scans: ranges(application), passesOthers: true };
    }
    if (own) {
      const applications = { column: APPLICATION, values: own };
      return { scans: ranges(applications), passesOthers };
    }
    if (products) {
      return {
        scans: ofProducts(products),
        passesOthers: !everybody || narrowed,
      };
    }
    if (decided) {
      return { scans: ofProducts(decided), passesOthers };
    }
    return {
      scans: ranges(plan ?? status),
      passesOthers: !everybody || conditions.length > 1 || words !== undefined,
    };
  };
  return { ...scans(), sets: [set()] };
}

/** A subscription to several of them is found once. */
function whereLowestOf(db: Knex, links: Knex.QueryBuilder, ids: Id[]): void {
  if (ids.length > 1) {
    links.whereNotExists(
      db(`${LINK} as lower`)
        .whereRaw('?? = ??', ['lower.subscription_id', BY_PRODUCT.id])
        .whereRaw('?? < ??', ['lower.product_id', `${LINK}.product_id`])
        .whereIn('lower.product_id', ids)
        .select(db.raw('1')),
    );
  }
}
