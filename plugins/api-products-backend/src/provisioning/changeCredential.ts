/**
 * Makes the gateway have a key that is in somebody's hands as it should be: with this plan, this end, these marks,
 * accepted or refused. As with a removal it is believed when it still is so after the gateway has forgotten what it had
 * cached: where keys are hashed in some ways, a key in use goes on as it was.
 */
import {
  ProviderConflictError,
  type ChangedCredential,
  type CredentialState,
  type CredentialUpdate,
} from 'backstage-plugin-api-products-node';
import { contextOf, type CredentialContext } from '../subscriptions/context';
import { isToBeSuspended } from '../subscriptions/suspension';
import { toldOf } from '../subscriptions/told';
import { confirmChange, reportWaiting } from '../subscriptions/transitions';
import { toIso } from '../lib/clock';
import { sameSet } from '../lib/sameSet';
import type { CredentialRow } from '../lib/rows';
import type { Outcome } from '../jobs/JobHandler';
import { backoffMs } from '../jobs/backoff';
import { providerOf } from '../registry/providers';
import { remember, waitUntilReady, type CredentialRun } from './credentialJob';
import { wantedOf } from './handlerContext';
import { offeringsAsTheyAre, offeringsOfKey } from './offerings';
import { reportUndone } from './revival';

/** A key that was made, and is known at the provider under a name. */
export type MadeCredential = CredentialRow & { provider_reference: string };

export const isMade = (
  credential: CredentialRow,
): credential is MadeCredential => credential.provider_reference !== null;

type Change = Omit<CredentialRun, 'credential'> & {
  credential: MadeCredential;
};

const TOLD = 'The gateway was told; whether it holds is seen soon';
const LOST = 'The gateway has no such key any more';

/** What the key should be, or why that has to wait. */
async function wantedOfKey(
  run: Change,
  context: CredentialContext,
): Promise<{ wanted: CredentialUpdate } | { wait: Outcome }> {
  const { deps, credential } = run;
  const suspended = isToBeSuspended(context.subscription);
  const needed = await offeringsOfKey(
    deps.knex,
    context,
    credential.provider_id,
  );
  if (needed.kind === 'not-ready' && !suspended) {
    return { wait: waitUntilReady(run, context, needed) };
  }
  const offerings =
    needed.kind === 'ready'
      ? needed.offerings
      : // Taking access away waits for nothing.
        await offeringsAsTheyAre(deps.knex, context);
  return {
    wanted: { ...offerings, ...wantedOf(context, credential), suspended },
  };
}

export async function changeCredential(run: Change): Promise<Outcome> {
  const { deps, job, credential } = run;
  const context = await contextOf(deps.knex, credential.subscription_id);
  if (!context) {
    throw new Error(`Credential ${credential.id} has no subscription`);
  }
  const needed = await wantedOfKey(run, context);
  if ('wait' in needed) {
    return needed.wait;
  }
  const { wanted } = needed;
  const told = toldOf(context.subscription.plan_id, wanted);
  if (told !== credential.told) {
    return tell(run, wanted, told);
  }
  if (credential.confirm_at === null) {
    return { kind: 'done' };
  }
  const left = Date.parse(credential.confirm_at) - deps.clock.now();
  return left > 0
    ? { kind: 'wait', ms: left, reason: job.last_error ?? TOLD }
    : confirm(run, wanted);
}

async function tell(
  run: Change,
  wanted: CredentialUpdate,
  told: string,
): Promise<Outcome> {
  const { deps, call, credential } = run;
  const { signal } = call;
  const reference = credential.provider_reference;
  const provider = providerOf(deps.providers, credential.provider_id);
  let changed: ChangedCredential;
  try {
    changed = await provider.updateCredential(reference, wanted, { signal });
  } catch (error) {
    const isGone =
      error instanceof ProviderConflictError &&
      !(await provider.readCredential(reference, { signal }));
    if (isGone) {
      return lost(run, wanted, told);
    }
    throw error;
  }
  const { confirmAfterMs, warning } = changed;
  return {
    kind: 'wait',
    ms: confirmAfterMs,
    reason: warning ?? TOLD,
    write: tx =>
      remember(tx, credential, {
        told,
        confirm_at: toIso(deps.clock.now() + confirmAfterMs),
      }),
  };
}

async function confirm(
  run: Change,
  wanted: CredentialUpdate,
): Promise<Outcome> {
  const { deps, job, call, credential } = run;
  const provider = providerOf(deps.providers, credential.provider_id);
  const state = await provider.readCredential(credential.provider_reference, {
    signal: call.signal,
  });
  if (!state) {
    return lost(run, wanted, credential.told);
  }
  if (!isAsWanted(state, wanted)) {
    return {
      kind: 'wait',
      ms: backoffMs(credential.revivals + 1, Math.random()),
      reason: 'The gateway went on with the key as it was',
      write: async tx => {
        await reportUndone(
          tx,
          deps,
          credential,
          job.last_error === TOLD ? undefined : job.last_error ?? undefined,
        );
        await remember(tx, credential, { told: null, confirm_at: null });
      },
    };
  }
  return {
    kind: 'done',
    write: tx => confirmChange(tx, deps, credential, credential.told),
  };
}

const isAsWanted = (
  { suspended, expiresAt, policyIds }: CredentialState,
  wanted: CredentialUpdate,
): boolean =>
  suspended === (wanted.suspended ?? false) &&
  expiresAt === wanted.expiresAt &&
  sameSet(
    policyIds,
    [...wanted.products, wanted.plan].map(
      ({ reference }) => reference.policyId,
    ),
  );

/** A key that is gone is refused, which is all that is wanted of a suspended one; of another one people are told. */
const lost = (
  { deps, credential }: Change,
  { suspended }: CredentialUpdate,
  told: string | null,
): Outcome => ({
  kind: 'done',
  write: async tx => {
    await confirmChange(tx, deps, credential, told);
    if (!suspended) {
      await reportWaiting(tx, deps, credential, LOST);
    }
  },
});
