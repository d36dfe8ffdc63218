/**
 * A record with live subscriptions stays at its provider: their keys are there. Git cannot be told no, so the record
 * stays as it was and says why, until nobody is subscribed or Git says something else.
 */
import type { Knex } from 'knex';
import { lockCatalogue, lockRecordRow } from '../../database/locks';
import { breaksFor, impactOf } from '../authoring/impact';
import type { Draft } from './drafts';
import { TABLES, type KnownRecord } from './writeDraft';

/** @returns why the record must not be written, or undefined where it may be. @internal */
export async function refuseMove(
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
