/**
 * What a page of a list costs at full size against what it costs in a portal of a hundredth of it, for people who see a
 * little, a lot and everything. Both are measured in turn, on the same server, after the same warming up.
 */
import { performance } from 'node:perf_hooks';
// What is measured is this room of the backend by itself; the backend exports nothing but its plugin.
import { migrate } from '../../plugins/api-products-backend/src/lib/Database';
import {
  FULL,
  partOf,
  seedAtSize,
} from '../../plugins/api-products-backend/src/testing/size';
import {
  sizeLists,
  type SizeLists,
} from '../../plugins/api-products-backend/src/testing/sizeLists';
import {
  benchDatabases,
  sayWhatIsMissing,
  type BenchDatabase,
} from './databases';

const PART = 1 / 100;
const WARMING_UP = 5;
const MEASURED = 40;

type Call = (lists: SizeLists) => Promise<unknown>;

const CALLS: Record<string, Call> = {
  'products · requester of few': l => l.products('few'),
  'products · by title': l => l.products('few', { orderBy: 'title' }),
  'products · latest first': l => l.products('few', { orderBy: 'updatedAt' }),
  'products · search': l => l.products('few', { q: 'service' }),
  'products · search of few': l => l.products('few', { q: 'part 77' }),
  'products · owner of many': l => l.products('ownerOfMany'),
  'products · platform owner': l => l.products('platformOwner'),
  'requests · requester of few': l => l.requests('few'),
  'requests · of a large group': l => l.requests('consumer'),
  'requests · owner of few': l => l.requests('owner', { as: 'approver' }),
  'requests · owner of many': l =>
    l.requests('ownerOfMany', { as: 'approver' }),
  'requests · approver of many': l =>
    l.requests('approver', { as: 'approver' }),
  'requests · queue of many': l =>
    l.requests('ownerOfMany', { as: 'approver', status: ['pending'] }),
  'requests · platform owner': l =>
    l.requests('platformOwner', { as: 'approver' }),
  'requests · queue of all': l =>
    l.requests('platformOwner', { as: 'approver', status: ['pending'] }),
  'subscriptions · requester of few': l => l.subscriptions('few'),
  'subscriptions · of a large group': l => l.subscriptions('consumer'),
  'subscriptions · owner of few': l =>
    l.subscriptions('owner', { as: 'owner' }),
  'subscriptions · owner of many': l =>
    l.subscriptions('ownerOfMany', { as: 'owner' }),
  'subscriptions · platform owner': l =>
    l.subscriptions('platformOwner', { as: 'owner' }),
  'subscriptions · failed ones': l =>
    l.subscriptions('platformOwner', { as: 'owner', status: ['failed'] }),
  'history · requester of few': l => l.history('few'),
  'history · of a large group': l => l.history('consumer'),
  'history · owner of few': l => l.history('owner'),
  'history · owner of many': l => l.history('ownerOfMany'),
  'history · platform owner': l => l.history('platformOwner'),
  'history · first days': l =>
    l.history('platformOwner', { to: '2024-01-03T00:00:00Z' }),
};

function p95(times: number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1];
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

async function seeded({ knex }: BenchDatabase, part: number) {
  await migrate(knex);
  await seedAtSize(knex, partOf(FULL, part));
  return sizeLists(knex);
}

async function measure(small: SizeLists, full: SizeLists): Promise<void> {
  for (const [what, call] of Object.entries(CALLS)) {
    const times = { small: [] as number[], full: [] as number[] };
    for (let i = -WARMING_UP; i < MEASURED; i++) {
      const atSmall = await timed(() => call(small));
      const atFull = await timed(() => call(full));
      if (i >= 0) {
        times.small.push(atSmall);
        times.full.push(atFull);
      }
    }
    const [a, b] = [p95(times.small), p95(times.full)];
    process.stdout.write(
      `  ${what.padEnd(34)} ${(b / a).toFixed(2).padStart(7)}   ${a.toFixed(
        1,
      )} → ${b.toFixed(1)} ms\n`,
    );
  }
}

async function main() {
  const smalls = await benchDatabases();
  const fulls = await benchDatabases();
  try {
    for (const [i, small] of smalls.entries()) {
      const seeding = performance.now();
      const atSmall = await seeded(small, PART);
      const atFull = await seeded(fulls[i], 1);
      const seconds = (performance.now() - seeding) / 1000;
      process.stdout.write(
        `\nOne page on ${small.name}, p95 of ${MEASURED} at ${
          FULL.products
        } products, ${FULL.requests} requests and ${
          FULL.history
        } lines of history ÷ at a hundredth (at most 1.3 is asked for; made in ${seconds.toFixed(
          0,
        )} s)\n\n`,
      );
      await measure(atSmall, atFull);
    }
    sayWhatIsMissing();
  } finally {
    // All of them: one that is left open would keep this process.
    await Promise.all([...smalls, ...fulls].map(database => database.remove()));
  }
}

main().catch(error => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
