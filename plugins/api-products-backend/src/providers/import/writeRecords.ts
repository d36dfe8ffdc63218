/**
 * Carries out changes of a plan: row, rows beside it and history in one transaction, by compare-and-set on the
 * revision. Who comes second does nothing, and the next synchronisation looks again.
 */
import { randomUUID } from 'node:crypto';
import type {
  EntityRef,
  PlanSpec,
  ProductSpec,
  SyncItem,
} from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { recordHistory } from '../../history/history';
import {
  planDraft,
  productDraft,
  type Draft,
} from '../../records/write/drafts';
import { planSpecOf, productSpecOf } from '../../records/specs';
import { toIso, type Clock } from '../../lib/clock';
import { lockCatalogue } from '../../lib/locks';
import { inTransaction } from '../../lib/transactions';
import type { PlanRow, ProductRow } from '../../lib/rows';
import {
  authenticationOf,
  barePlan,
  bareProduct,
  productApisOf,
  TABLE,
  titleOf,
  type ApiFacts,
} from './bareRecords';
import { limitsOf } from './content';
import { nameAtProvider } from './known';
import { namesFor } from './names';
import { isEdited, type Change, type KnownRecord } from './plan';
import { apisReason, limitsReason } from './reasons';
import { faultOf } from './validity';

export interface WriteDeps {
  db: Knex;
  clock: Clock;
  provider: string;
  owner: EntityRef;
  facts: ApiFacts;
}

/** What became of a change; undefined where there was nothing to tell of. */
type Written = SyncItem | undefined;

const draftOf = (spec: ProductSpec | PlanSpec): Draft =>
  'apis' in spec ? productDraft(spec, () => ({})) : planDraft(spec);

function specColumns(spec: ProductSpec | PlanSpec) {
  return {
    title: spec.title,
    spec: JSON.stringify(spec),
    ...draftOf(spec).columns,
  };
}

function itemOf(
  outcome: SyncItem['outcome'],
  { kind, name, policyId }: FoundProduct | FoundPlan,
  ref: EntityRef | undefined,
  reasons: string[] = [],
): SyncItem {
  return {
    outcome,
    kind,
    ...(ref === undefined ? {} : { ref }),
    name,
    policyId,
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
  };
}

function tell(
  tx: Knex.Transaction,
  clock: Clock,
  record: Pick<KnownRecord, 'noun' | 'id'>,
  event: string,
  message: string,
): Promise<void> {
  const { noun, id } = record;
  return recordHistory(tx, clock, {
    subject: `${noun}:${id}`,
    event: `${noun}.${event}`,
    message,
    product: noun === 'product' ? id : undefined,
  });
}

function bareSpec(
  { provider, owner, facts }: WriteDeps,
  found: FoundProduct | FoundPlan,
  name: string,
): ProductSpec | PlanSpec {
  const record = { provider, owner, name };
  return found.kind === 'product'
    ? bareProduct(found, record, facts)
    : barePlan(found, record);
}

async function createNamed(
  tx: Knex.Transaction,
  deps: WriteDeps,
  { found, fingerprint }: Extract<Change, { kind: 'create' }>,
  name: string,
): Promise<'created' | 'name-taken' | 'known'> {
  const { clock, provider } = deps;
  const table = TABLE[found.kind];
  const spec = bareSpec(deps, found, name);
  const id = randomUUID();
  const now = toIso(clock.now());
  // Two columns are unique, the ref and the policy: which of them it was is looked up below.
  await tx(table)
    .insert({
      id,
      revision: 1,
      taken_revision: 1,
      provider_revision: 1,
      origin: 'provider',
      ref: spec.ref,
      namespace: spec.namespace,
      name: spec.name,
      owner_ref: spec.owner,
      ...specColumns(spec),
      fingerprint,
      provider_id: provider,
      policy_id: found.policyId,
      provider_name: found.name,
      provider_status: 'ready',
      created_at: now,
      updated_at: now,
    })
    .onConflict()
    .ignore();
  if (!(await tx(table).where({ id }).first('id'))) {
    const linked: unknown = await tx(table)
      .where({ provider_id: provider, policy_id: found.policyId })
      .whereNull('deleted_at')
      .first('id');
    return linked ? 'known' : 'name-taken';
  }
  await draftOf(spec).writeParts(tx, id);
  await tell(
    tx,
    clock,
    { noun: found.kind, id },
    'imported',
    `${spec.title} was found at provider ${provider} and is a draft here`,
  );
  return 'created';
}

