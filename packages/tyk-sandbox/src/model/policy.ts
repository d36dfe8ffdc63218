import type { JsonObject, JsonValue } from '../json';
import { readAccess, writeAccess } from './access';
import type { AccessDefinition } from './access';
import {
  anything,
  boolean,
  float,
  integer,
  nullableList,
  nullableMap,
  object,
  string,
} from './decode';

/**
 * Which parts of a policy count. None set: all but `per_api`.
 * @public
 */
export interface PolicyPartitions {
  quota: boolean;
  rate_limit: boolean;
  complexity: boolean;
  acl: boolean;
  per_api: boolean;
}

/**
 * A policy as the open-source gateway keeps it. Fields that only the Dashboard knows
 * (`state`, `access_rights_array`, `auth_type`) do not survive, as with the real one.
 * @public
 */
export interface Policy {
  _id: string;
  id: string;
  name: string;
  org_id: string;
  rate: number;
  per: number;
  quota_max: number;
  quota_renewal_rate: number;
  throttle_interval: number;
  throttle_retry_limit: number;
  max_query_depth: number;
  access_rights: Record<string, AccessDefinition> | null;
  hmac_enabled: boolean;
  enable_http_signature_validation: boolean;
  active: boolean;
  is_inactive: boolean;
  tags: string[] | null;
  key_expires_in: number;
  /** Left out of answers where it is not set. */
  post_expiry_action: string;
  post_expiry_grace_period: number;
  partitions: PolicyPartitions;
  last_updated: string;
  meta_data: Record<string, JsonValue> | null;
  graphql_access_rights: JsonValue;
  smoothing: JsonValue;
}

/**
 * A policy as one writes it: `id`, and whatever else is not zero.
 * @public
 */
export type PolicyInput = { id: string } & {
  [Field in keyof Policy]?: Field extends 'access_rights'
    ? Record<string, Partial<AccessDefinition>> | null
    : Field extends 'partitions'
    ? Partial<PolicyPartitions>
    : Policy[Field];
};

const readPartitions = object<PolicyPartitions>(source => ({
  quota: boolean(source.quota),
  rate_limit: boolean(source.rate_limit),
  complexity: boolean(source.complexity),
  acl: boolean(source.acl),
  per_api: boolean(source.per_api),
}));

/** @throws MalformedError on a value of another type */
export const readPolicy = object<Policy>(source => ({
  _id: string(source._id),
  id: string(source.id),
  name: string(source.name),
  org_id: string(source.org_id),
  rate: float(source.rate),
  per: float(source.per),
  quota_max: integer(source.quota_max),
  quota_renewal_rate: integer(source.quota_renewal_rate),
  throttle_interval: float(source.throttle_interval),
  throttle_retry_limit: integer(source.throttle_retry_limit),
  max_query_depth: integer(source.max_query_depth),
  access_rights: nullableMap(readAccess)(source.access_rights),
  hmac_enabled: boolean(source.hmac_enabled),
  enable_http_signature_validation: boolean(
    source.enable_http_signature_validation,
  ),
  active: boolean(source.active),
  is_inactive: boolean(source.is_inactive),
  tags: nullableList(string)(source.tags),
  key_expires_in: integer(source.key_expires_in),
  post_expiry_action: string(source.post_expiry_action),
  post_expiry_grace_period: integer(source.post_expiry_grace_period),
  partitions: readPartitions(source.partitions),
  last_updated: string(source.last_updated),
  meta_data: nullableMap(anything)(source.meta_data),
  graphql_access_rights: anything(source.graphql_access_rights),
  smoothing: anything(source.smoothing),
}));

/** @param zeros - access rights with their zero values, as older versions answer them */
export function writePolicy(policy: Policy, zeros = false): JsonObject {
  return {
    ...policy,
    post_expiry_action: policy.post_expiry_action || undefined,
    partitions: { ...policy.partitions },
    access_rights:
      policy.access_rights &&
      Object.fromEntries(
        Object.entries(policy.access_rights).map(([api, access]) => [
          api,
          zeros
            ? { ...writeAccess(access, true), allowed_urls: urlsOf(access) }
            : writeAccess(access),
        ]),
      ),
  };
}

/** Written as it came, which for a list that names nothing is nearly always `[]`. */
function urlsOf(access: AccessDefinition): JsonValue {
  return access.allowed_urls.map(spec => ({ ...spec }));
}

/** Whether only some parts of the policy count. */
export function isPartitioned({ partitions }: Policy): boolean {
  return (
    partitions.quota ||
    partitions.rate_limit ||
    partitions.acl ||
    partitions.complexity
  );
}
