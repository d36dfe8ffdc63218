/**
 * Compares every product and plan with the provider. What differs is looked at a second time, between two readings of
 * our own row: only if nobody was at work meanwhile, on either side, it is a difference.
 */
import { TABLES } from '../../lib/rows';
import type { Id } from 'backstage-plugin-api-products-common';
import type { Looked } from './findings';
import { chunksOf } from '../../lib/chunksOf';
import { askAgain, keepFindings, type DriftScan } from './DriftScan';
import {
  lookedAt,
  ourOfferings,
  type Noun,
  type OurOffering,
} from './ourOfferings';

const PAGE = 500;

export async function scanOfferings(scan: DriftScan): Promise<void> {
  const suspects = {
    product: await scanNoun(scan, 'product'),
    plan: await scanNoun(scan, 'plan'),
  };
  await keepFindings(scan, await scanOfferingsAgain(scan, suspects));
}

/** @returns ids of what differs */
async function scanNoun(scan: DriftScan, noun: Noun): Promise<Id[]> {
  const { knex, provider, offerings, apiNames } = scan;
  const suspects: Id[] = [];
  let after: Id = '';
  for (;;) {
    const ids: Id[] = await knex(TABLES[noun])
      .where({ provider_id: provider.id })
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .pluck('id');
    if (ids.length === 0) {
      return suspects;
    }
    after = ids[ids.length - 1];
    const page = await ourOfferings(knex, provider.id, noun, ids);
    const looked = page.map(ours =>
      lookedAt(ours, ours.compare(offerings.get(ours.row.policy_id), apiNames)),
    );
    await keepFindings(
      scan,
      looked.filter(({ findings }) => findings.length === 0),
    );
    suspects.push(
      ...page
        .filter((_, i) => looked[i].findings.length > 0)
        .map(({ row }) => row.id),
    );
  }
}

/** The provider is asked once for all of them. */
export async function scanOfferingsAgain(
  scan: DriftScan,
  suspects: Partial<Record<Noun, Id[]>>,
): Promise<Looked[]> {
  const { knex, provider, apiNames } = scan;
  const read = async () => {
    const found: OurOffering[] = [];
    for (const noun of ['product', 'plan'] as const) {
      for (const ids of chunksOf(suspects[noun] ?? [], PAGE)) {
        found.push(...(await ourOfferings(knex, provider.id, noun, ids)));
      }
    }
    return found;
  };
  const before = await read();
  if (before.length === 0) {
    return [];
  }
  await askAgain(scan);
  const revisions = new Map(
    (await read()).map(({ row }) => [row.id, row.revision]),
  );
  return before
    .filter(({ row }) => revisions.get(row.id) === row.revision)
    .map(ours =>
      lookedAt(
        ours,
        ours.compare(scan.offerings.get(ours.row.policy_id), apiNames),
      ),
    );
}
