/**
 * Brings one record to what its draft says: row, rows beside it, history and the jobs that tell the provider, in one
 * transaction, whether Git, a person or a provider says it. The row is changed by compare-and-set; who comes second does
 * nothing and is told so.
 */
import { TABLES, type ProductRow } from '../../lib/rows';
import { randomUUID } from 'node:crypto';
import type {
  EntityRef,
  HistoryChange,
  Id,
  Origin,
} from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { changesBetween } from '../../history/changes';
import { recordHistory } from '../../history/history';
import { toIso, type Clock } from '../../lib/clock';
import type { Queryable } from '../../lib/Database';
import { lockCatalogue } from '../../lib/locks';
import { announce } from '../../notices/notify';
import { enqueue } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';
import { enqueueRemoval } from '../../jobs/removals';
import type { Draft } from './drafts';
import { offeredApis, putPlansOf, sameOffer } from './planApis';
import { beginningOf } from '../../lib/texts';

/** What has to be known of a row to decide whether to write it. */
export interface KnownRecord {
  id: Id;
  ref: string;
  revision: number;
  origin: Origin;
  fingerprint: string;
  hidden_at: string | null;
  /** Catalogues have no provider that could lose them. */
  hidden_by?: 'source' | 'provider' | null;
  /** Nor are they kept at one. */
  provider_id?: string | null;
  /** Nor imported from one. */
  taken_revision?: number;
  /** Nor is anything found of them. */
  findings?: string | null;
  /** Only plans. */
  held_back?: string | null;
  spec?: string;
}

/** Who writes. */
export interface Authorship {
  /** Of a record that is made. */
  origin: Origin;
  /** Absent where the portal itself acts. */
  actor?: EntityRef;
  /** What the history says of the record, after its title. */
  sentences: Record<Exclude<Outcome, 'lost'>, string>;
  /** What was hidden by this is shown again by being written; everything else that is hidden stays so. */
  restores?: 'source' | 'provider';
}

/** Git, as ingestion reads it. */
const GIT: Authorship = {
  origin: 'catalog',
  restores: 'source',
  sentences: {
    created: 'was read from Git',
    updated: 'was changed in Git',
    restored: 'is back in Git',
  },
};

/** Everything that is not deleted. */
export async function readKnown(
  db: Queryable,
  noun: Draft['noun'],
): Promise<KnownRecord[]> {
  return db(TABLES[noun])
    .whereNull('deleted_at')
    .select(
      'id',
      'ref',
      'revision',
      'origin',
      'fingerprint',
      'hidden_at',
      ...(noun === 'catalogue'
        ? []
        : ['hidden_by', 'provider_id', 'taken_revision', 'findings']),
      ...(noun === 'plan' ? ['held_back', 'spec'] : []),
    );
}

/** `lost`: somebody else changed the record meanwhile. */
export type Outcome = 'created' | 'updated' | 'restored' | 'lost';

