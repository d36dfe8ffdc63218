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

/** Handles everything that has to be done at a provider, except for what the rooms above add. */
export const provisioningHandlers = (deps: HandlerDeps) =>
  ({
    'put-product': createPutProductHandler(deps),
    'put-plan': createPutPlanHandler(deps),
    'remove-plan': createRemovePlanHandler(deps),
    'remove-product': createRemoveProductHandler(deps),
    'put-credential': createPutCredentialHandler(deps),
    'remove-credential': createRemoveCredentialHandler(deps),
    'confirm-removal': createConfirmRemovalHandler(deps),
    'reset-quota': createResetQuotaHandler(deps),
    'clean-up-credential': createCleanUpCredentialHandler(deps),
    'forget-secret': createForgetSecretHandler(deps),
  } satisfies Partial<Record<JobKind, JobHandler>>);
