/**
 * Brings a key back to what it should be. A key is updated and never made anew under its name: putting it again while a
 * policy is missing would take it away from its consumer. A gateway that has the key in its cache can write the old one
 * back, so the repair is believed only when it still holds after the cache is forgotten.
 */
import {
  ProviderConflictError,
  type CredentialState,
} from 'backstage-plugin-api-products-node';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import { settleSubscription } from '../../../subscriptions/subscriptionState';
import { contextOf } from '../../../subscriptions/context';
import { enqueueWatch } from '../../../subscriptions/dates';
import { retryCredential } from '../../../subscriptions/retry';
import { requestRevocation } from '../../../subscriptions/revoke';
import { openSecret } from '../../../subscriptions/seal/sealedSecrets';
import { CannotOpenError } from '../../../subscriptions/seal/sealing';
import { isToBeSuspended } from '../../../subscriptions/suspension';
import { lose } from '../../../subscriptions/transitions';
import { toIso } from '../../../lib/clock';
import { lockSubscription } from '../../../lib/locks';
import type { CredentialRow } from '../../../lib/rows';
import { CONFIRM_AFTER_MS } from '../../../provisioning/credentialJob';
import { credentialOf, wantedOf } from '../../../provisioning/handlerContext';
import { offeringsOfKey } from '../../../provisioning/offerings';
import { waitForOfferings } from '../../../provisioning/putOffering';
import type { Outcome } from '../../../jobs/JobHandler';
import { enqueue } from '../../../jobs/JobQueue';
import { laneOf } from '../../../jobs/lanes';
import { beginScan } from '../DriftScan';
import { scanKeysAgain } from '../scanKeys';
import { writeFindings } from '../items';
import { LIVE_KEYS } from '../../../subscriptions/deps';
import {
  markRepaired,
  overtaken,
  repaired,
  ROUNDS,
  waitWith,
  type Repair,
} from './Repair';

const SOON_MS = 1_000;

type LiveKey = CredentialRow & { provider_reference: string };

const isLive = (row: CredentialRow | undefined): row is LiveKey =>
  row !== undefined &&
  row.provider_reference !== null &&
  LIVE_KEYS.includes(row.status);

export async function pushKey(repair: Repair): Promise<Outcome> {
  const { deps, item, progress } = repair;
  const credential = await credentialOf(deps.knex, item);
  if (!isLive(credential)) {
    return overtaken(repair);
  }
  if (item.kind === 'missing') {
    return replaceLost(repair, credential);
  }
  return progress.phase === 'confirm'
    ? confirm(repair, credential)
    : apply(repair, credential);
}

async function apply(repair: Repair, credential: LiveKey): Promise<Outcome> {
  const { deps, provider, signal, progress } = repair;
  const context = await contextOf(deps.knex, credential.subscription_id);
  if (!context) {
    return overtaken(repair);
  }
  const needed = await offeringsOfKey(
    deps.knex,
    context,
    credential.provider_id,
  );
  if (needed.kind === 'not-ready') {
    return waitWith(
      repair,
      progress,
      waitForOfferings(deps, repair.job, needed, {
        provider: credential.provider_id,
        products: context.products.map(({ id }) => id),
        plan: context.subscription.plan_id,
      }),
    );
  }
  await provider.updateCredential(
    credential.provider_reference,
    {
      ...needed.offerings,
      ...wantedOf(context, credential),
      suspended: isToBeSuspended(context.subscription),
    },
    { signal },
  );
  return waitWith(
    repair,
    { phase: 'confirm', rounds: progress.rounds + 1 },
    {
      ms: CONFIRM_AFTER_MS,
      reason: 'It was brought to the gateway; whether it stays so is seen soon',
    },
  );
}

async function confirm(repair: Repair, credential: LiveKey): Promise<Outcome> {
  const { deps, item, provider, signal, progress } = repair;
  const scan = await beginScan(deps, provider, signal);
  const [looked] = await scanKeysAgain(scan, [credential.id], {
    inRepair: true,
  });
  const still = looked?.findings.find(({ kind }) => kind === item.kind);
  if (looked && !still) {
    return repaired(
      repair,
      `the gateway has the key as it is here; before: ${item.message}`,
      async tx => {
        await writeFindings(tx, deps.clock, item.provider_id, [looked]);
      },
    );
  }
  if (still && progress.rounds >= ROUNDS) {
    throw new ProviderConflictError(
      `The gateway has been told ${ROUNDS} times, and the difference came back: ${
        still.message
      }${
        credential.revocation_warning
          ? `. ${credential.revocation_warning}`
          : ''
      }`,
    );
  }
  return waitWith(
    repair,
    { phase: 'apply', rounds: progress.rounds },
    {
      ms: SOON_MS,
      reason: still
        ? `The difference came back: ${still.message}`
        : 'Its product or plan is being brought to the provider',
    },
  );
}

