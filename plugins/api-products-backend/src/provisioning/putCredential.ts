/**
 * Makes the provider have the key of a credential. The provider's driver reads it back and compares it with product
 * and plan; only then does this handler make the credential active.
 */
import { contextOf, type CredentialContext } from '../subscriptions/context';
import { openSecret } from '../subscriptions/seal/sealedSecrets';
import { CannotOpenError } from '../subscriptions/seal/sealing';
import { activate, fail, reportWaiting } from '../subscriptions/transitions';
import type { CredentialRow } from '../lib/rows';
import { afterCommit } from '../lib/transactions';
import { ProviderRejectedError } from 'backstage-plugin-api-products-node';
import type { JobHandler } from '../jobs/JobHandler';
import { providerOf } from '../registry/providers';
import { credentialOf, type HandlerDeps, wantedOf } from './handlerContext';
import { offeringsOfKey } from './offerings';
import { enqueueOfferings, waitForOfferings } from './putOffering';

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

const offeringsFor = (
  { provider_id }: CredentialRow,
  context: CredentialContext,
) => ({
  provider: provider_id,
  products: context.products.map(({ id }) => id),
  plan: context.subscription.plan_id,
});

/** Handles `put-credential`. */
export function createPutCredentialHandler(deps: HandlerDeps): JobHandler {
  const { knex, providers } = deps;
  return {
    async run(job, { signal, conceal }) {
      const credential = await credentialOf(knex, job);
      if (credential?.status !== 'provisioning') {
        return { kind: 'done' };
      }
      const context = await contextOf(knex, credential.subscription_id);
      if (!context) {
        throw new Error(`Credential ${credential.id} has no subscription`);
      }
      const needed = await offeringsOfKey(
        knex,
        context,
        credential.provider_id,
      );
      if (needed.kind === 'not-ready') {
        const wait = waitForOfferings(
          deps,
          job,
          needed,
          offeringsFor(credential, context),
        );
        return {
          kind: 'wait',
          ...wait,
          write: async tx => {
            await reportWaiting(tx, deps, credential, needed.reason);
            await wait.write(tx);
          },
        };
      }
      const chosenKey = await chosenKeyOf(deps, credential);
      conceal(chosenKey);
      const provider = providerOf(providers, credential.provider_id);
      const provisioned = await provider.putCredential(
        {
          chosenKey,
          kind: credential.kind,
          ...needed.offerings,
          ...wantedOf(context, credential),
        },
        { signal },
      );
      conceal(provisioned.secret);
      return {
        kind: 'done',
        write: async tx => {
          const active = await activate(tx, deps, credential, {
            provisioned,
            chosenKey,
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
    },

    async onRetry(tx, job, { message }) {
      const credential = await credentialOf(tx, job);
      if (credential?.status !== 'provisioning') {
        return;
      }
      await reportWaiting(tx, deps, credential, message);
      const context = await contextOf(tx, credential.subscription_id);
      if (context) {
        // What it failed on may be a policy that the provider has lost.
        await enqueueOfferings(tx, deps, offeringsFor(credential, context));
      }
    },

    async onFailure(tx, job, { message }) {
      const credential = await credentialOf(tx, job);
      if (credential) {
        await fail(tx, deps, credential, message);
      }
    },
  };
}