/** Undefined where somebody else has linked the policy meanwhile. */
async function create(
  tx: Knex.Transaction,
  deps: WriteDeps,
  what: Extract<Change, { kind: 'create' }>,
): Promise<Written> {
  const { found } = what;
  const names = namesFor(found.kind, found);
  const fault = faultOf(bareSpec(deps, found, names[0]));
  if (fault !== undefined) {
    return itemOf('ignored', found, undefined, [fault]);
  }
  for (const name of names) {
    const outcome = await createNamed(tx, deps, what, name);
    if (outcome === 'created') {
      return itemOf('created', found, bareSpec(deps, found, name).ref);
    }
    if (outcome === 'known') {
      return undefined;
    }
  }
  return itemOf('ignored', found, undefined, [
    'Every name that could be made of its own is taken here',
  ]);
}

/** Three ways: what it was called there, what it is called here, what it is called there now. */
function renamed<T extends ProductSpec | PlanSpec>(
  spec: T,
  before: string | null,
  nameThere: string,
): T | undefined {
  const here = nameAtProvider(spec);
  // A name given here since then is on its way to the provider, and wins.
  if (here !== before || here === nameThere) {
    return undefined;
  }
  return spec.providerName === undefined
    ? { ...spec, title: titleOf(nameThere, spec.name) }
    : { ...spec, providerName: nameThere };
}

/** The spec with what the provider has, and what that changes in words. */
function taken(
  spec: ProductSpec | PlanSpec,
  found: FoundProduct | FoundPlan,
  facts: ApiFacts,
): { spec: ProductSpec | PlanSpec; reason: string } | undefined {
  if ('apis' in spec && found.kind === 'product') {
    const after: ProductSpec = { ...spec, apis: productApisOf(found, facts) };
    const authentication = authenticationOf(found, facts);
    if (authentication) {
      after.authentication = authentication;
    } else {
      delete after.authentication;
    }
    return { spec: after, reason: apisReason(spec, after) };
  }
  if (!('apis' in spec) && found.kind === 'plan') {
    const after: PlanSpec = { ...spec, ...limitsOf(found, spec) };
    return { spec: after, reason: limitsReason(spec, after) };
  }
  return undefined;
}

const OUTCOMES = {
  restored: 'is back at provider',
  renamed: 'was renamed at provider',
  updated: 'was changed at provider',
} as const;

const asKnown = ({ id, revision, policy_id }: KnownRecord) => ({
  id,
  revision,
  policy_id,
});

/** Compare-and-set; what the provider was known to have, it still has. */
async function update(
  tx: Knex.Transaction,
  clock: Clock,
  known: KnownRecord,
  columns: object,
): Promise<boolean> {
  const revision = known.revision + 1;
  const changed: number = await tx(TABLE[known.noun])
    .where(asKnown(known))
    .update({
      ...columns,
      revision,
      // An edited record stays one.
      ...(isEdited(known) ? {} : { taken_revision: revision }),
      provider_revision: tx.raw(
        `case when provider_status = 'ready' and provider_revision = ? then ? else provider_revision end`,
        [known.revision, revision],
      ),
      updated_at: toIso(clock.now()),
    });
  return changed === 1;
}

