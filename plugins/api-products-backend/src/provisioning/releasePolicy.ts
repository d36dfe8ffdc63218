/** Who has put a policy has it: an import that took it for a stranger's gives way. */
import { TABLES, type PlanRow, type ProductRow } from '../lib/rows';
import type { Id } from 'backstage-plugin-api-products-common';
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import type { Queryable } from '../lib/Database';
import {
  canReleaseImport,
  releaseBareImport,
} from '../records/write/releaseBareImport';

export interface PutPolicy {
  noun: 'product' | 'plan';
  /** Of the record that was put. */
  id: Id;
  providerId: Id;
  policyId: string;
}

async function otherWith(
  db: Queryable,
  { noun, id, providerId, policyId }: PutPolicy,
): Promise<ProductRow | PlanRow | undefined> {
  return db(TABLES[noun])
    .where({ provider_id: providerId, policy_id: policyId })
    .whereNot({ id })
    .whereNull('deleted_at')
    .first();
}

const taken = (policyId: string, other: ProductRow | PlanRow): Error =>
  new ProviderRejectedError(
    `Its policy ${policyId} belongs to “${other.title}” (${other.ref}) already`,
  );

/**
 * @throws ProviderRejectedError where the policy is another record's, and that is more than an import that can give way
 */
export async function refuseTaken(
  db: Queryable,
  put: PutPolicy,
): Promise<void> {
  const other = await otherWith(db, put);
  if (other && !(await canReleaseImport(db, put.noun, other))) {
    throw taken(put.policyId, other);
  }
}

/** @throws ProviderRejectedError where the import has stopped being one that can give way. */
export async function releasePolicy(
  tx: Knex.Transaction,
  clock: Clock,
  put: PutPolicy,
): Promise<void> {
  const other = await otherWith(tx, put);
  if (!other) {
    return;
  }
  const gone = await releaseBareImport(
    tx,
    clock,
    put.noun,
    other,
    `went: its policy turned out to be that of another ${put.noun} of the portal`,
  );
  if (!gone) {
    throw taken(put.policyId, other);
  }
}
