import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { AccessRequestRow, PlanRow, ProductRow } from '../lib/rows';

/** What is decided about. */
export interface DecisionMatter {
  /** As it was looked at: an edit since makes the decision void. */
  request: Pick<
    AccessRequestRow,
    | 'id'
    | 'revision'
    | 'status'
    | 'application_id'
    | 'requester_ref'
    | 'changes_subscription_id'
    | 'change_when'
  >;
  product: ProductRow;
  plan: PlanRow;
  applicationName: string;
  /** Who has been asked to decide; nobody where the plan does so at once. */
  asked: EntityRef[];
}

export interface NewDecision {
  decision: 'approved' | 'rejected';
  /** Absent where the plan decides. */
  by?: EntityRef;
  comment?: string;
}

/** A decision about a matter. */
export interface DecidedMatter {
  matter: DecisionMatter;
  decision: NewDecision;
}
