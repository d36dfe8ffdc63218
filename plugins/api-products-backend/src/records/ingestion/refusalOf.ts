/** Why what Git says of a record that is there already is not written. */
import { TABLES } from '../../lib/rows';
import type { Knex } from 'knex';
import type { Clock } from '../../lib/clock';
import { lockCatalogue, lockRecordRow } from '../../lib/locks';
import { releaseBareImport, isBareImport } from '../write/releaseBareImport';
import { breaksFor, impactOf } from '../write/impact';
import type { Draft } from '../write/drafts';
import { type KnownRecord } from '../write/writeDraft';
import { refuseChange } from './planHolds';

/**
 * A record with live subscriptions stays at its provider: their keys are there. Git cannot be told no, so the record
 * stays as it was and says why, until nobody is subscribed or Git says something else.
 */
async function refuseMove(
  tx: Knex.Transaction,
  draft: Draft,
  known: KnownRecord,
): Promise<string | undefined> {
  if (
    draft.noun === 'catalogue' ||
    (known.provider_id ?? null) === draft.provider.id
  ) {
    return undefined;
  }
  await lockCatalogue(tx);
  await lockRecordRow(tx, TABLES[draft.noun], known.id);
  const breaks = breaksFor(await impactOf(tx, draft.noun, known.id));
  if (breaks === undefined) {
    return undefined;
  }
  const message = `spec.provider: it cannot be changed: ${draft.spec.title} ${breaks}`;
  await tx(TABLES[draft.noun])
    .where({ id: known.id, revision: known.revision })
    .update({ provider_status: 'failed', provider_message: message });
  return message;
}

async function isGivenWay(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  known: KnownRecord,
): Promise<boolean> {
  const { noun, spec } = draft;
  const isHeldBack = noun === 'plan' && draft.columns.held_back !== null;
  if (noun === 'catalogue' || isHeldBack || !isBareImport(known)) {
    return false;
  }
  await lockCatalogue(tx);
  const why = `went: Git has ${spec.ref}; if its policy is not that ${noun}'s, it is imported again under another name`;
  return releaseBareImport(tx, clock, noun, known, why);
}

/**
 * A record of another origin stands in the way, unless it is an import that gives way.
 *
 * @returns why the draft must not be written, or undefined where it may be
 */
export async function refusalOf(
  tx: Knex.Transaction,
  clock: Clock,
  draft: Draft,
  known: KnownRecord,
): Promise<string | undefined> {
  if (known.origin === 'catalog') {
    return (
      (await refuseChange(tx, draft, known)) ?? refuseMove(tx, draft, known)
    );
  }
  return (await isGivenWay(tx, clock, draft, known))
    ? undefined
    : `a record of this name with origin ${known.origin} was there first`;
}
