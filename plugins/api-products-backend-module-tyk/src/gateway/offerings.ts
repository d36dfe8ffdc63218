/**
 * Products and plans at the gateway: written only where something differs, and only done when the gateway has loaded
 * it. The open-source gateway writes a policy to disk and knows it after a reload, which it does in its own time.
 */
import type { JsonObject } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type {
  OfferingReference,
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { pause } from '../http/retry';
import { planPolicy, productPolicy } from '../model/policies';
import type { PolicyDraft, PolicyFrame } from '../model/policies';
import { policyId } from '../model/policyIds';
import type { GatewayContext } from './context';

/** A reload that got lost is asked for again after so long. */
const RELOAD_AGAIN_MS = 5_000;

const LONGEST_POLL_MS = 500;

/** @internal */
export type Drafting = (
  current: JsonObject | undefined,
  frame: PolicyFrame,
) => PolicyDraft;

/** @internal */
export function putProduct(
  context: GatewayContext,
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
  context: GatewayContext,
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
  context: GatewayContext,
  id: string,
  drafting: Drafting,
  signal: AbortSignal | undefined,
): Promise<OfferingReference> {
  const { api, organisation, tags } = context;
  const frame = { id, organisation, tags };
  const current = await api.policy(id, signal);
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
    await api.writePolicy(id, policy, current ? 'update' : 'create', signal);
    await untilLoaded(
      context,
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

/**
 * Reloads, and looks until the gateway has what it should have.
 *
 * @throws ProviderUnavailableError when it takes too long
 * @internal
 */
export async function untilLoaded(
  { id: providerId, api, timing }: GatewayContext,
  id: string,
  reached: (loaded: JsonObject | undefined) => boolean,
  signal?: AbortSignal,
): Promise<void> {
  const end = Date.now() + timing.visibleWithinMs;
  let reloadAt = 0;
  let wait = timing.pollMs;
  for (;;) {
    if (Date.now() >= reloadAt) {
      await api.reload(signal);
      reloadAt = Date.now() + RELOAD_AGAIN_MS;
    }
    if (reached(await api.policy(id, signal))) return;
    if (Date.now() + wait > end) break;
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_POLL_MS);
  }
  throw new ProviderUnavailableError(
    `${providerId}: policy ${id} was written, but the gateway has not loaded it within ${timing.visibleWithinMs} ms. If this stays so, set policies.policy_path (and policies.policy_source to file), and where there are several nodes, to a directory that they share`,
  );
}
