/** Policies as an administrator makes them at Tyk. */
import type { JsonObject, JsonValue } from '@backstage/types';
import { isObject } from './adversary';
import type { Target } from './Target';

export type Partition =
  | 'acl'
  | 'quota'
  | 'rate_limit'
  | 'complexity'
  | 'per_api';

let made = 0;

/** With a name of its own and, at a Gateway, an id; it opens the first API where nothing else is said. */
export function rawPolicy(
  target: Target,
  partitions: readonly Partition[],
  changes: JsonObject = {},
): JsonObject {
  const name = `${target.prefix}-raw-${(made += 1)}`;
  const { id } = target.api('first');
  return {
    ...(target.mode === 'gateway' && { id: name }),
    name,
    org_id: target.organisation,
    active: true,
    is_inactive: false,
    ...(target.mode === 'dashboard' && { state: 'active' }),
    tags: [target.prefix],
    partitions: Object.fromEntries(partitions.map(key => [key, true])),
    access_rights: {
      [id]: { api_id: id, api_name: id, versions: ['Default'] },
    },
    rate: 10,
    per: 60,
    quota_max: 100,
    quota_renewal_rate: 3600,
    ...changes,
  };
}

/** The policy as Tyk has it; a failure where it has none. */
export async function policyAt(
  { adversary }: Target,
  { policyId }: { policyId: string },
): Promise<JsonObject> {
  const policy = await adversary.policy(policyId);
  if (!policy) throw new Error(`Tyk has no policy ${policyId}`);
  return policy;
}

/** A policy with what is changed in its right to an API, in both places where a Dashboard has it. */
export function withRight(
  policy: JsonObject,
  apiId: string,
  changes: JsonObject,
): JsonObject {
  const { access_rights: rights, access_rights_array: mirror } = policy;
  const changed = (right: JsonValue | undefined) => ({
    ...(isObject(right) ? right : {}),
    ...changes,
  });
  return {
    ...policy,
    access_rights: isObject(rights)
      ? { ...rights, [apiId]: changed(rights[apiId]) }
      : {},
    ...(Array.isArray(mirror) && {
      access_rights_array: mirror.map(item =>
        isObject(item) && item.api_id === apiId ? changed(item) : item,
      ),
    }),
  };
}
