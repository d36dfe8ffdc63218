import type { JobHandler } from '../JobHandler';
import type { JobKind } from '../JobQueue';
import type { HandlerDeps } from './deps';
import { createForgetSecretHandler } from './forgetSecret';
import { createPutCredentialHandler } from './putCredential';
import { createPutPlanHandler, createPutProductHandler } from './putOffering';
import {
  createConfirmRemovalHandler,
  createRemoveCredentialHandler,
} from './removeCredential';

export type { HandlerDeps } from './deps';

/**
 * A handler for every kind of job.
 *
 * @param notify - handles the payload of a `notify` job; throws if it has to be repeated
 * @internal
 */
export function createHandlers(
  deps: HandlerDeps & { notify: (payload: unknown) => Promise<void> },
): Record<JobKind, JobHandler> {
  return {
    'put-product': createPutProductHandler(deps),
    'put-plan': createPutPlanHandler(deps),
    'put-credential': createPutCredentialHandler(deps),
    'remove-credential': createRemoveCredentialHandler(deps),
    'confirm-removal': createConfirmRemovalHandler(deps),
    'forget-secret': createForgetSecretHandler(deps),
    notify: {
      async run({ payload }) {
        await deps.notify(JSON.parse(payload));
        return { kind: 'done' };
      },
    },
  };
}
