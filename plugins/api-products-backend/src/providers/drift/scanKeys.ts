/**
 * Compares every live key with the gateway, page by page, so that memory stays flat however many there are. What
 * differs is looked at a second time, as with policies.
 */
import type { Id } from 'backstage-plugin-api-products-common';
import { compareKey } from './compareKey';
import { concurrently } from './concurrently';
import { checkpointOf, setCheckpoint } from './checkpoint';
import { chunksOf } from '../../lib/chunksOf';
import type { Looked } from './findings';
import { askAgain, keepFindings, type DriftScan } from './DriftScan';
import { nextKeys, ourKeys, type OurKey } from './ourKeys';

const PAGE = 500;

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

/** @param job - that looks; another attempt of it goes on where this one has come to */
export async function scanKeys(scan: DriftScan, job: Id): Promise<void> {
  const { knex, clock, provider } = scan;
  const suspects: Id[] = [];
  let after = await checkpointOf(scan, job);
  for (;;) {
    const ids = await nextKeys(knex, provider.id, after, PAGE);
    if (ids.length === 0) {
      break;
    }
    after = ids[ids.length - 1];
    const page = await ourKeys(knex, clock, provider.id, ids);
    const looked = await read(scan, page);
    await keepFindings(
      scan,
      looked.filter(({ findings }) => findings.length === 0),
    );
    suspects.push(
      ...page
        .filter((_, i) => looked[i].findings.length > 0)
        .map(({ id }) => id),
    );
    if (suspects.length === 0) {
      await setCheckpoint(scan, job, after);
    }
  }
  for await (const looked of lookAgain(scan, suspects, {})) {
    await keepFindings(scan, looked);
  }
}

/** Between two readings of our own rows, with what the provider has of policies asked for anew, once for all. */
async function* lookAgain(
  scan: DriftScan,
  ids: Id[],
  options: { inRepair?: boolean },
): AsyncGenerator<Looked[]> {
  const { knex, clock, provider } = scan;
  const stampsOf = async (some: Id[]) => {
    const keys = await ourKeys(knex, clock, provider.id, some, options);
    return { keys, stamps: new Map(keys.map(({ id, stamp }) => [id, stamp])) };
  };
  const before = new Map<Id, string>();
  for (const some of chunksOf(ids, PAGE)) {
    (await stampsOf(some)).stamps.forEach((stamp, id) => before.set(id, stamp));
  }
  if (before.size === 0) {
    return;
  }
  await askAgain(scan);
  for (const some of chunksOf(ids, PAGE)) {
    const { keys } = await stampsOf(some);
    const looked = await read(scan, keys);
    const { stamps: after } = await stampsOf(some);
    yield looked.filter((_, i) => {
      const { id, stamp } = keys[i];
      return before.get(id) === stamp && after.get(id) === stamp;
    });
  }
}

/** @param options.inRepair - also keys with a repair under way, for the repair itself */
export async function scanKeysAgain(
  scan: DriftScan,
  ids: Id[],
  options: { inRepair?: boolean } = {},
): Promise<Looked[]> {
  const found: Looked[] = [];
  for await (const looked of lookAgain(scan, ids, options)) {
    found.push(...looked);
  }
  return found;
}
