/**
 * A synchronisation may import a policy before it is known whose it is: the two were on their way at the same time, or
 * the policy is left from an earlier life of the portal. Who has put it has it; an imported record that nobody has
 * edited, and so nobody can have subscribed to, lets go of it and is hidden.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { recordHistory } from '../../audit/history';
import { toIso, type Clock } from '../../database/clock';
import type { Queryable } from '../../database/Database';
import type { PlanRow, ProductRow } from '../../database/rows';
import { isEdited } from '../../synchronisation/plan';

const TABLES = { product: 'products', plan: 'plans' } as const;

/** @internal */
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

const canLetGo = (other: ProductRow | PlanRow): boolean =>
  other.origin === 'provider' && !isEdited(other);

/**
 * @throws ProviderRejectedError where the policy is another record's, and that is more than an unedited import
 * @internal
 */
export async function refuseTaken(
  db: Queryable,
  put: PutPolicy,
): Promise<void> {
  const other = await otherWith(db, put);
  if (other && !canLetGo(other)) {
    throw new ProviderRejectedError(
      `Its policy ${put.policyId} belongs to “${other.title}” (${other.ref}) already`,
    );
  }
}

/** @internal */
export async function letGo(
  tx: Knex.Transaction,
  clock: Clock,
  put: PutPolicy,
): Promise<void> {
  const other = await otherWith(tx, put);
  if (!other || !canLetGo(other)) {
    return;
  }
  const now = toIso(clock.now());
  const revision = other.revision + 1;
  const gone: number = await tx(TABLES[put.noun])
    .where({ id: other.id, revision: other.revision })
    .update({
      policy_id: null,
      provider_status: 'none',
      provider_revision: 0,
      hidden_at: other.hidden_at ?? now,
      hidden_by: 'provider',
      revision,
      taken_revision: revision,
      updated_at: now,
    });
  if (gone === 1) {
    await recordHistory(tx, clock, {
      subject: `${put.noun}:${other.id}`,
      event: `${put.noun}.hidden`,
      message: `${other.title} is hidden: its policy turned out to be that of another ${put.noun} of the portal`,
      product: put.noun === 'product' ? other.id : undefined,
    });
  }
}
