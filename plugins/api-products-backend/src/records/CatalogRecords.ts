/**
 * What the catalog should have: each record that does not come from Git, with a version that changes with whatever its
 * entity shows. It is a light read, so that the catalog's module asks for records only that have changed.
 */
import { createHash } from 'node:crypto';
import type { CatalogRecordList } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Identified } from '../identity/Caller';
import {
  whereCatalogueVisible,
  wherePlanVisible,
  whereProductVisible,
} from './visibility';

const RECORD = ['ref', 'revision', 'updated_at'] as const;
/** A provider changes these without a new revision. */
const OFFERING = ['provider_status', 'policy_id', 'provider_name'] as const;

const hashOf = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

export class CatalogRecords {
  readonly #db: Knex;

  static create(options: { db: Knex }): CatalogRecords {
    return new CatalogRecords(options.db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  /** @param known - fingerprint of the last answer: where it is still so, the records are left out */
  async list(
    { caller }: Identified,
    known: string | undefined,
  ): Promise<CatalogRecordList> {
    const records = [
      ...(await this.#versions('products', [...OFFERING, 'authentication'], q =>
        whereProductVisible(q, caller),
      )),
      ...(await this.#versions('plans', OFFERING, q =>
        wherePlanVisible(q, caller),
      )),
      ...(await this.#versions('catalogues', [], q =>
        whereCatalogueVisible(q, caller),
      )),
    ];
    const fingerprint = hashOf(JSON.stringify(records), 43);
    return fingerprint === known ? { fingerprint } : { fingerprint, records };
  }

  async #versions(
    table: string,
    more: readonly string[],
    visible: (query: Knex.QueryBuilder) => void,
  ) {
    const rows: ({ ref: string } & Record<string, unknown>)[] = await this.#db(
      table,
    )
      .whereNot(`${table}.origin`, 'catalog')
      .modify(visible)
      .orderBy(`${table}.id`)
      .select([...RECORD, ...more].map(name => `${table}.${name}`));
    return rows.map(({ ref, ...columns }) => ({
      ref,
      version: hashOf(JSON.stringify(Object.values(columns)), 16),
    }));
  }
}
