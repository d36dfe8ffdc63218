/**
 * The rows as the schema in `migrations/` has them. Booleans come back from SQLite as 0 and 1: read them through
 * `isTrue`. JSON documents are texts here and are parsed by the store that owns the table.
 */
import type {
  AccessRequestStatus,
  CredentialStatus,
  DriftAction,
  DriftItem,
  DriftKind,
  Id,
  Origin,
  ProductLifecycle,
  SubscriptionStatus,
  SyncRun,
  SyncTrigger,
} from 'backstage-plugin-api-products-common';

export type SqlBoolean = boolean | 0 | 1;

export const isTrue = (value: SqlBoolean): boolean => Boolean(value);

interface RevisedRow {
  id: string;
  revision: number;
  created_at: string;
  updated_at: string;
}

interface RecordRow extends RevisedRow {
  ref: string;
  namespace: string;
  name: string;
  title: string;
  description: string | null;
  owner_ref: string;
  origin: Origin;
  edit_url: string | null;
  spec: string;
  fingerprint: string;
  hidden_at: string | null;
  /** Set when it was deleted in the portal. */
  deleted_at: string | null;
  /** The name that its entity had before, where the entity says so. */
  renamed_from: string | null;
}

interface OfferingRow {
  provider_id: string | null;
  policy_id: string | null;
  provider_status: 'none' | 'pending' | 'ready' | 'failed';
  provider_message: string | null;
  provider_revision: number;
  provider_name: string | null;
  /** Revision that a synchronisation wrote last; a higher one was edited here. */
  taken_revision: number;
  hidden_by: 'source' | 'provider' | null;
  /** The key under which its provider first had it, where that is not what it is called now. */
  provider_key: string | null;
}

export interface ProviderRow {
  id: string;
  status: 'unknown' | 'up' | 'down';
  version: string | null;
  findings: string;
  message: string | null;
  checked_at: string | null;
  revocation: 'safe' | 'unsafe' | 'unknown';
  drift_checked_at: string | null;
  /** The job that looks for differences, and the last key up to which it has found none. */
  drift_job: string | null;
  drift_after: Id | null;
  drift_findings: string;
}

export interface ProviderApiRow {
  provider_id: string;
  api_id: string;
  name: string;
  authentication: string;
  api: string;
  updated_at: string;
}

