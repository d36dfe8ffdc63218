/** Brings a product or a plan to the provider as it is here: through its own job, so that there is one writer. */
import { TABLES, type PlanRow, type ProductRow } from '../../../lib/rows';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import { subjectId, type Outcome } from '../../../jobs/JobHandler';
import { enqueueCheck } from '../checkDrift';
import { writeFindings } from '../items';
import { beginScan } from '../DriftScan';
import { scanOfferingsAgain } from '../scanOfferings';
import { type Noun } from '../ourOfferings';
import { overtaken, repaired, waitWith, type Repair } from './Repair';

/** It is woken when that is done. */
const LOOK_AGAIN_MS = 60_000;

export const nounOf = (subject: string): Noun =>
  subject.startsWith('product:') ? 'product' : 'plan';

export async function pushOffering(repair: Repair): Promise<Outcome> {
  const { deps, item, provider, signal } = repair;
  const { knex, clock } = deps;
  const [noun, id] = [nounOf(item.subject), subjectId(item)];
  const row: ProductRow | PlanRow | undefined = await knex(TABLES[noun])
    .where({ id })
    .first();
  if (row?.provider_id !== item.provider_id || row.deleted_at !== null) {
    return overtaken(repair);
  }
  if (row.provider_status === 'failed') {
    throw new ProviderRejectedError(
      row.provider_message ?? 'The provider has refused it',
    );
  }
  const again = waitWith(repair, repair.progress, {
    ms: LOOK_AGAIN_MS,
    reason: row.provider_message ?? 'It is being brought to the provider',
    until: item.subject,
  });
  if (row.provider_status !== 'ready') {
    return again;
  }
  const scan = await beginScan(deps, provider, signal);
  const [looked] = await scanOfferingsAgain(scan, { [noun]: [id] });
  if (!looked) {
    // Changed meanwhile, and on its way again.
    return again;
  }
  const still = looked.findings.find(({ kind }) => kind === item.kind);
  if (still) {
    throw new ProviderUnavailableError(
      `It was brought to the provider and is still different there: ${still.message}`,
    );
  }
  return repaired(
    repair,
    `the provider has it as it is here; before: ${item.message}`,
    async tx => {
      // What else was different was pushed as well.
      await writeFindings(tx, clock, item.provider_id, [looked]);
      if (item.kind === 'missing') {
        // Its keys may name a policy that has another id now.
        await enqueueCheck(tx, clock, item.provider_id);
      }
    },
  );
}
