/**
 * What a synchronisation has to do: the records that are known compared with what the provider has. Pure, so that its
 * rules can be read and tested by themselves; who carries it out looks again before they write.
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
import { contentFingerprint, obstacleOf } from './content';

export type Noun = 'product' | 'plan';

/** What has to be known of a record to decide whether to touch it. Named as its columns. */
export interface KnownRow {
  id: string;
  ref: string;
  title: string;
  revision: number;
  taken_revision: number;
  /** The one that the provider was brought to last. */
  provider_revision: number;
  origin: Origin;
  policy_id: string | null;
  provider_name: string | null;
  fingerprint: string;
  hidden_at: string | null;
  deleted_at: string | null;
  /** Under which name it is being put there, as long as it has no policy. */
  unplaced_name?: string;
}

export interface KnownRecord extends KnownRow {
  noun: Noun;
}

/** All records of a provider. There are many: none is copied before something is to be done to it. */
export type KnownRows = Readonly<Record<Noun, readonly KnownRow[]>>;

/** Something to be done to one record. */
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

/** Whether it was edited here since a synchronisation wrote it last. */
export const isEdited = (
  record: Pick<KnownRecord, 'revision' | 'taken_revision'>,
): boolean => record.revision !== record.taken_revision;

/** A record that is linked with a policy, and what was found of that. */
interface Link {
  row: KnownRow;
  found?: FoundProduct | FoundPlan;
}

interface Index {
  live: Map<string, Link>;
  deleted: Map<string, KnownRow>;
  /** Names under which records are being put there. */
  unplaced: Map<string, KnownRow>;
}

function indexOf(rows: readonly KnownRow[]): Index {
  const index: Index = {
    live: new Map(),
    deleted: new Map(),
    unplaced: new Map(),
  };
  for (const row of rows) {
    if (row.policy_id === null) {
      if (row.unplaced_name !== undefined) {
        index.unplaced.set(row.unplaced_name, row);
      }
    } else if (row.deleted_at === null) {
      index.live.set(row.policy_id, { row });
    } else {
      index.deleted.set(row.policy_id, row);
    }
  }
  return index;
}

const OTHER: Record<Noun, Noun> = { product: 'plan', plan: 'product' };

const ignoredItem = (
  found: ProviderOffering,
  reason: string,
  record?: KnownRow,
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
  known: KnownRow,
  found: FoundProduct | FoundPlan,
): Change | { kind: 'ignore'; reason: string } | undefined {
  const imported = known.origin === 'provider';
  const back = imported && known.hidden_at !== null;
  // A record that was never put there has no name there that could have been changed. As long as an edit is on its way
  // there, the name may be one that we have given ourselves, without having heard so.
  const renamed =
    known.origin !== 'catalog' &&
    known.provider_name !== null &&
    known.provider_name !== found.name &&
    known.provider_revision === known.revision;
  let fingerprint: string | undefined;
  if (imported && !isEdited(known)) {
    const theirs = contentFingerprint(found);
    if (theirs !== known.fingerprint) {
      const reason = obstacleOf(found);
      if (reason !== undefined) {
        return { kind: 'ignore', reason };
      }
      fingerprint = theirs;
    }
  }
  return back || renamed || fingerprint !== undefined
    ? {
        kind: 'change',
        known: { ...known, noun: found.kind },
        found,
        back,
        renamed,
        fingerprint,
      }
    : undefined;
}

