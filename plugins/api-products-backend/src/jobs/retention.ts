import type { IsoDateTime } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { deleteInBatches } from '../lib/deleteInBatches';

/** Deletes the jobs that were given up before then. @returns how many */
export const deleteFailedJobs = (
  db: Knex,
  before: IsoDateTime,
): Promise<number> =>
  deleteInBatches(db, 'jobs', ['sequence'], query =>
    query.where('status', 'failed').where('updated_at', '<', before),
  );
