/**
 * What the Dashboard's user may do in one area; `deny` answers 403.
 * @public
 */
export type DashboardPermission = 'deny' | 'read' | 'write';

/**
 * Areas that permissions of a Dashboard user are given for.
 * @public
 */
export type DashboardArea =
  | 'analytics'
  | 'apis'
  | 'clientidps'
  | 'keys'
  | 'oauth'
  | 'policies'
  | 'system'
  | 'users';

/**
 * Settings of the Dashboard, some named after those of `tyk_analytics.conf`. All can be changed while it runs.
 * @public
 */
export interface DashboardSettings {
  /**
   * The version the Dashboard reports and behaves as, where versions differ: below 5.11 (but for 5.8.9 and later
   * of 5.8) a policy without `id` keeps none and the gateway knows policies by `_id`; below 5.12 policies are
   * only found by `_id`; below 5.13 any `id` is accepted; below 5.14 there is no registry of identity providers.
   * Default `v5.14.0`.
   */
  dashboardVersion: string;
  /** `page_size`: entries of a page of a list. Default 10. */
  dashboardPageSize: number;
  /** `enable_update_key_by_hash`. Default true. */
  enableUpdateKeyByHash: boolean;
  /** `enable_delete_key_by_hash`. Default true. */
  enableDeleteKeyByHash: boolean;
  /** `enable_hashed_keys_listing` of the Dashboard; the gateway's is `hashedKeysListing`, both are needed. Default true. */
  enableHashedKeysListing: boolean;
  /**
   * `allow_explicit_policy_id`: gateways of old versions know a policy by the `id` it was given.
   * Newer versions do so anyway. Default false.
   */
  allowExplicitPolicyId: boolean;
  /** A policy without APIs is refused with 400, as the Dashboard's own pages do. Default false. */
  requirePolicyApis: boolean;
  /** How `_id` of a policy is written: as it is, or as the hexadecimal code of its 24 characters. Default `plain`. */
  policyIdForm: 'plain' | 'hex';
  /** A changed key is answered with `Key updated`, as older Dashboards do, instead of with the key. Default false. */
  legacyKeyAnswers: boolean;
  /** Calls are counted and can be looked up; without, the answers are as if there were no calls. Default true. */
  analytics: boolean;
  /** What the Dashboard's user may do, by area. Left out: everything. */
  dashboardPermissions: Partial<Record<DashboardArea, DashboardPermission>>;
  /** Whether the Dashboard's user is an administrator; others do not see some policies below 5.14. Default true. */
  dashboardAdmin: boolean;
}

export const DEFAULT_DASHBOARD_SETTINGS: DashboardSettings = {
  dashboardVersion: 'v5.14.0',
  dashboardPageSize: 10,
  enableUpdateKeyByHash: true,
  enableDeleteKeyByHash: true,
  enableHashedKeysListing: true,
  allowExplicitPolicyId: false,
  requirePolicyApis: false,
  policyIdForm: 'plain',
  legacyKeyAnswers: false,
  analytics: true,
  dashboardPermissions: {},
  dashboardAdmin: true,
};
