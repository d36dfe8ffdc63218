/**
 * Sessions as they are sent to Tyk.
 *
 * A session is replaced as a whole, so one that exists is changed, never rebuilt: what is not named here survives. Two
 * marks in its metadata are ours: the id of the credential, and which of its policies are there for technical reasons,
 * since an installation that chooses ids gives them ids that tell nothing.
 */
import type { JsonObject } from '@backstage/types';
import type { CredentialUpdate } from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import { sameToTyk } from './json';
import { toTykLimits } from './limits';
import { policyIdsOf } from './sessionComparison';
import type { TykSession } from './sessions';
import { isTechnicalName } from './technicalPolicies';

const CREDENTIAL = 'credential_id';
const TECHNICAL = 'portal_policies';

type Marked = Pick<CredentialUpdate, 'credentialId' | 'metadata'>;

function metadataOf(
  { credentialId, metadata }: Marked,
  technical: readonly string[],
): JsonObject {
  return {
    ...metadata,
    [CREDENTIAL]: credentialId,
    ...(technical.length > 0 && { [TECHNICAL]: technical.join(' ') }),
  };
}

/**
 * A key that does not exist yet.
 *
 * @param technical - references of our own policies, which come last
 * @internal
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
    alias: wanted.alias,
    tags: wanted.tags,
    meta_data: metadataOf(wanted, technical),
  };
}

/**
 * A key that exists, with what is wanted of it from now on.
 *
 * The renewal of the quota is written out: of the one that is stored and the plan's, Tyk takes the longer for an API
 * that the plan does not list, so that a shorter one would never arrive.
 *
 * @param left - policies that it had until now and has no longer: what they added to its metadata goes with them
 * @internal
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
      name !== TECHNICAL &&
      !left.some(({ meta_data: added }) =>
        isJsonObject(added) && name in added
          ? sameToTyk(added[name], value)
          : false,
      ),
  );
  return {
    ...current,
    apply_policies: [...policyIdsOf(wanted), ...technical],
    expires: wanted.expiresAt ?? 0,
    alias: wanted.alias,
    tags: wanted.tags,
    meta_data: {
      ...Object.fromEntries(kept),
      ...metadataOf(wanted, technical),
    },
    quota_renewal_rate: toTykLimits(wanted.plan).quota_renewal_rate,
    is_inactive: wanted.suspended ?? false,
  };
}

/** The id of the credential here, as it was left at the key. @internal */
export function credentialIdOf(session: TykSession): string | undefined {
  const id = session.meta_data[CREDENTIAL];
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** Which of its policies are ours alone. @internal */
export function technicalPoliciesOf(session: TykSession): string[] {
  const marked = session.meta_data[TECHNICAL];
  const known = typeof marked === 'string' ? marked.split(' ') : [];
  return session.apply_policies.filter(
    id => isTechnicalName(id) || known.includes(id),
  );
}
