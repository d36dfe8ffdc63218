/**
 * Brings one record to what its draft says: row, rows beside it, history and the jobs that tell the provider, in one
 * transaction. The row is changed by compare-and-set; who comes second does nothing, and the next run looks again.
 */
import { randomUUID } from 'node:crypto';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { recordHistory } from '../../audit/history';
import { toIso, type Clock } from '../../database/clock';
import { enqueue } from '../../provisioning/JobQueue';
import type { Draft } from './drafts';
import { offeredApis, putPlansOf, sameOffer } from './planApis';

/** @internal */
export const TABLES = {
  product: 'products',
  plan: 'plans',
  catalogue: 'catalogues',
} as const;

/** What has to be known of a row to decide whether to write it. @internal */
export interface KnownRecord {
  id: Id;
  ref: string;
  revision: number;
  origin: string;
  fingerprint: string;
  hidden_at: string | null;
}

/** `lost`: somebody else changed the record meanwhile. @internal */
export type Outcome = 'created' | 'updated' | 'restored' | 'lost';

function recordColumns({ spec, fingerprint }: Draft, now: string) {
  return {
    ref: spec.ref,
    namespace: spec.namespace,
    name: spec.name,
    title: spec.title.slice(0, 255),
    description: spec.description ?? null,
    owner_ref: spec.owner,
    edit_url: spec.editUrl ?? null,
    spec: JSON.stringify(spec),
    fingerprint,
    hidden_at: null,
    updated_at: now,
  };
}

function providerColumns({ provider }: Draft) {
  if (!provider) {
    return {};
  }
  if (provider.id === null) {
    return {
      provider_id: null,
      provider_status: 'none',
      provider_message: null,
    };
  }
  return {
    provider_id: provider.id,
    provider_status: provider.problem ? 'failed' : 'pending',
    provider_message: provider.problem ?? null,
  };
}

/** A record that moved to another provider is not known there under its old id. */
async function forgetOtherProvider(
  tx: Knex.Transaction,
  draft: Draft,
  { id, revision }: KnownRecord,
): Promise<void> {
  if (draft.provider) {
    await tx(TABLES[draft.noun])
      .where({ id, revision })
      .whereNotNull('policy_id')
      .whereRaw(`coalesce(provider_id, '') <> ?`, [draft.provider.id ?? ''])
      .update({ policy_id: null, provider_revision: 0 });
  }
}

async function insert(
  tx: Knex.Transaction,
  draft: Draft,
  now: string,
): Promise<Id | undefined> {
  const id = randomUUID();
  await tx(TABLES[draft.noun])
    .insert({
      id,
      revision: 1,
      origin: 'catalog',
      created_at: now,
      ...recordColumns(draft, now),
      ...draft.columns,
      ...providerColumns(draft),
    })
    .onConflict('ref')
    .ignore();
  const there: { id: string } | undefined = await tx(TABLES[draft.noun])
    .where({ id })
    .first('id');
  return there?.id;
}

async function update(
  tx: Knex.Transaction,
  draft: Draft,
  known: KnownRecord,
  now: string,
): Promise<Id | undefined> {
  await forgetOtherProvider(tx, draft, known);
  const changed: number = await tx(TABLES[draft.noun])
    .where({ id: known.id, revision: known.revision })
    .update({
      revision: known.revision + 1,
      ...recordColumns(draft, now),
      ...draft.columns,
      ...providerColumns(draft),
    });
  return changed === 1 ? known.id : undefined;
}

const SENTENCES: Record<Exclude<Outcome, 'lost'>, string> = {
  created: 'was read from Git',
  updated: 'was changed in Git',
  restored: 'is back in Git',
};

/** @internal */
export async function writeDraft(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  known: KnownRecord | undefined,
): Promise<Outcome> {
  const now = toIso(clock.now());
  const isProduct = draft.noun === 'product';
  const before =
    known && isProduct ? await offeredApis(tx, known.id) : undefined;
  const id = known
    ? await update(tx, draft, known, now)
    : await insert(tx, draft, now);
  if (id === undefined) {
    return 'lost';
  }
  await draft.writeParts(tx, id);
  if (draft.provider && draft.provider.id !== null && !draft.provider.problem) {
    await enqueue(tx, clock, {
      kind: draft.noun === 'product' ? 'put-product' : 'put-plan',
      subject: `${draft.noun}:${id}`,
    });
  }
  if (isProduct) {
    const after = await offeredApis(tx, id);
    if (!sameOffer(before, after)) {
      await putPlansOf(tx, clock, [before, after]);
    }
  }
  const outcome = outcomeOf(known);
  await recordHistory(tx, clock, {
    subject: `${draft.noun}:${id}`,
    event: `${draft.noun}.${outcome}`,
    message: `${draft.spec.title} ${SENTENCES[outcome]}`,
    product: isProduct ? id : undefined,
  });
  return outcome;
}

function outcomeOf(known: KnownRecord | undefined) {
  if (!known) {
    return 'created';
  }
  return known.hidden_at === null ? 'updated' : 'restored';
}

/** Hides a record whose entity is gone. Its keys go on working. @internal */
export async function hide(
  tx: Knex.Transaction,
  clock: Clock,
  noun: Draft['noun'],
  known: KnownRecord,
): Promise<'hidden' | 'lost'> {
  const now = toIso(clock.now());
  const changed: number = await tx(TABLES[noun])
    .where({ id: known.id, revision: known.revision })
    .update({
      revision: known.revision + 1,
      hidden_at: now,
      updated_at: now,
    });
  if (changed !== 1) {
    return 'lost';
  }
  await recordHistory(tx, clock, {
    subject: `${noun}:${known.id}`,
    event: `${noun}.hidden`,
    message: `${known.ref} is gone from Git and hidden; keys that exist go on working`,
    product: noun === 'product' ? known.id : undefined,
  });
  return 'hidden';
}
