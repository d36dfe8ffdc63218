/**
 * Takes a key away that should not be there: one that nobody here owns, or one that was revoked and is back. As with
 * every removal, it is believed when the key is still gone after the gateway has forgotten what it had cached.
 */
import { ProviderConflictError } from 'backstage-plugin-api-products-node';
import type { CredentialRow } from '../../../lib/rows';
import { enqueueCleanUp } from '../../../provisioning/cleanUpCredential';
import { subjectId, type Outcome } from '../../../jobs/JobHandler';
import { enqueueReconcile } from '../../../subscriptions/reconcileJob';
import { isStranger, OWNER_COLUMNS, type Owner } from '../findUnknownKeys';
import { overtaken, repaired, ROUNDS, waitWith, type Repair } from './Repair';

interface Stranger {
  reference: string;
  /** Whose marks may be used to make the removal hold. */
  credentialId: string;
}

const REVOKED: CredentialRow['status'][] = ['revoked', 'expired'];

/** A revoked credential of ours whose key is back; `revoking` ones are seen to by their own jobs. */
async function revived({
  deps,
  item,
}: Repair): Promise<CredentialRow | undefined> {
  return deps
    .knex('credentials')
    .where({ id: subjectId(item) })
    .first();
}

async function strangerOf(repair: Repair): Promise<Stranger | undefined> {
  const { deps, item, provider, signal } = repair;
  if (item.kind === 'revived') {
    const row = await revived(repair);
    return row?.provider_reference && REVOKED.includes(row.status)
      ? { reference: row.provider_reference, credentialId: row.id }
      : undefined;
  }
  const reference = subjectId(item);
  const known: unknown = await deps
    .knex('credentials')
    .where({ provider_id: item.provider_id, provider_reference: reference })
    .first('id');
  if (known) {
    return undefined;
  }
  const state = await provider.readCredential(reference, { signal });
  const mark = state?.credentialId;
  const owner: Owner | undefined =
    mark === undefined
      ? undefined
      : await deps.knex('credentials').where({ id: mark }).first(OWNER_COLUMNS);
  // Looked at once more right before it is taken away: it may have become somebody's own meanwhile.
  if (state && mark && !isStranger(reference, state, owner, new Set())) {
    return undefined;
  }
  const live = owner !== undefined && !REVOKED.includes(owner.status);
  return { reference, credentialId: credentialIdFor(repair, mark, live) };
}

function credentialIdFor(
  { item, progress }: Repair,
  mark: string | undefined,
  live: boolean,
): string {
  // What makes removals hold may stand on the live key that has the same mark: that must not be touched.
  return progress.credentialId ?? (mark === undefined || live ? item.id : mark);
}

export async function removeUnknownKey(repair: Repair): Promise<Outcome> {
  const { deps, item, provider, signal, progress } = repair;
  const stranger = await strangerOf(repair);
  if (!stranger) {
    const row = item.kind === 'revived' ? await revived(repair) : undefined;
    return row?.status === 'revoking'
      ? {
          kind: 'done',
          // Who confirms the removal ends this difference, or says that the key has come back again.
          write: tx =>
            enqueueReconcile(tx, deps.clock, row, { takesAway: true }),
        }
      : overtaken(repair);
  }
  const { reference } = stranger;
  if (progress.phase === 'confirm') {
    const back = await provider.readCredential(reference, { signal });
    if (!back) {
      return repaired(
        repair,
        'the key was taken away, and the gateway refuses it',
        tx =>
          enqueueCleanUp(tx, deps.clock, {
            credentialId: stranger.credentialId,
            providerId: item.provider_id,
          }),
      );
    }
    if (progress.rounds >= ROUNDS) {
      throw new ProviderConflictError(
        `The key was taken away ${ROUNDS} times, and the gateway has brought it back${
          item.last_error ? `: ${item.last_error}` : ''
        }`,
      );
    }
  }
  const { confirmAfterMs, warning } = await provider.removeCredential(
    stranger,
    { signal },
  );
  return waitWith(
    repair,
    {
      phase: 'confirm',
      rounds: progress.rounds + 1,
      credentialId: stranger.credentialId,
    },
    {
      ms: confirmAfterMs,
      reason:
        warning ?? 'It was taken away; whether it stays away is seen soon',
    },
  );
}
