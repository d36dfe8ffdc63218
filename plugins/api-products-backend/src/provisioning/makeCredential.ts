/**
 * Makes the provider have the key of a credential. The provider's driver reads it back and compares it with product
 * and plan; only then is the credential active.
 */
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import { openSecret } from '../subscriptions/seal/sealedSecrets';
import { CannotOpenError } from '../subscriptions/seal/sealing';
import { toldOf } from '../subscriptions/told';
import { activate } from '../subscriptions/transitions';
import type { CredentialRow } from '../lib/rows';
import { afterCommit } from '../lib/transactions';
import type { Outcome } from '../jobs/JobHandler';
import { providerOf } from '../registry/providers';
import {
  contextInForce,
  waitUntilReady,
  type CredentialRun,
} from './credentialJob';
import { type HandlerDeps, wantedOf } from './handlerContext';
import { offeringsOfKey } from './offerings';

async function chosenKeyOf(
  deps: HandlerDeps,
  credential: CredentialRow,
): Promise<string> {
  try {
    const key = await openSecret(deps.knex, deps.sealer, {
      credentialId: credential.id,
      purpose: 'chosen',
    });
    if (key !== undefined) {
      return key;
    }
  } catch (error) {
    if (error instanceof CannotOpenError) {
      throw new ProviderRejectedError(error.message);
    }
    throw error;
  }
  throw new ProviderRejectedError('The key that was chosen is gone');
}

export async function makeCredential(run: CredentialRun): Promise<Outcome> {
  const { deps, call, credential } = run;
  const { knex, providers } = deps;
  const context = await contextInForce(deps, credential);
  const needed = await offeringsOfKey(knex, context, credential.provider_id);
  if (needed.kind === 'not-ready') {
    return waitUntilReady(run, context, needed);
  }
  const chosenKey = await chosenKeyOf(deps, credential);
  call.conceal(chosenKey);
  const provider = providerOf(providers, credential.provider_id);
  const wanted = { ...needed.offerings, ...wantedOf(context, credential) };
  const provisioned = await provider.putCredential(
    { chosenKey, kind: credential.kind, ...wanted },
    { signal: call.signal },
  );
  call.conceal(provisioned.secret);
  return {
    kind: 'done',
    write: async tx => {
      const active = await activate(tx, deps, credential, {
        provisioned,
        chosenKey,
        told: toldOf(context.subscription.plan_id, {
          ...wanted,
          expiresAt: provisioned.expiresAt,
        }),
        planSpec: needed.planSpec,
        context,
      });
      if (active) {
        const asked = Date.parse(credential.created_at);
        const seconds = (deps.clock.now() - asked) / 1000;
        afterCommit(tx, () =>
          deps.onProvisioned?.({ provider: provider.id, seconds }),
        );
      }
    },
  };
}