async function change(
  tx: Knex.Transaction,
  { clock, provider, facts }: WriteDeps,
  what: Extract<Change, { kind: 'change' }>,
): Promise<Written> {
  const { known, found } = what;
  const row: ProductRow | PlanRow | undefined = await tx(TABLE[known.noun])
    .where(asKnown(known))
    .first();
  // What was put there since the records were read is newer than the list.
  if (!row || row.provider_name !== known.provider_name) {
    return undefined;
  }
  const before =
    known.noun === 'product' ? productSpecOf(row) : planSpecOf(row);
  const named = what.renamed
    ? renamed(before, known.provider_name, found.name)
    : undefined;
  const content =
    what.fingerprint === undefined
      ? undefined
      : taken(named ?? before, found, facts);
  const nameAgreed =
    what.renamed && (named || nameAtProvider(before) === found.name);
  const columns = {
    ...(nameAgreed ? { provider_name: found.name } : {}),
    ...(content ? { fingerprint: what.fingerprint } : {}),
  };
  const outcome =
    (what.back && 'restored') || (named && 'renamed') || (content && 'updated');
  if (!outcome) {
    if (nameAgreed) {
      await tx(TABLE[known.noun]).where(asKnown(known)).update(columns);
    }
    return undefined;
  }
  const after = content?.spec ?? named;
  const fault = after && faultOf(after);
  if (fault !== undefined) {
    return itemOf('ignored', found, known.ref, [fault]);
  }
  const won = await update(tx, clock, known, {
    ...columns,
    ...(after ? specColumns(after) : {}),
    ...(what.back ? { hidden_at: null, hidden_by: null } : {}),
  });
  if (!won) {
    return undefined;
  }
  if (content) {
    await draftOf(content.spec).writeParts(tx, known.id);
  }
  const reasons = [
    ...(named ? [`renamed from “${known.provider_name}”`] : []),
    ...(content ? [content.reason] : []),
  ];
  const title = after?.title ?? known.title;
  const why = reasons.length > 0 ? `: ${reasons.join('; ')}` : '';
  await tell(
    tx,
    clock,
    known,
    outcome,
    `${title} ${OUTCOMES[outcome]} ${provider}${why}`,
  );
  return itemOf(outcome, found, known.ref, reasons);
}

/** What is told of a record whose policy is gone. */
export function goneItem(
  { known, reason }: Extract<Change, { kind: 'hide' }>,
  outcome: 'hidden' | 'held-back',
): SyncItem {
  return {
    outcome,
    kind: known.noun,
    ref: known.ref,
    name: known.provider_name ?? known.title,
    policyId: known.policy_id ?? '',
    reason,
  };
}

async function hide(
  tx: Knex.Transaction,
  { clock }: WriteDeps,
  gone: Extract<Change, { kind: 'hide' }>,
): Promise<Written> {
  const { known, reason } = gone;
  const won = await update(tx, clock, known, {
    hidden_at: toIso(clock.now()),
    hidden_by: 'provider',
  });
  if (!won) {
    return undefined;
  }
  await tell(
    tx,
    clock,
    known,
    'hidden',
    `${known.title} is hidden: ${reason}. Nothing here is deleted; it is back when its policy is`,
  );
  return goneItem(gone, 'hidden');
}

function write(
  tx: Knex.Transaction,
  deps: WriteDeps,
  what: Change,
): Promise<Written> {
  switch (what.kind) {
    case 'create':
      return create(tx, deps, what);
    case 'change':
      return change(tx, deps, what);
    default:
      return hide(tx, deps, what);
  }
}

/** All of them in one transaction, which is much quicker than one for each. */
export function writeChanges(
  deps: WriteDeps,
  changes: readonly Change[],
): Promise<Written[]> {
  return inTransaction(deps.db, async tx => {
    await lockCatalogue(tx);
    const written: Written[] = [];
    for (const what of changes) {
      written.push(await write(tx, deps, what));
    }
    return written;
  });
}
