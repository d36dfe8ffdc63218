/**
 * What a synchronisation has to do: the records that are known compared with what the provider has. Pure, so that its
 * rules can be read and tested by themselves; who carries it out looks again before he writes.
 *
 * - What is selected and unknown becomes a record; what is known is recognised by its policy, whoever made it.
 * - Records of origin `provider` follow the provider: hidden when their policy is gone, not selected any more or
 *   something else, back as they were when it is, and, as long as nobody has edited them here, changed with it.
 * - Records of origin `catalog` and `portal` are ours: what differs at the provider, or is missing there, is drift.
 * - Names go both ways, except those from Git.
 */
import type { Origin, SyncItem } from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import { fingerprintOf, obstacleOf } from './content';

/** @internal */
export type Noun = 'product' | 'plan';

/** What has to be known of a record to decide whether to touch it. Named as its columns. @internal */
export interface KnownRecord {
  noun: Noun;
  id: string;
  ref: string;
  title: string;
  revision: number;
  taken_revision: number;
  origin: Origin;
  policy_id: string | null;
  provider_name: string | null;
  fingerprint: string;
  hidden_at: string | null;
  deleted_at: string | null;
  /** Under which name it is being put there, as long as it has no policy. */
  unplaced_name?: string;
}

/** Something to be done to one record. @internal */
export type Change =
  | {
      kind: 'create';
      found: FoundProduct | FoundPlan;
      fingerprint: string;
    }
  | {
      kind: 'change';
      known: KnownRecord;
      found: FoundProduct | FoundPlan;
      /** It was hidden because its policy was gone. */
      back: boolean;
      /** The name at the provider is another than at the last look. */
      renamed: boolean;
      /** Set where the content at the provider is to be taken over. */
      fingerprint?: string;
    }
  | { kind: 'hide'; known: KnownRecord; reason: string };

/** @internal */
export interface SyncPlan {
  changes: Change[];
  /** What is left alone, and why. */
  ignored: SyncItem[];
  /** Recognised, and as it was. */
  unchanged: number;
  /** Imported records that are shown, of which some may have to be hidden. */
  shown: number;
  /** Whether the provider told of anything at all. */
  empty: boolean;
}

/** Whether it was edited here since a synchronisation wrote it last. @internal */
export const isEdited = (
  record: Pick<KnownRecord, 'revision' | 'taken_revision'>,
): boolean => record.revision !== record.taken_revision;

interface Index {
  live: Map<string, KnownRecord>;
  deleted: Map<string, KnownRecord>;
  /** Names under which records are being put there. */
  unplaced: Map<string, KnownRecord>;
}

function indexOf(known: readonly KnownRecord[]): Record<Noun, Index> {
  const index = (): Index => ({
    live: new Map(),
    deleted: new Map(),
    unplaced: new Map(),
  });
  const found = { product: index(), plan: index() };
  for (const record of known) {
    const { live, deleted, unplaced } = found[record.noun];
    if (record.policy_id !== null) {
      (record.deleted_at === null ? live : deleted).set(
        record.policy_id,
        record,
      );
    } else if (record.unplaced_name !== undefined) {
      unplaced.set(record.unplaced_name, record);
    }
  }
  return found;
}

const OTHER: Record<Noun, Noun> = { product: 'plan', plan: 'product' };

const ignoredItem = (
  found: ProviderOffering,
  reason: string,
  record?: KnownRecord,
): SyncItem => ({
  outcome: 'ignored',
  ...(found.kind === 'other' ? {} : { kind: found.kind }),
  ...(record ? { ref: record.ref } : {}),
  name: found.name,
  policyId: found.policyId,
  reason,
});

/** Looks at a policy whose record is known. */
function compare(
  known: KnownRecord,
  found: FoundProduct | FoundPlan,
): Change | { kind: 'ignore'; reason: string } | undefined {
  const imported = known.origin === 'provider';
  const back = imported && known.hidden_at !== null;
  // A record that was never put there, or not yet, has no name there that could have been changed.
  const renamed =
    known.origin !== 'catalog' &&
    known.provider_name !== null &&
    known.provider_name !== found.name;
  let fingerprint: string | undefined;
  if (imported && !isEdited(known)) {
    const theirs = fingerprintOf(found);
    if (theirs !== known.fingerprint) {
      const reason = obstacleOf(found);
      if (reason !== undefined) {
        return { kind: 'ignore', reason };
      }
      fingerprint = theirs;
    }
  }
  return back || renamed || fingerprint !== undefined
    ? { kind: 'change', known, found, back, renamed, fingerprint }
    : undefined;
}

