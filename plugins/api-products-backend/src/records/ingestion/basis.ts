/**
 * What records of Git are derived from beside their own entities: catalogues and who may list in them, names that others
 * have, APIs of providers, what owners are members of, renames that a platform owner has confirmed. While its
 * fingerprint is the same, only records whose entities have changed have to be looked at.
 */
import { createHash } from 'node:crypto';
import type { EntityRef, Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Memberships } from '../../identity/Memberships';
import type { Queryable } from '../../lib/Database';
import type { ProviderApis } from '../ProviderApis';

/** A provider that lacks an API is asked again after this time, and not at every run. */
export const ANSWER_KEPT_MS = 60_000;

export interface Basis {
  fingerprint: string;
  /** What people who own records are members of, themselves included. */
  ownership: ReadonlyMap<EntityRef, EntityRef[]>;
}

/** How many rows, how often they were changed, and when last: different after each change of one of them. */
const summary = (
  db: Knex,
  what: string,
  rows: Knex.QueryBuilder,
  columns: { revisions?: string; latest: string },
): Knex.QueryBuilder =>
  rows.select(
    db.raw('? as what', [what]),
    db.raw('count(*) as n'),
    columns.revisions === undefined
      ? db.raw('0 as revisions')
      : db.raw('coalesce(sum(??), 0) as revisions', [columns.revisions]),
    db.raw('max(??) as latest', [columns.latest]),
  );

const REVISED = { revisions: 'revision', latest: 'updated_at' };

async function tablesOf(db: Knex): Promise<unknown[]> {
  const others = (table: string) =>
    db(table).whereNot('origin', 'catalog').whereNull('deleted_at');
  const rows: {
    what: string;
    n: unknown;
    revisions: unknown;
    latest: unknown;
  }[] = await db
    .from(
      db
        .unionAll([
          summary(
            db,
            'catalogues',
            db('catalogues').whereNull('deleted_at'),
            REVISED,
          ),
          summary(db, 'products', others('products'), REVISED),
          summary(db, 'plans', others('plans'), REVISED),
          summary(db, 'apis', db('provider_apis').clone(), {
            latest: 'updated_at',
          }),
          summary(db, 'renames', db('record_renames').clone(), {
            latest: 'confirmed_at',
          }),
        ])
        .as('tables'),
    )
    .select();
  return rows
    .map(({ what, n, revisions, latest }) =>
      [what, n, revisions, latest].map(String),
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What providers say of APIs that no synchronisation has listed. */
async function unlistedApis(
  db: Queryable,
  providerApis: ProviderApis,
): Promise<unknown[]> {
  const rows: { provider_id: Id; provider_api_id: string }[] = await db(
    'product_apis as a',
  )
    .join('products as p', 'p.id', 'a.product_id')
    .leftJoin('provider_apis as listed', join =>
      join
        .on('listed.provider_id', 'p.provider_id')
        .andOn('listed.api_id', 'a.provider_api_id'),
    )
    .where('p.origin', 'catalog')
    .whereNull('p.deleted_at')
    .whereNull('listed.api_id')
    .whereNotNull('p.provider_id')
    .whereNotNull('a.provider_api_id')
    .distinct('p.provider_id', 'a.provider_api_id');
  const found: unknown[] = [];
  for (const provider of [
    ...new Set(rows.map(row => row.provider_id)),
  ].sort()) {
    const ids = rows
      .filter(row => row.provider_id === provider)
      .map(row => row.provider_api_id)
      .sort();
    const known = await providerApis.find(provider, ids, ANSWER_KEPT_MS);
    const told = ids.flatMap(id => {
      const api = known.get(id);
      return api === undefined ? [] : [[id, api]];
    });
    if (told.length > 0) {
      found.push([provider, told]);
    }
  }
  return found;
}

/**
 * @param gone - refs that the catalog has no more
 * @throws ServiceUnavailableError while the catalog does not say who is a member of what
 */
export async function basisOf(
  {
    db,
    memberships,
    providerApis,
  }: { db: Knex; memberships: Memberships; providerApis: ProviderApis },
  gone: readonly EntityRef[],
): Promise<Basis> {
  const people: EntityRef[] = await db('catalog_copy')
    .where('owner_ref', 'like', 'user:%')
    .distinct('owner_ref')
    .orderBy('owner_ref')
    .pluck('owner_ref');
  const ownership = await memberships.ownershipsOf(people);
  const parts = [
    await tablesOf(db),
    await unlistedApis(db, providerApis),
    [...ownership].map(([owner, refs]) => [owner, [...refs].sort()]),
    gone,
  ];
  return {
    fingerprint: createHash('sha256')
      .update(JSON.stringify(parts))
      .digest('hex'),
    ownership,
  };
}