/** Why a policy that no record is linked with does not become one. */
function refusal(
  found: FoundProduct | FoundPlan,
  index: Record<Noun, Index>,
): { reason: string; record?: KnownRow } | undefined {
  const { policyId, kind, name } = found;
  const other = OTHER[kind];
  const claimed = index[other].live.get(policyId)?.row;
  if (claimed && claimed.origin !== 'provider') {
    return {
      reason: `It belongs to the ${other} “${claimed.title}”, and is a ${kind} at the provider`,
      record: claimed,
    };
  }
  const deleted =
    index[kind].deleted.get(policyId) ?? index[other].deleted.get(policyId);
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
  if (found.ours && index[kind].unplaced.size > 0) {
    // Its name may have been changed there before we have heard that it was made.
    return {
      reason: `It was made by the portal, and a ${kind} is being brought to the provider: whether this is it shows at the next synchronisation`,
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

/** Made here or in Git, whatever its tags are at the provider. */
const isOurs = (link: Link | undefined): boolean =>
  link !== undefined && link.row.origin !== 'provider';

/** What is to be done about what was found, unless it is as it was. */
function lookAt(
  found: FoundProduct | FoundPlan,
  index: Record<Noun, Index>,
  noImports: string | undefined,
): Change | SyncItem | undefined {
  const link = index[found.kind].live.get(found.policyId);
  if (link) {
    link.found = found;
    const change = compare(link.row, found);
    return change?.kind === 'ignore'
      ? ignoredItem(found, change.reason, link.row)
      : change;
  }
  const refused = refusal(found, index);
  if (refused) {
    return ignoredItem(found, refused.reason, refused.record);
  }
  return noImports === undefined
    ? { kind: 'create', found, fingerprint: contentFingerprint(found) }
    : ignoredItem(found, noImports);
}

/** Records whose policy was not found as it has to be. */
function* goneOf(
  noun: Noun,
  { live }: Index,
): Generator<{ known: KnownRecord; policyId: string }> {
  for (const [policyId, { row, found }] of live) {
    const shown = row.origin === 'provider' && row.hidden_at === null;
    if (shown && !found) {
      yield { known: { ...row, noun }, policyId };
    }
  }
}

const isShown = (row: KnownRow): boolean =>
  row.origin === 'provider' &&
  row.policy_id !== null &&
  row.hidden_at === null &&
  row.deleted_at === null;

/**
 * @param offerings - everything that the provider has
 * @param known - all records that have the provider, those that were deleted too
 * @param noImports - why nothing can be imported now, if so
 */
export function planSynchronisation(
  offerings: readonly ProviderOffering[],
  known: KnownRows,
  noImports?: string,
): SyncPlan {
  const index = {
    product: indexOf(known.product),
    plan: indexOf(known.plan),
  };
  const plan: SyncPlan = {
    changes: [],
    ignored: [],
    unchanged: 0,
    shown:
      known.product.filter(isShown).length + known.plan.filter(isShown).length,
    empty: offerings.length === 0,
  };
  for (const found of offerings) {
    if (found.kind === 'other') {
      if (found.selected) {
        plan.ignored.push(ignoredItem(found, found.reason));
      }
      continue;
    }
    if (
      !found.selected &&
      !isOurs(index[found.kind].live.get(found.policyId))
    ) {
      continue;
    }
    const todo = lookAt(found, index, noImports);
    if (!todo) {
      plan.unchanged++;
    } else if ('outcome' in todo) {
      plan.ignored.push(todo);
    } else {
      plan.changes.push(todo);
    }
  }
  const gone = [
    ...goneOf('product', index.product),
    ...goneOf('plan', index.plan),
  ];
  if (gone.length > 0) {
    const byId = new Map(offerings.map(found => [found.policyId, found]));
    for (const { known: record, policyId } of gone) {
      plan.changes.push({
        kind: 'hide',
        known: record,
        reason: reasonToHide(record, byId.get(policyId)),
      });
    }
  }
  return plan;
}

/**
 * Whether what is gone is too much to believe it: after an empty answer anything, else more than one record and more
 * than the given percentage of those that are shown.
 */
export function isSuspicious(plan: SyncPlan, maxDropPercent: number): boolean {
  const gone = plan.changes.filter(({ kind }) => kind === 'hide').length;
  if (gone === 0) {
    return false;
  }
  return plan.empty || (gone > 1 && gone * 100 > plan.shown * maxDropPercent);
}
