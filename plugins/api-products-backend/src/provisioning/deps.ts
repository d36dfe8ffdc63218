import type { Knex } from 'knex';
import type { CredentialDeps } from '../subscriptions/deps';
import type { CredentialRow } from '../lib/rows';
import { subjectId, type Job } from '../jobs/JobHandler';
import type { Providers } from '../registry/providers';

export interface HandlerDeps extends CredentialDeps {
  knex: Knex;
  providers: Providers;
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
