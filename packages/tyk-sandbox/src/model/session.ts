import type { JsonObject, JsonValue } from '../json';
import { readAccess, writeAccess } from './access';
import type { AccessDefinition } from './access';
import {
  anything,
  boolean,
  float,
  integer,
  list,
  map,
  object,
  omitZero,
  string,
  time,
} from './decode';

/**
 * What the gateway stores for a key: a session. 0 means not set, −1 unlimited;
 * times in seconds since the epoch, periods in seconds.
 * @public
 */
export interface Session {
  rate: number;
  per: number;
  throttle_interval: number;
  throttle_retry_limit: number;
  max_query_depth: number;
  /** RFC 3339, or ''. */
  date_created: string;
  /** 0 or −1: never. */
  expires: number;
  quota_max: number;
  quota_renews: number;
  quota_remaining: number;
  quota_renewal_rate: number;
  access_rights: Record<string, AccessDefinition>;
  org_id: string;
  oauth_client_id: string;
  certificate: string;
  /** Of a user with a password: its hash. */
  basic_auth_data: { password: string; hash_type: string };
  hmac_enabled: boolean;
  enable_http_signature_validation: boolean;
  is_inactive: boolean;
  apply_policy_id: string;
  apply_policies: string[];
  meta_data: Record<string, JsonValue>;
  tags: string[];
  alias: string;
  /** Seconds since the epoch, as a string. */
  last_updated: string;
  session_lifetime: number;
  post_expiry_action: string;
  post_expiry_grace_period: number;
}

const readBasicAuth = object(source => ({
  password: string(source.password),
  hash_type: string(source.hash_type),
}));

/** @throws MalformedError on a value of another type */
export const readSession = object<Session>(source => ({
  rate: float(source.rate),
  per: float(source.per),
  throttle_interval: float(source.throttle_interval),
  throttle_retry_limit: integer(source.throttle_retry_limit),
  max_query_depth: integer(source.max_query_depth),
  date_created: time(source.date_created),
  expires: integer(source.expires),
  quota_max: integer(source.quota_max),
  quota_renews: integer(source.quota_renews),
  quota_remaining: integer(source.quota_remaining),
  quota_renewal_rate: integer(source.quota_renewal_rate),
  access_rights: map(readAccess)(source.access_rights),
  org_id: string(source.org_id),
  oauth_client_id: string(source.oauth_client_id),
  certificate: string(source.certificate),
  basic_auth_data: readBasicAuth(source.basic_auth_data),
  hmac_enabled: boolean(source.hmac_enabled),
  enable_http_signature_validation: boolean(
    source.enable_http_signature_validation,
  ),
  is_inactive: boolean(source.is_inactive),
  apply_policy_id: string(source.apply_policy_id),
  apply_policies: list(string)(source.apply_policies),
  meta_data: map(anything)(source.meta_data),
  tags: list(string)(source.tags),
  alias: string(source.alias),
  last_updated: string(source.last_updated),
  session_lifetime: integer(source.session_lifetime),
  post_expiry_action: string(source.post_expiry_action),
  post_expiry_grace_period: integer(source.post_expiry_grace_period),
}));

const NO_TIME = '0001-01-01T00:00:00Z';

/** What older versions answer of a session besides, which the sandbox does not keep. */
const ZEROS: JsonObject = {
  last_check: 0,
  allowance: 0,
  oauth_keys: null,
  jwt_data: { secret: '' },
  hmac_string: '',
  rsa_certificate_id: '',
  data_expires: 0,
  monitor: { trigger_limits: null },
  enable_detail_recording: false,
  enable_detailed_recording: false,
  id_extractor_deadline: 0,
  smoothing: null,
};

/**
 * As the Gateway API answers it: without zero values.
 *
 * @param zeros - with them, as older versions do
 */
export function writeSession(session: Session, zeros = false): JsonObject {
  const written = {
    ...session,
    basic_auth_data: { ...session.basic_auth_data },
    meta_data: { ...session.meta_data },
    access_rights: Object.fromEntries(
      Object.entries(session.access_rights).map(([api, access]) => [
        api,
        writeAccess(access, zeros),
      ]),
    ),
  };
  return zeros
    ? { ...ZEROS, ...written, date_created: session.date_created || NO_TIME }
    : omitZero({
        ...written,
        basic_auth_data: omitZero(written.basic_auth_data),
      });
}

/** A copy that can be changed without changing the original. */
export function cloneSession(session: Session): Session {
  return structuredClone(session);
}

/** The policies of a session; `undefined` where it names none. */
export function policyIds(session: Session): string[] | undefined {
  if (session.apply_policies.length > 0) return session.apply_policies;
  return session.apply_policy_id === '' ? undefined : [session.apply_policy_id];
}
