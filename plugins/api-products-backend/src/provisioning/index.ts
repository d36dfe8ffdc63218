import { createCheckDriftHandler } from '../providers/drift/checkDrift';
import { createRepairDriftHandler } from '../providers/drift/repair/repairDrift';
import { createResetQuotaHandler } from './quota/resetQuota';
import type { JobHandler } from '../jobs/JobHandler';
import type { JobKind } from '../jobs/JobQueue';
import { createCleanUpCredentialHandler } from './cleanUpCredential';
import type { HandlerDeps } from './deps';
import { createForgetSecretHandler } from './forgetSecret';
import { createPutCredentialHandler } from './putCredential';
import { createPutPlanHandler, createPutProductHandler } from './putOffering';
import {
  createConfirmRemovalHandler,
  createRemoveCredentialHandler,
} from './removeCredential';
import {
  createRemovePlanHandler,
  createRemoveProductHandler,
} from './removeOffering';

export type { HandlerDeps } from './deps';

/** A handler for every kind of job. @internal */
export function createHandlers(
  deps: HandlerDeps & { notify: JobHandler },
): Record<JobKind, JobHandler> {
  return {
    'put-product': createPutProductHandler(deps),
    'put-plan': createPutPlanHandler(deps),
    'remove-plan': createRemovePlanHandler(deps),
    'remove-product': createRemoveProductHandler(deps),
    'put-credential': createPutCredentialHandler(deps),
    'remove-credential': createRemoveCredentialHandler(deps),
    'confirm-removal': createConfirmRemovalHandler(deps),
    'check-drift': createCheckDriftHandler(deps),
    'repair-drift': createRepairDriftHandler(deps),
    'reset-quota': createResetQuotaHandler(deps),
    'clean-up-credential': createCleanUpCredentialHandler(deps),
    'forget-secret': createForgetSecretHandler(deps),
    notify: deps.notify,
  };
}
