/**
 * What an error of the REST API carries beside its sentence, so that a page can say it in its own words and lead on:
 * `error.code` says what is in the way, `error.fields` the facts. Documented for others in `openapi.yaml`.
 */
import type { components } from '../rest/openapi.generated';

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
  'being-rotated',
  'changed-since',
  'idempotency-key-used',
  'in-use',
  'keys-used-up',
  'managed-elsewhere',
  'not-active',
  'not-approver',
  'not-owner',
  'not-plan-author',
  'not-publisher',
  'not-rotated',
  'over',
  'own-request',
  'plan-not-offered',
  'plan-unfit',
  'renewal-over',
  'requester-left',
  'secret-gone',
  'taken',
  'takes-no-requests',
  'terms-missing',
  'terms-unknown',
] as const satisfies readonly components['schemas']['RefusalCode'][];

/** @public */
export type RefusalCode = components['schemas']['RefusalCode'];

/** Why a product takes no requests. @public */
export type ClosedReason = NonNullable<RefusalFields['reason']>;

/** The facts of a refusal; those that do not matter to its code are absent. @public */
export type RefusalFields = components['schemas']['RefusalFields'];

/** @public */
export interface Refusal {
  code: RefusalCode;
  fields: RefusalFields;
}
