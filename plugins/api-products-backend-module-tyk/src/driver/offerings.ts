/**
 * Products and plans at Tyk: written only where something differs, and only done when the gateway has it.
 *
 * Where ids are ours to choose, the id follows from the key of the product or plan, and a repetition meets what was
 * made before. Where the installation chooses them, a mark in the policy's metadata says what it was made for; so a
 * creation whose answer was lost is found again by it. A policy that has gone is made anew under the id it had, where
 * gateways go by that, so that keys that carry it work again.
 */
import type { JsonObject } from '@backstage/types';
import { ProviderConflictError } from 'backstage-plugin-api-products-node';
import type {
  OfferingReference,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import {
  hasMark,
  planPolicy,
  productPolicy,
  withMark,
} from '../model/policies';
import type { PolicyDraft, PolicyFrame } from '../model/policies';
import { goesByGivenIds, policyId, referenceOf } from '../model/policyIds';
import type { DriverContext } from './context';

/** A product or a plan, as far as it does not matter which. */
interface Wanted {
  /** The id that follows from its key. */
  ownId: string;
  reference?: OfferingReference;
  draft(current: JsonObject | undefined, frame: PolicyFrame): PolicyDraft;
}

/** A policy that is there. */
interface Present {
  reference: string;
  policy: JsonObject;
}

export function putProduct(
  context: DriverContext,
  product: ProviderProduct,
  signal?: AbortSignal,
): Promise<OfferingReference> {
  return put(
    context,
    {
      ownId: policyId('product', product.key),
      reference: product.reference,
      draft: (current, frame) => productPolicy(current, product, frame),
    },
    signal,
  );
}

export function putPlan(
  context: DriverContext,
  plan: ProviderPlan,
  signal?: AbortSignal,
): Promise<OfferingReference> {
  return put(
    context,
    {
      ownId: policyId('plan', plan.key),
      reference: plan.reference,
      draft: (current, frame) => planPolicy(current, plan, frame),
    },
    signal,
  );
}

/** That it is not there is as good. */
export async function removeOffering(
  context: DriverContext,
  { policyId: reference }: OfferingReference,
  signal?: AbortSignal,
): Promise<void> {
  const { control } = context;
  const policy = await control.policy(reference, signal);
  if (policy) await requireOwn(context, { reference, policy }, signal);
  await control.removePolicy(reference, signal);
  await control.settle(reference, loaded => loaded === undefined, signal);
}

async function put(
  context: DriverContext,
  wanted: Wanted,
  signal: AbortSignal | undefined,
): Promise<OfferingReference> {
  const { control, tags, logger, id } = context;
  const frame: PolicyFrame = {
    organisation: await control.organisation(signal),
    tags,
    states: control.traits.states,
  };
  const present = await find(context, wanted, signal);
  if (present) await requireOwn(context, present, signal);

  const { policy, differences } = wanted.draft(present?.policy, frame);
  if (present && differences.length === 0) {
    return { policyId: present.reference };
  }
  logger.info(
    `${id}: writing policy ${present?.reference ?? `for ${wanted.ownId}`}`,
    { differences: differences.join(', ') },
  );
  let reference: string;
  if (present) {
    reference = present.reference;
    await control.updatePolicy(reference, policy, signal);
  } else {
    reference = await create(context, wanted, policy, signal);
  }
  await control.settle(
    reference,
    loaded =>
      loaded !== undefined &&
      wanted.draft(loaded, frame).differences.length === 0,
    signal,
  );
  return { policyId: reference };
}

async function find(
  { control }: DriverContext,
  { ownId, reference }: Wanted,
  signal: AbortSignal | undefined,
): Promise<Present | undefined> {
  const known =
    reference?.policyId ?? (control.traits.choosesIds ? ownId : undefined);
  if (known !== undefined) {
    const policy = await control.policy(known, signal);
    if (policy) return { reference: known, policy };
    if (control.traits.choosesIds) return undefined;
  }
  for (const policy of await control.policies(signal)) {
    const found = hasMark(policy, ownId) ? referenceOf(policy) : undefined;
    if (found !== undefined) return { reference: found, policy };
  }
  return undefined;
}

async function create(
  { control }: DriverContext,
  { ownId, reference }: Wanted,
  policy: JsonObject,
  signal: AbortSignal | undefined,
): Promise<string> {
  if (control.traits.choosesIds) {
    const id = reference?.policyId ?? ownId;
    return control.createPolicy({ ...policy, id }, signal);
  }
  const marked = withMark(policy, ownId);
  if (!reference) return control.createPolicy(marked, signal);
  const health = await control.health(signal);
  return control.createPolicy(
    goesByGivenIds(health?.version)
      ? { ...marked, id: reference.policyId }
      : marked,
    signal,
  );
}

async function requireOwn(
  { id, control }: DriverContext,
  { reference, policy: { org_id: owner } }: Present,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (typeof owner !== 'string' || owner === '') return;
  if (owner === (await control.organisation(signal))) return;
  throw new ProviderConflictError(
    `${id}: policy ${reference} is there already and belongs to organisation ${owner}`,
  );
}
