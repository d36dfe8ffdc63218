/**
 * Compares every product and plan with the provider. What differs is looked at a second time, between two readings of
 * our own row: only if nobody was at work meanwhile, on either side, it is a difference.
 */
import { TABLES } from '../../lib/rows';
import type { Looked } from './findings';
import { askAgain, keepFindings, type DriftScan } from './DriftScan';
import { lookedAt, ourOfferings, type Noun } from './ourOfferings';

const PAGE = 100;

export async function scanOfferings(scan: DriftScan): Promise<void> {
  for (const noun of ['product', 'plan'] as const) {
    await scanNoun(scan, noun);
  }
}

async function scanNoun(scan: DriftScan, noun: Noun): Promise<void> {
  const { knex, provider, apiNames } = scan;
  let after: string | undefined;
  for (;;) {
    const ids: { id: string }[] = await knex(TABLES[noun])
      .where({ provider_id: provider.id })
      .where('id', '>', after ?? '')
      .orderBy('id')
      .limit(PAGE)
      .select('id');
    if (ids.length === 0) {
      return;
    }
    after = ids[ids.length - 1].id;
    const page = await ourOfferings(
      knex,
      provider.id,
      noun,
      ids.map(({ id }) => id),
    );
    const looked = page.map(ours =>
      lookedAt(
        ours,
        ours.compare(scan.offerings.get(ours.row.policy_id), apiNames),
      ),
    );
    const equal = looked.filter(({ findings }) => findings.length === 0);
    const suspects = page.filter((_, i) => looked[i].findings.length > 0);
    await keepFindings(scan, [
      ...equal,
      ...(await scanOfferingsAgain(
        scan,
        noun,
        suspects.map(({ row }) => row.id),
      )),
    ]);
  }
}

export async function scanOfferingsAgain(
  scan: DriftScan,
  noun: Noun,
  ids: string[],
): Promise<Looked[]> {
  if (ids.length === 0) {
    return [];
  }
  const { knex, provider, apiNames } = scan;
  const before = await ourOfferings(knex, provider.id, noun, ids);
  await askAgain(scan);
  const after = await ourOfferings(knex, provider.id, noun, ids);
  const revisions = new Map(after.map(({ row }) => [row.id, row.revision]));
  return before
    .filter(({ row }) => revisions.get(row.id) === row.revision)
    .map(ours =>
      lookedAt(
        ours,
        ours.compare(scan.offerings.get(ours.row.policy_id), apiNames),
      ),
    );
}
