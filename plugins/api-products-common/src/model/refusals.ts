/**
 * What an error of the REST API carries beside its sentence, so that a page can say it in its own words and lead on:
 * `error.code` says what is in the way, `error.fields` the facts. Documented for others in `openapi.yaml`.
 */

/** Why something was refused. The first nine say no more than the status does. @public */
export const REFUSAL_CODES = [
  'invalid',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'conflict',
  'gone',
  'too-many',
  'unavailable',
  'failed',
  'allowance-used',
  'already-decided',
  'already-pending',
  'already-subscribed',
  'changed-since',
  'idempotency-key-used',
  'in-use',
  'keys-used-up',
  'managed-elsewhere',
  'not-active',
  'not-approver',
  'not-owner',
  'over',
  'own-request',
  'plan-not-offered',
  'plan-unfit',
  'requester-left',
  'secret-gone',
  'taken',
  'takes-no-requests',
  'terms-missing',
  'terms-unknown',
] as const;

/** @public */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** Why a product takes no requests. @public */
export type ClosedReason =
  | 'hidden'
  | 'draft'
  | 'deprecated'
  | 'retired'
  | 'coming-soon'
  | 'documentation-only'
  | 'no-credential'
  | 'api-unknown';

/** The facts of a refusal; those that do not matter to its code are absent. @public */
export interface RefusalFields {
  /** Which part of what was sent is refused, e.g. `plan` or `application.name`. */
  field?: string;
  /** Titles and names as people know them. */
  product?: string;
  plan?: string;
  application?: string;
  /** Ids to lead to. */
  accessRequest?: string;
  subscription?: string;
  subscriptions?: string[];
  /** Refs of people and groups. */
  owner?: string;
  approvers?: string[];
  requester?: string;
  /** The present revision of what has changed. */
  revision?: number;
  /** What it has become, e.g. the status of a request or a subscription. */
  status?: string;
  decision?: 'approved' | 'rejected';
  decidedBy?: string;
  decidedAt?: string;
  reason?: ClosedReason;
  /** Terms, each with its version, e.g. `Terms of use (2026-01)`. */
  terms?: string[];
  /** How many there can be, in what time, and when there is room again. */
  limit?: number;
  per?: string;
  renewsAt?: string;
  /** Who saw the secret, and when. */
  revealedBy?: string;
  revealedAt?: string;
  editUrl?: string;
}

/** @public */
export interface Refusal {
  code: RefusalCode;
  fields: RefusalFields;
}
