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
import type { CredentialContext } from '../subscriptions/context';
import { isToBeSuspended } from '../subscriptions/suspension';
import { toldOf } from '../subscriptions/told';
import { confirmChange, reportWaiting } from '../subscriptions/transitions';
import { toIso } from '../lib/clock';
import { sameSet } from '../lib/sameSet';
import type { CredentialRow } from '../lib/rows';
import type { Outcome } from '../jobs/JobHandler';
import { backoffMs } from '../jobs/backoff';
import { providerOf } from '../registry/providers';
import {
  CONFIRM_AFTER_MS,
  contextInForce,
  remember,
  waitUntilReady,
  type CredentialRun,
} from './credentialJob';
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
  const context = await contextInForce(deps, credential);
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
    return waitForNextPlan(run, context);
  }
  const left = Date.parse(credential.confirm_at) - deps.clock.now();
  return left > 0
    ? { kind: 'wait', ms: left, reason: job.last_error ?? TOLD }
    : confirm(run, context, wanted);
}

/** Where the subscription moves to another plan when its quota period is over; only the gateway knows some of them. */
async function waitForNextPlan(
  { deps, call, credential }: Change,
  { subscription }: CredentialContext,
): Promise<Outcome> {
  const { id, next_plan_id: next, next_plan_at: at } = subscription;
  if (next === null || next === subscription.plan_id) {
    return { kind: 'done' };
  }
  const reason = 'Its plan changes when its quota period is over';
  const now = deps.clock.now();
  if (at !== null) {
    return { kind: 'wait', ms: Math.max(0, Date.parse(at) - now), reason };
  }
  const provider = providerOf(deps.providers, credential.provider_id);
  const state = await provider.readCredential(credential.provider_reference, {
    signal: call.signal,
  });
  // Without a window that has begun there is nothing to wait for.
  const ends = Math.max(now, (state?.quotaRenewsAt ?? 0) * 1000);
  return {
    kind: 'wait',
    ms: ends - now,
    reason,
    write: async tx => {
      await tx('subscriptions')
        .where({ id, next_plan_id: next })
        .whereNull('next_plan_at')
        .update({ next_plan_at: toIso(ends) });
    },
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
): Outcome => ({
  kind: 'done',
  write: async tx => {
    await confirmChange(tx, deps, credential, credential.told);
    if (!suspended) {
      await reportWaiting(tx, deps, credential, LOST);
    }
  },
});

async function tell(
  run: Change,
  wanted: CredentialUpdate,
  told: string,
): Promise<Outcome> {
  const { deps, call, credential } = run;
  const { signal } = call;
  const reference = credential.provider_reference;
  const provider = providerOf(deps.providers, credential.provider_id);
  let changed: Pick<ChangedCredential, 'confirmAfterMs' | 'warning'>;
  try {
    changed = await provider.updateCredential(reference, wanted, { signal });
  } catch (error) {
    const isGone =
      error instanceof ProviderConflictError &&
      !(await provider.readCredential(reference, { signal }));
    if (!isGone) {
      throw error;
    }
    // A gateway that has it in its cache would bring it back as it was.
    changed = { confirmAfterMs: CONFIRM_AFTER_MS };
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
  context: CredentialContext,
  wanted: CredentialUpdate,
): Promise<Outcome> {
  const { deps, job, call, credential } = run;
  const provider = providerOf(deps.providers, credential.provider_id);
  const state = await provider.readCredential(credential.provider_reference, {
    signal: call.signal,
  });
  if (!state) {
    return lost(run, wanted);
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
  const next = await waitForNextPlan(run, context);
  return {
    ...next,
    write: async tx => {
      await confirmChange(tx, deps, credential, credential.told);
      await next.write?.(tx);
    },
  };
}
