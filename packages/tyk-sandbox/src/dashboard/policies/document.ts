/** What the Dashboard makes of a policy that is sent to it. */
import { authTypes } from '../apis/authType';
import { asObject, asText } from '../../json';
import type { JsonObject, JsonValue } from '../../json';
import { readPolicy } from '../../model/policy';
import type { Dashboard } from '../state';

/**
 * State of a policy at the Dashboard. `deny`: not published to gateways. `draft`: published, but keys with it are
 * refused. Overrules `active` and `is_inactive`.
 * @public
 */
export type PolicyState = 'active' | 'draft' | 'deny';

const STATES: readonly PolicyState[] = ['active', 'draft', 'deny'];

const ZERO: JsonObject = {
  id: '',
  name: '',
  rate: 0,
  per: 0,
  quota_max: 0,
  quota_renewal_rate: 0,
  throttle_interval: 0,
  throttle_retry_limit: 0,
  max_query_depth: 0,
  hmac_enabled: false,
  enable_http_signature_validation: false,
  key_expires_in: 0,
  tags: null,
  meta_data: {},
  graphql_access_rights: null,
  smoothing: null,
};

const ZERO_PARTITIONS: JsonObject = {
  quota: false,
  rate_limit: false,
  complexity: false,
  acl: false,
  per_api: false,
};

const ZERO_ACCESS: JsonObject = {
  api_name: '',
  api_id: '',
  versions: [],
  allowed_urls: [],
  restricted_types: [],
  allowed_types: [],
  limit: null,
  field_access_rights: [],
  disable_introspection: false,
  allowance_scope: '',
};

function stateOf(body: JsonObject): PolicyState {
  const named = STATES.find(state => state === body.state);
  if (named) return named;
  if (body.active === false) return 'deny';
  return body.is_inactive === true ? 'draft' : 'active';
}

/**
 * The mirror `access_rights_array` is believed where it is sent: whoever changes `access_rights` and sends the old
 * mirror along changes nothing. Which of the two a real Dashboard believes is not documented.
 */
function accessOf(body: JsonObject): JsonObject {
  const mirror = body.access_rights_array;
  const given = Array.isArray(mirror)
    ? mirror.map(
        entry => [asText(asObject(entry).api_id), asObject(entry)] as const,
      )
    : Object.entries(asObject(body.access_rights)).map(
        ([id, entry]) => [id, asObject(entry)] as const,
      );
  return Object.fromEntries(
    given.map(([id, entry]) => [
      id,
      { ...ZERO_ACCESS, ...entry, api_id: asText(entry.api_id) || id },
    ]),
  );
}

function withoutAbsent(body: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(body).filter(
      ([, value]) => value !== undefined && value !== null,
    ),
  );
}

/**
 * The policy as it is kept: complete, with a state and a mirror that fit. Fields the sandbox does not know are kept.
 *
 * @throws MalformedError on a value of another type
 */
export function completePolicy(
  dashboard: Dashboard,
  body: JsonObject,
  own: { _id: string; id: string; date_created: string; last_updated: string },
): JsonObject {
  readPolicy(body);
  const access = accessOf(body);
  const state = stateOf(body);
  const types = authTypes(dashboard.gateway, Object.keys(access));
  return {
    ...ZERO,
    ...withoutAbsent(body),
    ...own,
    org_id: dashboard.orgId,
    partitions: { ...ZERO_PARTITIONS, ...asObject(body.partitions) },
    access_rights: access,
    access_rights_array: Object.values(access).map(entry => entry ?? null),
    state,
    active: state !== 'deny',
    is_inactive: state === 'draft',
    auth_type: types.length > 1 ? 'multiAuth' : types[0] ?? '',
    auth_types: types,
  };
}

/** As it is answered. */
export function writeDocument(
  { gateway }: Dashboard,
  document: JsonObject,
): JsonObject {
  const plain = asText(document._id);
  return {
    ...document,
    _id:
      gateway.settings.policyIdForm === 'hex'
        ? Buffer.from(plain, 'ascii').toString('hex')
        : plain,
  };
}

export function opensApi(document: JsonObject, api: string): boolean {
  return api in asObject(document.access_rights);
}

export function hasApis(document: JsonObject): boolean {
  return Object.keys(asObject(document.access_rights)).length > 0;
}

export function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.map(asText) : [];
}
