/** Differences as the REST API shows them. */
import type {
  DriftItem,
  EntityRef,
  Origin,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { Queryable } from '../../lib/Database';
import type { DriftItemRow } from '../../lib/rows';
import { actionsOf, type ActionFacts, type SubjectNoun } from './actions';
import { differencesOf } from './items';

/** An item with what is known of the record that it is about. */
export type ItemRow = DriftItemRow & {
  product_ref: EntityRef | null;
  product_origin: Origin | null;
  product_edit_url: string | null;
  plan_ref: EntityRef | null;
  plan_origin: Origin | null;
  plan_edit_url: string | null;
};

export const itemRows = (db: Queryable): Knex.QueryBuilder =>
  db('drift_items')
    .leftJoin('products', join =>
      join.on('drift_items.subject', '=', db.raw(`'product:' || products.id`)),
    )
    .leftJoin('plans', join =>
      join.on('drift_items.subject', '=', db.raw(`'plan:' || plans.id`)),
    )
    .select('drift_items.*', {
      product_ref: 'products.ref',
      product_origin: 'products.origin',
      product_edit_url: 'products.edit_url',
      plan_ref: 'plans.ref',
      plan_origin: 'plans.origin',
      plan_edit_url: 'plans.edit_url',
    });

const NOUNS: Record<string, SubjectNoun | undefined> = {
  product: 'product',
  plan: 'plan',
};

function subjectOf(subject: string): { noun: SubjectNoun; id: string } {
  const colon = subject.indexOf(':');
  return {
    noun: NOUNS[subject.slice(0, colon)] ?? 'credential',
    id: subject.slice(colon + 1),
  };
}

export const actionFactsOf = (row: ItemRow): ActionFacts => ({
  status: row.status,
  kind: row.kind,
  noun: subjectOf(row.subject).noun,
  differences: differencesOf(row),
  origin: row.product_origin ?? row.plan_origin ?? undefined,
  editUrl: row.product_edit_url ?? row.plan_edit_url ?? undefined,
});

export function itemOf(row: ItemRow): DriftItem {
  const { noun, id } = subjectOf(row.subject);
  const ref = row.product_ref ?? row.plan_ref;
  return {
    id: row.id,
    provider: row.provider_id,
    kind: row.kind,
    subject: { kind: noun, id, title: row.title, ...(ref ? { ref } : {}) },
    message: row.message,
    differences: differencesOf(row),
    status: row.status,
    actions: actionsOf(actionFactsOf(row)),
    seen: row.seen,
    ...(row.resolution && row.resolved_at
      ? {
          resolution: {
            action: row.resolution,
            ...(row.resolved_by ? { by: row.resolved_by } : {}),
            at: row.resolved_at,
          },
        }
      : {}),
    ...(row.last_error ? { lastError: row.last_error } : {}),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