function recordColumns({ spec }: Draft, now: string) {
  return {
    ref: spec.ref,
    namespace: spec.namespace,
    name: spec.name,
    title: beginningOf(spec.title),
    description: spec.description ?? null,
    owner_ref: spec.owner,
    edit_url: spec.editUrl ?? null,
    renamed_from: spec.renamedFrom ?? null,
    spec: JSON.stringify(spec),
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

/** A record that moved to another provider is not known there under its old id, and is not needed at the old one. */
async function forgetOtherProvider(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  { id, revision }: KnownRecord,
): Promise<void> {
  if (!draft.provider) {
    return;
  }
  const { noun } = draft;
  const there: Pick<ProductRow, 'provider_id' | 'policy_id'> | undefined =
    await tx(TABLES[noun])
      .where({ id, revision })
      .whereRaw(`coalesce(provider_id, '') <> ?`, [draft.provider.id ?? ''])
      .first('provider_id', 'policy_id');
  if (!there) {
    return;
  }
  await tx(TABLES[noun])
    .where({ id, revision })
    .update({ policy_id: null, provider_name: null, provider_revision: 0 });
  await enqueueRemoval(tx, clock, noun, {
    record: id,
    provider: there.provider_id,
    policy: there.policy_id,
  });
}

async function insert(
  tx: Knex.Transaction,
  draft: Draft,
  { origin }: Authorship,
  now: string,
): Promise<Id | undefined> {
  const id = randomUUID();
  await tx(TABLES[draft.noun])
    .insert({
      id,
      revision: 1,
      origin,
      fingerprint: draft.fingerprint,
      created_at: now,
      ...recordColumns(draft, now),
      ...draft.columns,
      ...providerColumns(draft),
    })
    .onConflict(tx.raw('(ref) where deleted_at is null'))
    .ignore();
  const there: { id: string } | undefined = await tx(TABLES[draft.noun])
    .where({ id })
    .first('id');
  return there?.id;
}

async function update(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  known: KnownRecord,
  restored: boolean,
  now: string,
): Promise<Id | undefined> {
  await forgetOtherProvider(tx, clock, draft, known);
  const shown =
    draft.noun === 'catalogue'
      ? { hidden_at: null }
      : { hidden_at: null, hidden_by: null };
  const changed: number = await tx(TABLES[draft.noun])
    .where({ id: known.id, revision: known.revision })
    .whereNull('deleted_at')
    .update({
      revision: known.revision + 1,
      // Of what was imported, it says what its provider had.
      ...(known.origin === 'provider'
        ? {}
        : { fingerprint: draft.fingerprint }),
      ...recordColumns(draft, now),
      ...(restored ? shown : {}),
      ...draft.columns,
      ...providerColumns(draft),
    });
  return changed === 1 ? known.id : undefined;
}

async function changesOf(
  tx: Knex.Transaction,
  { noun, spec }: Draft,
  known: KnownRecord,
): Promise<HistoryChange[]> {
  const row: { spec?: string } | undefined =
    known.spec === undefined
      ? await tx(TABLES[noun]).where({ id: known.id }).first('spec')
      : known;
  return changesBetween(JSON.parse(row?.spec ?? '{}'), { ...spec });
}

export async function writeDraft(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  known: KnownRecord | undefined,
  by: Authorship = GIT,
): Promise<Outcome> {
  await lockCatalogue(tx);
  const now = toIso(clock.now());
  const isProduct = draft.noun === 'product';
  const outcome = outcomeOf(known, by);
  const before =
    known && isProduct ? await offeredApis(tx, known.id) : undefined;
  const changes = known && (await changesOf(tx, draft, known));
  const id = known
    ? await update(tx, clock, draft, known, outcome === 'restored', now)
    : await insert(tx, draft, by, now);
  if (id === undefined) {
    return 'lost';
  }
  await draft.writeParts(tx, id);
  if (draft.provider && draft.provider.id !== null && !draft.provider.problem) {
    await enqueue(tx, clock, {
      kind: draft.noun === 'product' ? 'put-product' : 'put-plan',
      subject: `${draft.noun}:${id}`,
      lane: laneOf(draft.provider.id),
    });
  }
  if (isProduct) {
    const after = await offeredApis(tx, id);
    if (!sameOffer(before, after)) {
      await putPlansOf(tx, clock, [before, after]);
    }
  }
  await recordHistory(tx, clock, {
    subject: `${draft.noun}:${id}`,
    event: `${draft.noun}.${outcome}`,
    actor: by.actor,
    message: `${draft.spec.title} ${by.sentences[outcome]}`,
    changes,
    product: isProduct ? id : undefined,
  });
  if (by.actor !== undefined) {
    // What a schedule writes is told once for all of it, or seen at the next look.
    await announce(tx, clock, {
      topic: `api-products.${draft.noun}.${outcome}`,
      subject: `${draft.noun}:${id}`,
    });
  }
  return outcome;
}

function outcomeOf(
  known: KnownRecord | undefined,
  { restores }: Authorship,
): Exclude<Outcome, 'lost'> {
  if (!known) {
    return 'created';
  }
  const ends =
    known.hidden_at !== null && (known.hidden_by ?? 'source') === restores;
  return ends ? 'restored' : 'updated';
}

/** Hidden because its entity was gone; what a provider has lost is not for Git to bring back. */
export const isGone = (record: {
  origin: Origin;
  hidden_at: string | null;
  hidden_by?: 'source' | 'provider' | null;
}): boolean =>
  record.origin === 'catalog' &&
  record.hidden_at !== null &&
  record.hidden_by !== 'provider';

/** Hides a record whose entity is gone. Its keys go on working. */
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
      ...(noun === 'catalogue' ? {} : { hidden_by: 'source' }),
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
