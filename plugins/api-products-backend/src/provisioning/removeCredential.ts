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
import { openSecret } from '../subscriptions/seal/sealedSecrets';
import { CannotOpenError } from '../subscriptions/seal/sealing';
import { TOLD_TO_GO } from '../subscriptions/told';
import { toIso } from '../lib/clock';
import { isTrue } from '../lib/rows';
import { backoffMs } from '../jobs/backoff';
import type { Outcome, Write } from '../jobs/JobHandler';
import { providerOf } from '../registry/providers';
import { enqueueCleanUp } from './cleanUpCredential';
import { remember, type CredentialRun } from './credentialJob';
import { reportRevival } from './revival';

const REMOVED = 'It was removed; whether it stays away is seen soon';

/** Under which name the provider may have the key; undefined if it cannot have any. */
async function nameOf({
  deps,
  call,
  credential,
}: CredentialRun): Promise<CredentialName | undefined> {
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
  call.conceal(chosenKey);
  return { credentialId, chosenKey, kind: credential.kind };
}

const isThere = async (
  provider: ApiProvider,
  reference: string,
  signal: AbortSignal,
): Promise<boolean> =>
  (await provider.readCredential(reference, { signal })) !== undefined;

/** @param end - what the key is when the gateway is known to refuse it, in the same transaction */
export async function removeCredential(
  run: CredentialRun,
  end: Write,
): Promise<Outcome> {
  const { deps, credential } = run;
  const name = await nameOf(run);
  if (!name) {
    return { kind: 'done', write: end };
  }
  if (credential.told !== TOLD_TO_GO || credential.confirm_at === null) {
    return remove(run, name);
  }
  const left = Date.parse(credential.confirm_at) - deps.clock.now();
  return left > 0
    ? { kind: 'wait', ms: left, reason: run.job.last_error ?? REMOVED }
    : confirm(run, name, end);
}

async function remove(
  { deps, call, credential }: CredentialRun,
  name: CredentialName,
): Promise<Outcome> {
  const { signal } = call;
  const provider = providerOf(deps.providers, credential.provider_id);
  const { confirmAfterMs, warning, cleanUp } = await provider.removeCredential(
    name,
    { signal },
  );
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
    kind: 'wait',
    ms: confirmAfterMs,
    reason: warning ?? REMOVED,
    write: tx =>
      remember(tx, credential, {
        told: TOLD_TO_GO,
        confirm_at: toIso(deps.clock.now() + confirmAfterMs),
        clean_up: cleanUp ?? false,
        revocation_warning: warning ?? null,
      }),
  };
}

async function confirm(
  run: CredentialRun,
  name: CredentialName,
  end: Write,
): Promise<Outcome> {
  const { deps, call, credential } = run;
  const { signal } = call;
  const provider = providerOf(deps.providers, credential.provider_id);
  if (
    'reference' in name &&
    (await isThere(provider, name.reference, signal))
  ) {
    return {
      kind: 'wait',
      ms: backoffMs(credential.revivals + 1, Math.random()),
      reason: 'It was back after it was removed',
      write: async tx => {
        await reportRevival(
          tx,
          deps,
          credential,
          credential.revocation_warning ?? undefined,
        );
        await remember(tx, credential, { told: null, confirm_at: null });
      },
    };
  }
  let cleanUp = isTrue(credential.clean_up);
  let cleanUpAt: number | undefined;
  if ('chosenKey' in name) {
    // Nothing to read it by. Removing it once more catches what a worker that had lost its lease made meanwhile.
    const again = await provider.removeCredential(name, { signal });
    cleanUp ||= again.cleanUp ?? false;
    cleanUpAt = deps.clock.now() + again.confirmAfterMs;
  }
  return {
    kind: 'done',
    write: async tx => {
      await end(tx);
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
