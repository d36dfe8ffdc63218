/**
 * Takes a key away from the provider and believes it only when it is true: the key is read back at once, and again
 * after the gateway has forgotten what it had cached. A gateway that brings a removed key back is reported, and asked
 * again, for as long as it takes: a revocation is never given up.
 */
import {
  ProviderUnavailableError,
  type ApiProvider,
  type CredentialName,
} from 'backstage-plugin-api-products-node';
import { z } from 'zod';
import { reportRevival } from './revival';
import { openSecret } from '../subscriptions/seal/sealedSecrets';
import { CannotOpenError } from '../subscriptions/seal/sealing';
import { confirmRevoked, reportWaiting } from '../subscriptions/transitions';
import type { CredentialRow } from '../lib/rows';
import { backoffMs } from '../jobs/backoff';
import type { JobCall, JobHandler } from '../jobs/JobHandler';
import { enqueue, type JobKind } from '../jobs/JobQueue';
import { laneOf } from '../jobs/lanes';
import { providerOf } from '../registry/providers';
import { enqueueCleanUp } from './cleanUpCredential';
import { credentialOf, type HandlerDeps } from './handlerContext';

/** What the removal has told the confirmation. */
const payloadSchema = z.object({
  warning: z.string().optional(),
  cleanUp: z.boolean().optional(),
});

/** Under which name the provider may have the key; undefined if it cannot have any. */
async function nameOf(
  deps: HandlerDeps,
  credential: CredentialRow,
  { conceal }: JobCall,
): Promise<CredentialName | undefined> {
  const credentialId = credential.id;
  if (credential.provider_reference !== null) {
    return { credentialId, reference: credential.provider_reference };
  }
  const chosenKey = await openSecret(deps.knex, deps.sealer, {
    credentialId: credential.id,
    purpose: 'chosen',
  }).catch(error => {
    if (error instanceof CannotOpenError) {
      // People have to put the key of the ring back; the words say which.
      throw new ProviderUnavailableError(error.message);
    }
    throw error;
  });
  if (chosenKey === undefined) {
    return undefined;
  }
  conceal(chosenKey);
  return { credentialId, chosenKey, kind: credential.kind };
}

const isThere = async (
  provider: ApiProvider,
  reference: string,
  signal: AbortSignal,
): Promise<boolean> =>
  (await provider.readCredential(reference, { signal })) !== undefined;

const next = (
  kind: JobKind,
  subject: string,
  { provider_id }: CredentialRow,
) => ({
  kind,
  subject,
  lane: laneOf(provider_id),
  orderKey: subject,
});

/** Says why it is not revoked yet; it stays `revoking`. */
const onRetry =
  (deps: HandlerDeps): JobHandler['onRetry'] =>
  async (tx, job, { message }) => {
    const credential = await credentialOf(tx, job);
    if (credential?.status === 'revoking') {
      await reportWaiting(tx, deps, credential, message);
    }
  };

/** Handles `remove-credential`. */
export function createRemoveCredentialHandler(deps: HandlerDeps): JobHandler {
  return {
    giveUp: 'never',
    async run(job, call) {
      const credential = await credentialOf(deps.knex, job);
      if (credential?.status !== 'revoking') {
        return { kind: 'done' };
      }
      const name = await nameOf(deps, credential, call);
      if (!name) {
        return {
          kind: 'done',
          write: tx => confirmRevoked(tx, deps, credential),
        };
      }
      const { signal } = call;
      const provider = providerOf(deps.providers, credential.provider_id);
      const { confirmAfterMs, warning, cleanUp } =
        await provider.removeCredential(name, { signal });
      if (
        'reference' in name &&
        (await isThere(provider, name.reference, signal))
      ) {
        throw new ProviderUnavailableError(
          `The key is still there right after it was removed${
            warning ? `: ${warning}` : ''
          }`,
        );
      }
      return {
        kind: 'done',
        write: async tx => {
          await enqueue(tx, deps.clock, {
            ...next('confirm-removal', job.subject, credential),
            payload: payloadSchema.parse({ warning, cleanUp }),
            runAt: deps.clock.now() + confirmAfterMs,
          });
          await tx('credentials')
            .where({ id: credential.id, status: 'revoking' })
            .update({ revocation_warning: warning ?? null });
        },
      };
    },
    onRetry: onRetry(deps),
  };
}

/** Handles `confirm-removal`. */
export function createConfirmRemovalHandler(deps: HandlerDeps): JobHandler {
  return {
    giveUp: 'never',
    async run(job, call) {
      const credential = await credentialOf(deps.knex, job);
      if (credential?.status !== 'revoking') {
        return { kind: 'done' };
      }
      const { signal } = call;
      const provider = providerOf(deps.providers, credential.provider_id);
      const name = await nameOf(deps, credential, call);
      const revived =
        name !== undefined &&
        'reference' in name &&
        (await isThere(provider, name.reference, signal));
      const { warning, ...told } = payloadSchema.parse(JSON.parse(job.payload));
      let { cleanUp } = told;
      let cleanUpAt: number | undefined;
      if (name && 'chosenKey' in name) {
        // Nothing to read it by. Removing it once more catches what a worker that had lost its lease made meanwhile.
        const again = await provider.removeCredential(name, { signal });
        cleanUp ||= again.cleanUp;
        cleanUpAt = deps.clock.now() + again.confirmAfterMs;
      }
      if (!revived) {
        return {
          kind: 'done',
          write: async tx => {
            await confirmRevoked(tx, deps, credential);
            if (cleanUp) {
              await enqueueCleanUp(tx, deps.clock, {
                credentialId: credential.id,
                providerId: credential.provider_id,
                runAt: cleanUpAt,
              });
            }
          },
        };
      }
      return {
        kind: 'done',
        write: async tx => {
          await reportRevival(tx, deps, credential, warning);
          await enqueue(tx, deps.clock, {
            ...next('remove-credential', job.subject, credential),
            runAt:
              deps.clock.now() +
              backoffMs(credential.revivals + 1, Math.random()),
          });
        },
      };
    },
    onRetry: onRetry(deps),
  };
}
