/**
 * Compares every live key with the gateway, page by page, so that memory stays flat however many there are. What
 * differs is looked at a second time, as with policies.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import { compareKey } from './compareKey';
import { concurrently } from './concurrently';
import type { Looked } from './findings';
import { askAgain, keepFindings, type DriftScan } from './DriftScan';
import { nextKeys, ourKeys, type OurKey } from './ourKeys';

const PAGE = 100;

/** Few, because consumers use the same gateway. */
const READS_AT_ONCE = 4;

const read = (scan: DriftScan, keys: readonly OurKey[]): Promise<Looked[]> =>
  concurrently(keys, READS_AT_ONCE, async key => {
    scan.signal.throwIfAborted();
    const theirs = await scan.provider.readCredential(key.reference, {
      signal: scan.signal,
    });
    return { ...key.looked, findings: compareKey(key.expected, theirs, scan) };
  });

export async function scanKeys(scan: DriftScan): Promise<void> {
  const { knex, clock, provider } = scan;
  let after: Id | undefined;
  for (;;) {
    const ids = await nextKeys(knex, provider.id, after, PAGE);
    if (ids.length === 0) {
      return;
    }
    after = ids[ids.length - 1];
    const page = await ourKeys(knex, clock, provider.id, ids);
    const looked = await read(scan, page);
    const equal = looked.filter(({ findings }) => findings.length === 0);
    const suspects = page
      .filter((_, i) => looked[i].findings.length > 0)
      .map(({ id }) => id);
    await keepFindings(scan, [
      ...equal,
      ...(await scanKeysAgain(scan, suspects)),
    ]);
  }
}

/**
 * Between two readings of our own rows, with what the provider has of policies asked for anew.
 *
 * @param options.inRepair - also keys with a repair under way, for the repair itself
 */
export async function scanKeysAgain(
  scan: DriftScan,
  ids: Id[],
  options: { inRepair?: boolean } = {},
): Promise<Looked[]> {
  if (ids.length === 0) {
    return [];
  }
  const { knex, clock, provider } = scan;
  const before = await ourKeys(knex, clock, provider.id, ids, options);
  await askAgain(scan);
  const looked = await read(scan, before);
  const after = await ourKeys(knex, clock, provider.id, ids, options);
  const stamps = new Map(after.map(({ id, stamp }) => [id, stamp]));
  return looked.filter((_, i) => stamps.get(before[i].id) === before[i].stamp);
}
