import type { JsonObject, JsonValue } from '../json';
import {
  anything,
  boolean,
  float,
  integer,
  list,
  object,
  omitZero,
  string,
} from './decode';

/**
 * A path and the methods allowed on it. The path is a regular expression.
 * @public
 */
export interface AccessSpec {
  url: string;
  methods: string[];
}

/**
 * Limits of one API on a key. 0 means not set, −1 unlimited; times in seconds since the epoch, periods in seconds.
 * @public
 */
export interface ApiLimit {
  rate: number;
  per: number;
  throttle_interval: number;
  throttle_retry_limit: number;
  max_query_depth: number;
  quota_max: number;
  quota_renews: number;
  quota_remaining: number;
  quota_renewal_rate: number;
}

/**
 * What a policy or a key allows on one API.
 * @public
 */
export interface AccessDefinition {
  api_name: string;
  api_id: string;
  versions: string[];
  allowed_urls: AccessSpec[];
  limit: ApiLimit;
  /** Whose counter is used: '' is that of the key, else a counter for this scope on the key. */
  allowance_scope: string;
  disable_introspection: boolean;
  /** Carried, not enforced. */
  endpoints: JsonValue[];
  /** Carried, not enforced. */
  restricted_types: JsonValue[];
  /** Carried, not enforced. */
  allowed_types: JsonValue[];
  /** Carried, not enforced. */
  field_access_rights: JsonValue[];
  /** What only MCP proxies have, see `admin/mcps.ts`. Carried, not enforced. */
  json_rpc_methods: JsonValue[];
  /** Carried, not enforced. */
  json_rpc_methods_access_rights: JsonValue;
  /** Carried, not enforced. */
  mcp_primitives: JsonValue[];
  /** Carried, not enforced. */
  mcp_access_rights: JsonValue;
}

export function isEmptyLimit(limit: ApiLimit): boolean {
  return Object.values(limit).every(value => value === 0);
}

const readLimit = object<ApiLimit>(source => ({
  rate: float(source.rate),
  per: float(source.per),
  throttle_interval: float(source.throttle_interval),
  throttle_retry_limit: integer(source.throttle_retry_limit),
  max_query_depth: integer(source.max_query_depth),
  quota_max: integer(source.quota_max),
  quota_renews: integer(source.quota_renews),
  quota_remaining: integer(source.quota_remaining),
  quota_renewal_rate: integer(source.quota_renewal_rate),
}));

export function emptyLimit(): ApiLimit {
  return readLimit(undefined);
}

const readSpec = object<AccessSpec>(source => ({
  url: string(source.url),
  methods: list(string)(source.methods),
}));

export const readAccess = object<AccessDefinition>(source => ({
  api_name: string(source.api_name),
  api_id: string(source.api_id),
  versions: list(string)(source.versions),
  allowed_urls: list(readSpec)(source.allowed_urls),
  limit: readLimit(source.limit),
  allowance_scope: string(source.allowance_scope),
  disable_introspection: boolean(source.disable_introspection),
  endpoints: list(anything)(source.endpoints),
  restricted_types: list(anything)(source.restricted_types),
  allowed_types: list(anything)(source.allowed_types),
  field_access_rights: list(anything)(source.field_access_rights),
  json_rpc_methods: list(anything)(source.json_rpc_methods),
  json_rpc_methods_access_rights: anything(
    source.json_rpc_methods_access_rights,
  ),
  mcp_primitives: list(anything)(source.mcp_primitives),
  mcp_access_rights: anything(source.mcp_access_rights),
}));

/**
 * As it is answered: without zero values.
 *
 * @param zeros - with them, as older versions do
 */
export function writeAccess(
  access: AccessDefinition,
  zeros = false,
): JsonObject {
  if (zeros) return withZeros(access);
  return omitZero({
    ...access,
    allowed_urls: access.allowed_urls.map(spec => ({ ...spec })),
    limit: omitZero({ ...access.limit }),
  });
}

function withZeros(access: AccessDefinition): JsonObject {
  return {
    ...access,
    versions: orNull(access.versions),
    allowed_urls: orNull(access.allowed_urls.map(spec => ({ ...spec }))),
    restricted_types: orNull(access.restricted_types),
    allowed_types: orNull(access.allowed_types),
    field_access_rights: orNull(access.field_access_rights),
    limit: { ...access.limit },
    // None of these versions has them.
    json_rpc_methods: undefined,
    json_rpc_methods_access_rights: undefined,
    mcp_primitives: undefined,
    mcp_access_rights: undefined,
    // The one list that even older versions leave out.
    endpoints: access.endpoints.length > 0 ? access.endpoints : undefined,
  };
}

/** A list that was never filled is `null` to the gateway. */
function orNull<T>(items: T[]): T[] | null {
  return items.length > 0 ? items : null;
}
