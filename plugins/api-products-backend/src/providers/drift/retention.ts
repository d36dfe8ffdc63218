import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { deleteInBatches } from '../../lib/deleteInBatches';

/** Deletes the differences that ended before then; what is open, or left as it is by somebody, stays. @returns how many */
export const deleteEndedItems = (
  db: Knex,
  before: IsoDateTime,
): Promise<number> =>
  deleteInBatches(db, 'drift_items', ['id'], query =>
    query
      .whereIn('status', ['repaired', 'gone'])
      .where('updated_at', '<', before),
  );