/** The portal never decides by itself that a key is lost or over. */
const decidedBy = ({ item }: Repair, credential: LiveKey): EntityRef =>
  item.resolved_by ?? credential.created_by;

async function stateOf(
  { provider, signal }: Repair,
  { provider_reference: reference }: LiveKey,
): Promise<CredentialState | undefined> {
  return provider.readCredential(reference, { signal });
}

async function hasChosenKey(
  { deps }: Repair,
  { id: credentialId }: CredentialRow,
): Promise<boolean> {
  try {
    const context = { credentialId, purpose: 'chosen' } as const;
    return (await openSecret(deps.knex, deps.sealer, context)) !== undefined;
  } catch (error) {
    if (error instanceof CannotOpenError) {
      return false;
    }
    throw error;
  }
}

/**
 * A key that the gateway has lost cannot be made again: nobody here knows it. The credential fails, says so, and can
 * be issued anew. Only where the key that was chosen is still sealed is it put once more.
 */
async function replaceLost(
  repair: Repair,
  credential: LiveKey,
): Promise<Outcome> {
  const { deps } = repair;
  if (await stateOf(repair, credential)) {
    return overtaken(repair);
  }
  if (credential.status === 'superseded') {
    // Another has taken its place already.
    return takeKey(repair);
  }
  const again = await hasChosenKey(repair, credential);
  return {
    kind: 'done',
    write: async tx => {
      await lockSubscription(tx, credential.subscription_id);
      await markRepaired(
        tx,
        repair,
        again
          ? 'the key is made once more'
          : 'the key is lost; its consumer can have a new one',
      );
      await lose(tx, deps, credential);
      if (again) {
        const by = decidedBy(repair, credential);
        await retryCredential(tx, deps, credential, by);
        await settleSubscription(tx, deps.clock, credential.subscription_id);
      }
    },
  };
}

/** Takes over what the gateway has of a key: another end, or that it is gone. */
export async function takeKey(repair: Repair): Promise<Outcome> {
  const { deps, item } = repair;
  const credential = await credentialOf(deps.knex, item);
  if (!isLive(credential)) {
    return overtaken(repair);
  }
  const state = await stateOf(repair, credential);
  const ends = state?.expiresAt;
  const over = ends !== undefined && ends * 1000 <= deps.clock.now();
  if (item.kind === 'missing' ? state !== undefined : state === undefined) {
    return overtaken(repair);
  }
  if (!state || over) {
    return {
      kind: 'done',
      write: async tx => {
        await lockSubscription(tx, credential.subscription_id);
        await markRepaired(tx, repair, 'the key is revoked here as well');
        await requestRevocation(
          tx,
          deps,
          credential,
          decidedBy(repair, credential),
          over ? 'it has ended at the gateway' : 'it is gone at the gateway',
        );
        await settleSubscription(tx, deps.clock, credential.subscription_id);
      },
    };
  }
  return {
    kind: 'done',
    write: async tx => {
      await lockSubscription(tx, credential.subscription_id);
      const changed = await tx('credentials')
        .where({ id: credential.id, revision: credential.revision })
        .update({
          expires_at: ends === undefined ? null : toIso(ends * 1000),
          revision: credential.revision + 1,
          updated_at: toIso(deps.clock.now()),
        });
      if (changed === 0) {
        // Revealed or revoked just now: once more, with what it is then.
        await enqueue(tx, deps.clock, {
          kind: 'repair-drift',
          subject: repair.job.subject,
          lane: laneOf(repair.item.provider_id),
        });
        return;
      }
      await enqueueWatch(tx, deps.clock, {
        ...credential,
        expires_at: ends === undefined ? null : toIso(ends * 1000),
      });
      await markRepaired(tx, repair, 'the key ends here when it ends there');
    },
  };
}
