/**
 * Sessions as they are sent to Tyk.
 *
 * A session is replaced as a whole, so one that exists is changed, never rebuilt: what is not named here survives. Its
 * alias ends with the portal's mark. The id of the credential stands in its metadata as well, for whoever reads that in
 * a middleware; the portal does not rely on it.
 */
import type { JsonObject } from '@backstage/types';
import type { CredentialUpdate } from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import { sameToTyk } from './json';
import { readKeyMark, withKeyMark } from './keyMark';
import { toTykLimits } from './limits';
import { policyIdsOf } from './sessionComparison';
import type { TykSession } from './sessions';
import { isTechnicalName } from './technicalPolicies';

const CREDENTIAL = 'credential_id';

type Marked = Pick<
  CredentialUpdate,
  'alias' | 'credentialId' | 'metadata' | 'tags'
>;

function marksOf(
  { alias, credentialId, metadata, tags }: Marked,
  technical: readonly string[],
): { alias: string; tags: string[]; meta_data: JsonObject } {
  return {
    alias: withKeyMark(alias, {
      credentialId,
      // Most tell by their ids what they are.
      technical: technical.filter(id => !isTechnicalName(id)),
    }),
    tags,
    meta_data: { ...metadata, [CREDENTIAL]: credentialId },
  };
}

/**
 * A key that does not exist yet.
 *
 * @param technical - references of our own policies, which come last
 */
export function newSession(
  organisation: string,
  wanted: CredentialUpdate,
  technical: readonly string[],
): JsonObject {
  return {
    org_id: organisation,
    apply_policies: [...policyIdsOf(wanted), ...technical],
    expires: wanted.expiresAt ?? 0,
    ...marksOf(wanted, technical),
  };
}

/**
 * A key that exists, with what is wanted of it from now on.
 *
 * The renewal of the quota is written out: of the one that is stored and the plan's, Tyk takes the longer for an API
 * that the plan does not list, so that a shorter one would never arrive.
 *
 * @param left - policies that it had until now and has no longer: what they added to its metadata goes with them
 */
export function changedSession(
  current: JsonObject,
  wanted: CredentialUpdate,
  technical: readonly string[],
  left: readonly JsonObject[],
): JsonObject {
  const metadata = isJsonObject(current.meta_data) ? current.meta_data : {};
  const kept = Object.entries(metadata).filter(
    ([name, value]) =>
      !left.some(({ meta_data: added }) =>
        isJsonObject(added) && name in added
          ? sameToTyk(added[name], value)
          : false,
      ),
  );
  const marks = marksOf(wanted, technical);
  return {
    ...current,
    ...marks,
    apply_policies: [...policyIdsOf(wanted), ...technical],
    expires: wanted.expiresAt ?? 0,
    meta_data: { ...Object.fromEntries(kept), ...marks.meta_data },
    quota_renewal_rate: toTykLimits(wanted.plan).quota_renewal_rate,
    is_inactive: wanted.suspended ?? false,
  };
}

/** The id of the credential here, as it was left at the key. */
export function credentialIdOf({ alias }: TykSession): string | undefined {
  return readKeyMark(alias).mark?.credentialId;
}

/** Which of its policies are ours alone. */
export function technicalPoliciesOf({
  alias,
  apply_policies: policies,
}: TykSession): string[] {
  const known = readKeyMark(alias).mark?.technical ?? [];
  return policies.filter(id => isTechnicalName(id) || known.includes(id));
}
