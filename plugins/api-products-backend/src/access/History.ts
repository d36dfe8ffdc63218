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
import { whereApprovableBy } from '../records/visibility';
import { countOf, fetchPage, type PageRequest, type Sort } from '../lib/paging';
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

/** Latest first. */
const SORT: Sort = {
  name: 'history',
  columns: [{ column: 'history.sequence', direction: 'desc', type: 'bigint' }],
};

function whereReadableBy(query: Knex.QueryBuilder, caller: UserCaller): void {
  if (caller.platformOwner) {
    return;
  }
  query.where(any =>
    any
      .where('history.actor', caller.ref)
      .orWhereIn('history.application_id', own =>
        own
          .select('applications.id')
          .from('applications')
          .whereIn('applications.owner_ref', caller.ownership),
      )
      .orWhereIn('history.product_id', own => {
        own.select('products.id').from('products');
        whereApprovableBy(own, caller);
      }),
  );
}

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
    const { subject, actor, from, to } = request;
    const query = this.#db('history').modify(q => {
      whereReadableBy(q, caller);
      if (subject !== undefined) {
        q.where('history.subject', subject);
      }
      if (actor !== undefined) {
        q.where('history.actor', actor);
      }
      if (from !== undefined) {
        q.where('history.at', '>=', momentOf('from', from));
      }
      if (to !== undefined) {
        q.where('history.at', '<', momentOf('to', to));
      }
    });
    const [{ rows, pageInfo }, totalItems] = await Promise.all([
      fetchPage<HistoryRow>(query.clone().select('history.*'), SORT, request),
      countOf(query),
    ]);
    return {
      items: rows.map(row => ({
        id: row.id,
        at: row.at,
        subject: row.subject,
        event: row.event,
        actor: row.actor ?? undefined,
        message: row.message,
      })),
      totalItems,
      pageInfo,
    };
  }
}
