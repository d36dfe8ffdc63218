import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { deleteInBatches } from '../../lib/deleteInBatches';
import { monthOf } from './month';

/**
 * Deletes what was noted before then of quotas that began anew. What says that this month's has begun stays in any case:
 * without it, it would begin once more. @returns how many
 */
export const deleteOldResets = (
  db: Knex,
  clock: Clock,
  before: IsoDateTime,
): Promise<number> =>
  deleteInBatches(db, 'quota_resets', ['credential_id', 'month'], query =>
    query
      .where('reset_at', '<', before)
      .where('month', '<', monthOf(clock.now()).name),
  );
