/** What the parts of the job of a credential share. */
import type { Knex } from 'knex';
import { contextOf, type CredentialContext } from '../subscriptions/context';
import { planInForce } from '../subscriptions/planChange';
import type { CredentialRow } from '../lib/rows';
import type { Job, JobCall, Outcome } from '../jobs/JobHandler';
import { reportWaiting } from '../subscriptions/transitions';
import type { HandlerDeps } from './handlerContext';
import type { Obstacle } from './offerings';
import { enqueueOfferings, waitForOfferings } from './putOffering';

/** One run of it. */
export interface CredentialRun {
  deps: HandlerDeps;
  job: Job;
  call: JobCall;
  /** As it was when the run began. */
  credential: CredentialRow;
}

/** Gateways keep what they know of a key for ten seconds, and may write it back meanwhile. */
export const CONFIRM_AFTER_MS = 11_000;

/** What the credential belongs to, on the plan that its keys should have now. */
export async function contextInForce(
  { knex, clock }: HandlerDeps,
  credential: CredentialRow,
): Promise<CredentialContext> {
  const context = await contextOf(knex, credential.subscription_id);
  if (!context) {
    throw new Error(`Credential ${credential.id} has no subscription`);
  }
  const { subscription } = context;
  const plan_id = planInForce(subscription, clock.now());
  return { ...context, subscription: { ...subscription, plan_id } };
}

const offeringsFor = (
  { provider_id }: CredentialRow,
  context: CredentialContext,
) => ({
  provider: provider_id,
  products: context.products.map(({ id }) => id),
  plan: context.subscription.plan_id,
});

/** Until what the key is made of is at the provider. */
export function waitUntilReady(
  { deps, job, credential }: CredentialRun,
  context: CredentialContext,
  obstacle: Obstacle,
): Outcome {
  const wait = waitForOfferings(
    deps,
    job,
    obstacle,
    offeringsFor(credential, context),
  );
  return {
    kind: 'wait',
    ...wait,
    write: async tx => {
      await reportWaiting(tx, deps, credential, obstacle.reason);
      await wait.write(tx);
    },
  };
}

/** What it failed on may be a policy that the provider has lost. */
export const lookAtOfferings = (
  tx: Knex.Transaction,
  deps: HandlerDeps,
  credential: CredentialRow,
  context: CredentialContext,
): Promise<void> =>
  enqueueOfferings(tx, deps, offeringsFor(credential, context));

/**
 * Remembers what the gateway was told, unless something else is wanted of the key since then: who wants it has asked
 * for another run.
 */
export async function remember(
  tx: Knex.Transaction,
  { id, status }: CredentialRow,
  values: Partial<
    Pick<
      CredentialRow,
      'told' | 'confirm_at' | 'clean_up' | 'revocation_warning'
    >
  >,
): Promise<void> {
  await tx('credentials').where({ id, status }).update(values);
}
