/**
 * Policies that the portal keeps at Tyk for itself. They are no offerings, and nobody gets access by them.
 *
 * - `bs-probe` exists while an installation is tried out;
 * - `bs-suspended` is never active: a key that carries it is refused, whatever else it carries;
 * - `bs-off-<credential>` stands on one key only, the last of its policies: switching it off refuses that key at the
 *   next call, even where the gateway goes on using a cached session;
 * - `bs-witness` is always there, never active, and on no key: see `driver/Witnesses.ts`.
 */
import type { JsonObject } from '@backstage/types';
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import { NEW_POLICY, policyState } from './policies';
import type { PolicyFrame } from './policies';

export const PROBE_POLICY = 'bs-probe';

export const SUSPENDED_POLICY = 'bs-suspended';

/** Of the policy, and of the key beside it. */
export const WITNESS = 'bs-witness';

const MARKER = 'bs-off-';

/**
 * The marker of a credential.
 *
 * @throws ProviderRejectedError for an id that would not be accepted in the id of a policy
 */
export function markerName(credentialId: string): string {
  if (!/^[A-Za-z0-9._~-]{1,100}$/.test(credentialId)) {
    throw new ProviderRejectedError(
      'The id of the credential cannot be part of the id of a policy',
    );
  }
  return `${MARKER}${credentialId}`;
}

/** By id or by name, since an installation may choose ids. */
export function isTechnicalName(text: string): boolean {
  return (
    text.startsWith(MARKER) ||
    text === PROBE_POLICY ||
    text === SUSPENDED_POLICY ||
    text === WITNESS
  );
}

export function isTechnicalPolicy({ id, name }: JsonObject): boolean {
  return (
    (typeof id === 'string' && isTechnicalName(id)) ||
    (typeof name === 'string' && isTechnicalName(name))
  );
}

/**
 * A policy that opens nothing.
 *
 * @param active - false: a key that carries it is refused
 */
export function technicalPolicy(
  name: string,
  active: boolean,
  frame: Pick<PolicyFrame, 'organisation' | 'states'>,
): JsonObject {
  return {
    ...NEW_POLICY,
    name,
    org_id: frame.organisation,
    ...policyState(active ? 'active' : 'draft', frame),
    tags: [],
    partitions: {
      acl: true,
      quota: false,
      rate_limit: false,
      complexity: false,
      per_api: false,
    },
    access_rights: {},
  };
}
