import type { components } from '../rest/openapi.generated';

/** The consumer's side of a subscription: what will call the API. @public */
export type Application = components['schemas']['Application'];

/** `pending → approved · rejected · cancelled · expired` @public */
export type AccessRequestStatus = AccessRequest['status'];

/** What the caller may do with an access request now. @public */
export type AccessRequestAction = AccessRequest['actions'][number];

/** Names a product without carrying all of it. @public */
export type ProductLink = components['schemas']['ProductLink'];

/** Names a plan, with what an approver or a subscriber has to know of it. @public */
export type PlanLink = components['schemas']['PlanLink'];

/** How an access request was decided. @public */
export type Decision = NonNullable<AccessRequest['decision']>;

/** One application asks for one product on one plan. @public */
export type AccessRequest = components['schemas']['AccessRequest'];

/** One of many decisions that are sent together. @public */
export type DecisionItem = components['schemas']['DecisionItem'];

/** What became of one of many decisions: the request as it is now, or why it was not decided. @public */
export type DecisionResult = components['schemas']['DecisionResult'];

/** `provisioning → active ⇄ suspended → expired · revoked`, `failed` (retryable); `revoking` until the gateway is known to refuse every key. @public */
export type SubscriptionStatus = Subscription['status'];

/** What the caller may do with a subscription now. @public */
export type SubscriptionAction = Subscription['actions'][number];

/** What an approved request becomes: one application, one plan, one or more products. @public */
export type Subscription = components['schemas']['Subscription'];

/** How a consumer with a key calls one API of a product. @public */
export type CalledApi = components['schemas']['CalledApi'];

/** `provisioning → active → superseded → revoking → revoked · expired`; `failed` when the provider refused for good. @public */
export type CredentialStatus = Credential['status'];

/** What the caller may do with a credential now. @public */
export type CredentialAction = Credential['actions'][number];

/** A key of a subscription. Its secret is never part of it. @public */
export type Credential = components['schemas']['Credential'];

/** The only answer that carries a secret. @public */
export type RevealedSecret = components['schemas']['RevealedSecret'];

/** One line of the readable history. @public */
export type HistoryEntry = components['schemas']['HistoryEntry'];

/** A field of a record, before and after. @public */
export type HistoryChange = components['schemas']['HistoryChange'];

/** Whether the history is as it was written. @public */
export type HistoryVerification = components['schemas']['HistoryVerification'];

/** The caller. @public */
export type Me = components['schemas']['Me'];
