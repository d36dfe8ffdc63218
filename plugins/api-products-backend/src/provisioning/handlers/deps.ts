import type { Knex } from 'knex';
import type { CredentialDeps } from '../../credentials/deps';
import type { CredentialRow } from '../../database/rows';
import { subjectId, type Job } from '../JobHandler';
import type { Providers } from '../providers';

/** @internal */
export interface HandlerDeps extends CredentialDeps {
  knex: Knex;
  providers: Providers;
}

/** The credential the job is about, as it is now. @internal */
export async function credentialOf(
  knex: Knex | Knex.Transaction,
  job: Pick<Job, 'subject'>,
): Promise<CredentialRow | undefined> {
  return knex('credentials')
    .where({ id: subjectId(job) })
    .first();
}