export interface SyncRunRow {
  id: string;
  provider_id: string;
  trigger: SyncTrigger;
  requested_by: string | null;
  status: SyncRun['status'];
  drop_confirmed: SqlBoolean;
  done: number;
  total: number;
  counts: string;
  items: string;
  message: string | null;
  started_at: string | null;
  finished_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface DriftItemRow {
  id: string;
  revision: number;
  provider_id: string;
  /** `<noun>:<id>`. */
  subject: string;
  kind: DriftKind;
  title: string;
  message: string;
  differences: string;
  status: DriftItem['status'];
  seen: number;
  resolution: DriftAction | null;
  resolved_by: string | null;
  resolved_at: string | null;
  ignored_fingerprint: string | null;
  last_error: string | null;
  created_at: string;
  updated_at: string;
}

export interface ProductRow extends RecordRow, OfferingRow {
  lifecycle: ProductLifecycle;
  coming_soon: SqlBoolean;
  featured: SqlBoolean;
  display_priority: number;
  authentication: string | null;
  /** Why an API of it may not be opened. */
  held_back: string | null;
  /** What of its entity is not done, as a list in JSON. */
  findings: string | null;
}

export interface ApiOwnerRow {
  provider_id: string;
  api_id: string;
  entity_ref: string;
  owner_ref: string;
  decided_by: string | null;
  since: string;
}

export interface ProductApiRow {
  product_id: string;
  position: number;
  api_ref: string | null;
  title: string | null;
  provider_api_id: string | null;
  versions: string | null;
  allowed_urls: string | null;
}

export interface PlanRow extends RecordRow, OfferingRow {
  billing_mode: 'free' | 'fixed' | 'metered';
  display_priority: number;
  /** Why it is neither brought to its provider nor offered. */
  held_back: string | null;
  /** What of its entity is not done, as a list in JSON. */
  findings: string | null;
}

export interface CatalogueRow extends RecordRow {
  visibility: 'public' | 'private';
}

export interface ApplicationRow extends RevisedRow {
  name: string;
  description: string | null;
  owner_ref: string;
  component_ref: string | null;
  created_by: string;
  deleted_at: string | null;
}

export interface AccessRequestRow extends RevisedRow {
  status: AccessRequestStatus;
  product_id: string;
  plan_id: string;
  application_id: string;
  requester_ref: string;
  reason: string | null;
  accepted_terms: string;
  idempotency_key: string | null;
  idempotency_digest: string | null;
  /** The subscription that is to move to the plan; null for access to something new. */
  changes_subscription_id: string | null;
  /** The plan that it had then. */
  from_plan_id: string | null;
  /** Null: at once where the plan gives more, at the end of the quota period otherwise. */
  change_when: 'now' | 'period-end' | null;
  /** The last of what people were told because nobody has decided. */
  called_to_mind: 'remind' | 'escalate' | null;
}

export interface DecisionRow {
  access_request_id: string;
  decision: 'approved' | 'rejected';
  decided_by: string | null;
  automatic: SqlBoolean;
  comment: string | null;
  decided_at: string;
}

export interface SubscriptionRow extends RevisedRow {
  status: SubscriptionStatus;
  open: SqlBoolean;
  access_request_id: string;
  application_id: string;
  plan_id: string;
  requester_ref: string;
  last_error: string | null;
  /** The plan that it moves to. */
  next_plan_id: string | null;
  /** When; null where only the gateway knows when the quota period ends, and has not been asked yet. */
  next_plan_at: string | null;
  suspend_requested_by: string | null;
  /** Its keys are to be refused since then; null where they are to be accepted. */
  suspend_requested_at: string | null;
  /** For the consumer to read. */
  suspend_reason: string | null;
}

export interface CredentialRow extends RevisedRow {
  subscription_id: string;
  name: string;
  status: CredentialStatus;
  provider_id: string;
  provider_reference: string | null;
  header_name: string | null;
  header_prefix: string | null;
  last_four: string | null;
  expires_at: string | null;
  revealed_by: string | null;
  revealed_at: string | null;
  reveal_until: string | null;
  revoke_requested_by: string | null;
  revoke_requested_at: string | null;
  revivals: number;
  kind: 'token' | 'basic';
  revocation_warning: string | null;
  /** What the gateway was told last, as JSON. */
  told: string | null;
  /** When that is read back once more; null where it is known to hold. */
  confirm_at: string | null;
  /** Something was left at the provider to make the removal hold. */
  clean_up: SqlBoolean;
  /** So many days before its end its people were told last. */
  warned_days: number | null;
  /** The key whose place it takes. */
  replaces: string | null;
  /** How long that one works beside it, as an ISO 8601 duration. */
  overlap: string | null;
  /** When the portal revokes it, once another one has taken its place. */
  cut_off_at: string | null;
  /** The time until then was made longer. */
  extended: SqlBoolean;
  last_error: string | null;
  created_by: string;
}

export interface SealedSecretRow {
  credential_id: string;
  purpose: 'chosen' | 'token';
  key_id: string;
  wrapped_key: string;
  ciphertext: string;
  created_at: string;
}

export interface JobRow {
  sequence: number | string;
  id: string;
  kind: string;
  subject: string;
  /** Where it waits: `portal` is for what needs no provider. */
  lane: 'portal' | `provider:${string}`;
  /** Lower goes first among what is due in a lane. */
  priority: number;
  order_key: string | null;
  /** The end of a job about this subject wakes it. */
  waits_for: string | null;
  payload: string;
  status: 'queued' | 'running' | 'failed';
  again: SqlBoolean;
  attempts: number;
  run_at: string;
  give_up_at: string | null;
  lease_owner: string | null;
  lease_until: string | null;
  last_error: string | null;
  created_at: string;
  updated_at: string;
}

export interface HistoryRow {
  sequence: number | string;
  id: string;
  at: string;
  subject: string;
  product_id: string | null;
  application_id: string | null;
  event: string;
  actor: string | null;
  message: string;
  /** What a person gave as the reason. */
  reason: string | null;
  /** JSON of what changed. */
  changes: string | null;
  /** Absent until it is sealed. */
  chain_position: number | string | null;
  previous_hash: string | null;
  hash: string | null;
}

/** The last line of the history that is sealed. */
export interface HistoryChainRow {
  id: number;
  chain_position: number | string;
  hash: string;
  sealed_at: string;
}

/** Where records are kept. */
export const TABLES = {
  product: 'products',
  plan: 'plans',
  catalogue: 'catalogues',
} as const;
