/**
 * Policies as a Dashboard writes them, brought to what the rest of the driver reads, and back.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../http/answer';
import { referenceOf } from '../model/policyIds';
import { isTechnicalPolicy } from '../model/technicalPolicies';

/** The id in the Dashboard's database, plain, whichever way it came. */
export function databaseIdOf({ _id }: JsonObject): string | undefined {
  return referenceOf({ _id });
}

/** A policy as it came, with a plain `_id`. */
export function incoming(policy: JsonObject): JsonObject {
  const plain = databaseIdOf(policy);
  return plain === undefined || plain === policy._id
    ? policy
    : { ...policy, _id: plain };
}

/**
 * A policy as it is sent. The Dashboard mirrors `access_rights` in a list and, where the two differ, which of them it
 * takes is not said anywhere: so they never differ.
 */
export function outgoing(policy: JsonObject): JsonObject {
  const { access_rights: rights, access_rights_array: mirror } = policy;
  if (!Array.isArray(mirror)) return policy;
  const entries = Object.entries(isJsonObject(rights) ? rights : {});
  return {
    ...policy,
    access_rights_array: entries.map(([apiId, right]): JsonValue => {
      const before = mirror.find(
        item => isJsonObject(item) && item.api_id === apiId,
      );
      return {
        ...(isJsonObject(before) ? before : {}),
        ...(isJsonObject(right) ? right : {}),
      };
    }),
  };
}

/**
 * Whether a policy may be given an API that it was not meant to have, for a Dashboard that wants one in each: where
 * that opens nothing. A plan opens nothing, and a technical policy that is inactive refuses every key.
 */
export function mayCarryAnyApi(policy: JsonObject): boolean {
  const { partitions, access_rights: rights, is_inactive: inactive } = policy;
  if (isJsonObject(rights) && Object.keys(rights).length > 0) return false;
  if (!isJsonObject(partitions)) return false;
  const limits = [partitions.quota, partitions.rate_limit].includes(true);
  if (partitions.acl !== true && limits) return true;
  return inactive === true && isTechnicalPolicy(policy);
}