/** Why a policy that no record is linked with does not become one. */
function refusal(
  found: FoundProduct | FoundPlan,
  index: Record<Noun, Index>,
): { reason: string; record?: KnownRecord } | undefined {
  const { policyId, kind, name } = found;
  const claimed = index[OTHER[kind]].live.get(policyId);
  if (claimed && claimed.origin !== 'provider') {
    return {
      reason: `It belongs to the ${claimed.noun} “${claimed.title}”, and is a ${kind} at the provider`,
      record: claimed,
    };
  }
  const deleted =
    index[kind].deleted.get(policyId) ??
    index[OTHER[kind]].deleted.get(policyId);
  if (deleted) {
    return {
      reason: `It belonged to “${deleted.title}”, which was deleted here`,
    };
  }
  const unplaced = index[kind].unplaced.get(name);
  if (unplaced) {
    return {
      reason: `“${unplaced.title}” is being brought to the provider under this name: whether this is it shows at the next synchronisation`,
      record: unplaced,
    };
  }
  const reason = obstacleOf(found);
  return reason === undefined ? undefined : { reason };
}

/** Why the policy of an imported record is as good as gone. */
function reasonToHide(
  known: KnownRecord,
  found: ProviderOffering | undefined,
): string {
  if (!found) {
    return 'Its policy is gone from the provider';
  }
  if (!found.selected) {
    return 'Its policy no longer carries a tag that selects it';
  }
  return found.kind === 'other'
    ? `Its policy is no longer a ${known.noun}: ${found.reason}`
    : `Its policy is a ${found.kind} now`;
}

/**
 * @param offerings - everything that the provider has
 * @param known - all records that have the provider, those that were deleted too
 * @param noImports - why nothing can be imported now, if so
 * @internal
 */
export function planSynchronisation(
  offerings: readonly ProviderOffering[],
  known: readonly KnownRecord[],
  noImports?: string,
): SyncPlan {
  const index = indexOf(known);
  const plan: SyncPlan = {
    changes: [],
    ignored: [],
    unchanged: 0,
    shown: 0,
    empty: offerings.length === 0,
  };
  const seen = new Map<string, ProviderOffering>();
  for (const found of offerings) {
    if (seen.has(found.policyId)) {
      continue;
    }
    seen.set(found.policyId, found);
    if (found.kind === 'other') {
      if (found.selected) {
        plan.ignored.push(ignoredItem(found, found.reason));
      }
      continue;
    }
    const record = index[found.kind].live.get(found.policyId);
    const ours = record !== undefined && record.origin !== 'provider';
    if (!found.selected && !ours) {
      continue;
    }
    if (record) {
      const change = compare(record, found);
      if (!change) {
        plan.unchanged++;
      } else if (change.kind === 'ignore') {
        plan.ignored.push(ignoredItem(found, change.reason, record));
      } else {
        plan.changes.push(change);
      }
      continue;
    }
    const refused = refusal(found, index);
    if (refused) {
      plan.ignored.push(ignoredItem(found, refused.reason, refused.record));
    } else if (noImports !== undefined) {
      plan.ignored.push(ignoredItem(found, noImports));
    } else {
      plan.changes.push({
        kind: 'create',
        found,
        fingerprint: fingerprintOf(found),
      });
    }
  }
  for (const record of known) {
    if (
      record.origin !== 'provider' ||
      record.policy_id === null ||
      record.hidden_at !== null ||
      record.deleted_at !== null
    ) {
      continue;
    }
    plan.shown++;
    const found = seen.get(record.policy_id);
    if (!found?.selected || found.kind !== record.noun) {
      plan.changes.push({
        kind: 'hide',
        known: record,
        reason: reasonToHide(record, found),
      });
    }
  }
  return plan;
}

/**
 * Whether what is gone is too much to believe it: after an empty answer anything, else more than one record and more
 * than the given percentage of those that are shown.
 * @internal
 */
export function isSuspicious(plan: SyncPlan, maxDropPercent: number): boolean {
  const gone = plan.changes.filter(({ kind }) => kind === 'hide').length;
  if (gone === 0) {
    return false;
  }
  return plan.empty || (gone > 1 && gone * 100 > plan.shown * maxDropPercent);
}
