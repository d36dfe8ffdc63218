/** What the handlers of jobs work with. */
import type { Id } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { CredentialDeps } from '../subscriptions/deps';
import type { CredentialRow } from '../lib/rows';
import { subjectId, type Job } from '../jobs/JobHandler';
import type { Providers } from '../registry/providers';
import type { ProviderCredential } from 'backstage-plugin-api-products-node';
import type { CredentialContext } from '../subscriptions/context';

export interface HandlerDeps extends CredentialDeps {
  knex: Knex;
  providers: Providers;
  /** Told when a key has become active. */
  onProvisioned?: (made: Provisioned) => void;
}

/** A key that its gateway accepts now. */
export interface Provisioned {
  provider: Id;
  /** Since it was asked for. */
  seconds: number;
}

/** The credential the job is about, as it is now. */
export async function credentialOf(
  knex: Knex | Knex.Transaction,
  job: Pick<Job, 'subject'>,
): Promise<CredentialRow | undefined> {
  return knex('credentials')
    .where({ id: subjectId(job) })
    .first();
}

/** What a credential is to have at its provider, beside what it opens: the same when it is made and when it is repaired. */
export const wantedOf = (
  context: Pick<CredentialContext, 'application'>,
  credential: Pick<CredentialRow, 'id' | 'expires_at' | 'subscription_id'>,
): Pick<
  ProviderCredential,
  'credentialId' | 'expiresAt' | 'alias' | 'tags' | 'metadata'
> => ({
  credentialId: credential.id,
  // Epoch seconds.
  expiresAt:
    credential.expires_at === null
      ? undefined
      : Math.floor(Date.parse(credential.expires_at) / 1000),
  // For people who look at the gateway.
  alias: `${context.application.name} (${context.application.owner})`,
  tags: [`application-${context.application.id}`],
  metadata: {
    application: context.application.name,
    application_id: context.application.id,
    owner: context.application.owner,
    subscription_id: credential.subscription_id,
  },
});
