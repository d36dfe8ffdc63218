/**
 * Products and plans at Tyk: written only where something differs, and only done when the gateway has it.
 */
import type { JsonObject } from '@backstage/types';
import { ProviderConflictError } from 'backstage-plugin-api-products-node';
import type {
  OfferingReference,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { planPolicy, productPolicy } from '../model/policies';
import type { PolicyDraft, PolicyFrame } from '../model/policies';
import { policyId } from '../model/policyIds';
import type { DriverContext } from './context';

/** @internal */
export type Drafting = (
  current: JsonObject | undefined,
  frame: PolicyFrame,
) => PolicyDraft;

/** @internal */
export function putProduct(
  context: DriverContext,
  product: ProviderProduct,
  signal?: AbortSignal,
): Promise<OfferingReference> {
  return put(
    context,
    product.reference?.policyId ?? policyId('product', product.key),
    (current, frame) => productPolicy(current, product, frame),
    signal,
  );
}

/** @internal */
export function putPlan(
  context: DriverContext,
  plan: ProviderPlan,
  signal?: AbortSignal,
): Promise<OfferingReference> {
  return put(
    context,
    plan.reference?.policyId ?? policyId('plan', plan.key),
    (current, frame) => planPolicy(current, plan, frame),
    signal,
  );
}

async function put(
  context: DriverContext,
  id: string,
  drafting: Drafting,
  signal: AbortSignal | undefined,
): Promise<OfferingReference> {
  const { control, tags } = context;
  const organisation = await control.organisation(signal);
  const frame = { id, organisation, tags, states: control.traits.states };
  const current = await control.policy(id, signal);
  const owner = current?.org_id;
  if (typeof owner === 'string' && owner !== '' && owner !== organisation) {
    throw new ProviderConflictError(
      `${context.id}: policy ${id} is there already and belongs to organisation ${owner}`,
    );
  }
  const { policy, differences } = drafting(current, frame);
  if (differences.length > 0) {
    context.logger.info(`${context.id}: writing policy ${id}`, {
      differences: differences.join(', '),
    });
    if (current) await control.updatePolicy(id, policy, signal);
    else await control.createPolicy(policy, signal);
    await control.settle(
      id,
      loaded => loaded !== undefined && isAsWanted(loaded, drafting, frame),
      signal,
    );
  }
  return { policyId: id };
}

function isAsWanted(
  loaded: JsonObject,
  drafting: Drafting,
  frame: PolicyFrame,
): boolean {
  return drafting(loaded, frame).differences.length === 0;
}
