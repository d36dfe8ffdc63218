/**
 * Makes a credential. The key is chosen here and sealed before anybody calls the provider, so that every repetition of
 * the call sends the same key with the same expiry: a time-out after the provider has acted makes no second key.
 */
import { credentialKindOf } from '../records/authentication';
import { randomBytes, randomUUID } from 'node:crypto';
import { InputError, NotFoundError } from '@backstage/errors';
import type { Knex } from 'knex';
import { DateTime, Duration } from 'luxon';
import type {
  EntityRef,
  Id,
  PlanSpec,
} from 'backstage-plugin-api-products-common';
import { recordHistory } from '../history/history';
import { refused } from '../lib/errors';
import { toIso } from '../lib/clock';
import type {
  CredentialRow,
  PlanRow,
  ProductRow,
  SubscriptionRow,
} from '../lib/rows';
import { planSpecOf } from '../records/specs';
import { enqueue, enqueueNew, type NewJob } from '../jobs/JobQueue';
import { contextOf } from './context';
import { credentialSubject, type CredentialDeps } from './deps';
import { planInForce } from './planChange';
import { reconcileJob } from './reconcileJob';
import { storeSecrets } from './seal/sealedSecrets';

const KEY_BYTES = 32;
/** What the first key of a subscription is called. */
export const FIRST_NAME = 'main';

interface NewCredential {
  subscriptionId: Id;
  applicationId: Id;
  product: Pick<ProductRow, 'id' | 'authentication'>;
  plan: PlanRow;
  planSpec: PlanSpec;
  createdBy: EntityRef;
  /** Unique in the subscription. */
  name: string;
  /** Of a key that takes the place of another one. */
  rotation?: { replaces: Id; overlap: string };
}

/** When a key made now ends: whole seconds, which is all that gateways know. */
export function expiryOf(
  planSpec: Pick<PlanSpec, 'keyLifetime'>,
  now: number,
): string | null {
  if (planSpec.keyLifetime === 'never') {
    return null;
  }
  const end = DateTime.fromMillis(now, { zone: 'utc' })
    .startOf('second')
    .plus(Duration.fromISO(planSpec.keyLifetime));
  return toIso(end.toMillis());
}

/**
 * What one more key of the subscription is called: as wanted, or `main`, then `key-2` and so on.
 *
 * @throws InputError naming `name` if it is taken
 */
export async function nameFor(
  tx: Knex.Transaction,
  subscriptionId: Id,
  wanted: string | undefined,
): Promise<string> {
  const rows: Pick<CredentialRow, 'name'>[] = await tx('credentials')
    .where({ subscription_id: subscriptionId })
    .select('name');
  const taken = new Set(rows.map(({ name }) => name));
  if (wanted !== undefined) {
    if (taken.has(wanted)) {
      throw refused(
        new InputError(
          `name: this subscription already has a credential called '${wanted}'`,
        ),
        'taken',
        { field: 'name' },
      );
    }
    return wanted;
  }
  let name = FIRST_NAME;
  for (let n = taken.size + 1; taken.has(name); n++) {
    name = `key-${n}`;
  }
  return name;
}

/**
 * Inserts the credential (`provisioning`), its chosen key (sealed) and the job that makes the provider have it. The
 * caller holds the lock of the subscription, or has just made it.
 *
 * @throws InputError naming `plan` if the plan has no provider
 */
export async function issueCredential(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  input: NewCredential,
): Promise<CredentialRow> {
  const [issued] = await issueCredentials(tx, deps, [input]);
  return issued;
}

const provisioningJob = (
  deps: CredentialDeps,
  credential: Pick<CredentialRow, 'id' | 'provider_id'>,
): NewJob =>
  reconcileJob(credential, {
    giveUpAt: deps.clock.now() + deps.giveUpAfterMs,
  });

/** The same for several, each of another subscription, in as many statements as for one. */
export async function issueCredentials(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  inputs: readonly NewCredential[],
): Promise<CredentialRow[]> {
  const issued = inputs.map(input => newCredential(deps.clock.now(), input));
  await tx('credentials').insert(issued);
  await storeSecrets(
    tx,
    deps,
    issued.map(({ id }) => ({
      context: { credentialId: id, purpose: 'chosen' },
      secret: randomBytes(KEY_BYTES).toString('hex'),
    })),
  );
  for (const [index, input] of inputs.entries()) {
    const { id, name } = issued[index];
    await recordHistory(tx, deps.clock, {
      subject: credentialSubject(id),
      event: 'credential.requested',
      actor: input.createdBy,
      message: `Asked for key “${name}” on ${input.plan.title}`,
      product: input.product.id,
      application: input.applicationId,
    });
  }
  await enqueueNew(
    tx,
    deps.clock,
    issued.map(credential => provisioningJob(deps, credential)),
    deps.room,
  );
  return issued;
}

function newCredential(now: number, input: NewCredential): CredentialRow {
  const { plan } = input;
  if (!plan.provider_id) {
    throw new InputError(`plan: ${plan.ref} has no provider to make keys at`);
  }
  return {
    id: randomUUID(),
    revision: 1,
    subscription_id: input.subscriptionId,
    name: input.name,
    status: 'provisioning',
    provider_id: plan.provider_id,
    provider_reference: null,
    header_name: null,
    header_prefix: null,
    last_four: null,
    expires_at: expiryOf(input.planSpec, now),
    revealed_by: null,
    revealed_at: null,
    reveal_until: null,
    revoke_requested_by: null,
    revoke_requested_at: null,
    revivals: 0,
    // What consumers of the product present.
    kind: credentialKindOf(input.product),
    revocation_warning: null,
    told: null,
    confirm_at: null,
    clean_up: false,
    warned_days: null,
    replaces: input.rotation?.replaces ?? null,
    overlap: input.rotation?.overlap ?? null,
    cut_off_at: null,
    extended: false,
    last_error: null,
    created_by: input.createdBy,
    created_at: toIso(now),
    updated_at: toIso(now),
  };
}

/**
 * One more key of a subscription that its caller has locked.
 *
 * @param name - as people want it; else one that is free
 * @throws InputError naming `name` if it is taken
 */
export async function issueAnother(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  subscription: SubscriptionRow,
  {
    name,
    ...input
  }: Pick<NewCredential, 'createdBy' | 'rotation'> & {
    name?: string;
  },
): Promise<CredentialRow> {
  const plan: PlanRow = await tx('plans')
    .where({ id: planInForce(subscription, deps.clock.now()) })
    .first();
  const context = await contextOf(tx, subscription.id);
  const product = context?.products[0];
  if (!product) {
    throw new NotFoundError('The subscription has lost its products');
  }
  return issueCredential(tx, deps, {
    ...input,
    subscriptionId: subscription.id,
    applicationId: subscription.application_id,
    product,
    plan,
    planSpec: planSpecOf(plan),
    name: await nameFor(tx, subscription.id, name),
  });
}

/** The job that makes the provider have the credential; gives up after the configured time. */
export async function enqueueProvisioning(
  tx: Knex.Transaction,
  deps: CredentialDeps,
  credential: Pick<CredentialRow, 'id' | 'provider_id'>,
): Promise<void> {
  await enqueue(tx, deps.clock, provisioningJob(deps, credential));
}
