/**
 * Keys are taken away while their consumers call ten times a second, at gateways that keep keys in every way there is,
 * with verification only and with markers. What the gateways did and what the portal said is written to
 * `.data/revocation.md`, and has to be what was measured before.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fleets } from './suite/gateways';
import type { GatewayUnderTest } from './suite/gateways';
import { startRevocationBench } from './suite/revocationBench';
import type { RevocationBench, Row } from './suite/revocationBench';
import { tableOf } from './suite/revocationTable';
import type { Observed } from './suite/revocationTable';
import { startTraffic } from './suite/traffic';

const REPORT = join(__dirname, '..', '..', '.data', 'revocation.md');

/** Longer than the session cache lives. */
const WATCH_SECONDS = 13;
/** A key that was removed is read again after 11 s: by then the portal has something to say. */
const SAID_WITHIN_SECONDS = 60;
/** Shorter than the session cache lives, longer than a gateway takes to load policies. */
const AT_ONCE_SECONDS = 9;

jest.setTimeout(400_000);

const tables: string[] = [];

function publish(name: string, observed: readonly Observed[]) {
  tables.push(`## ${name}\n`, tableOf(observed));
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, tables.join('\n'));
}

const hasBeenSaid = ({ said }: Observed): boolean =>
  said === undefined ||
  said.credential.status === 'revoked' ||
  said.credential.lastError !== undefined;

function expectedOf({ gateway, presented, mode }: Row) {
  const refused = gateway.refused[presented];
  if (refused === 'no key') {
    return { gateway: 'no key', portal: 'set hash_keys to true' };
  }
  return refused === 'at once' || mode === 'marker'
    ? { gateway: 'at once', portal: 'revoked' }
    : { gateway: 'never', portal: 'revoking, and why' };
}

const whenRefused = (servedFor = 0): string =>
  servedFor < AT_ONCE_SECONDS ? 'at once' : 'late';

function outcomeOf({ row, servedFor, servedStill, said }: Observed) {
  if (!said) {
    return {
      gateway: 'no key',
      portal: /set hash_keys to true/.exec(row.failure ?? '')?.[0],
    };
  }
  const { status, lastError } = said.credential;
  return {
    gateway: servedStill ? 'never' : whenRefused(servedFor),
    portal: status === 'revoking' && lastError ? 'revoking, and why' : status,
  };
}

describe.each(fleets(process.env))('$name gateways', ({ name, start }) => {
  let gateways: GatewayUnderTest[] = [];
  let bench: RevocationBench | undefined;

  afterAll(async () => {
    await bench?.close();
    await Promise.all(gateways.map(({ target }) => target.close()));
  });

  async function observe({ rows, portal, revoke, said }: RevocationBench) {
    const traffic = startTraffic(
      { now: Date.now, wait: portal.wait },
      rows.flatMap(row =>
        row.key ? [{ name: row.name, call: row.key.call }] : [],
      ),
    );
    try {
      await traffic.goOn(1);
      const begun = new Map<Row, number>();
      for (const row of rows) {
        begun.set(row, traffic.now());
        await revoke(row);
      }
      await traffic.goOn(WATCH_SECONDS);

      const until = traffic.now() + SAID_WITHIN_SECONDS;
      const watched = (row: Row) => {
        const from = begun.get(row) ?? 0;
        const last = traffic.lastServed(row.name);
        return {
          servedFor:
            last === undefined || last < from ? undefined : last - from,
          servedStill: last !== undefined && last > traffic.now() - 1,
          watched: traffic.now() - from,
        };
      };
      const look = async (): Promise<Observed[]> => {
        const all = await said();
        return rows.map(row => ({
          row,
          ...watched(row),
          said: row.key && all.get(row.name),
        }));
      };
      let observed = await look();
      while (!observed.every(hasBeenSaid) && traffic.now() < until) {
        await traffic.goOn(2);
        observed = await look();
      }
      return observed;
    } finally {
      await traffic.stop();
    }
  }

  it('refuse keys as was measured, and the portal says so', async () => {
    gateways = await start();
    bench = await startRevocationBench(gateways);
    const keys = bench.rows.flatMap(({ key }) => key ?? []);
    for (const key of keys) {
      expect(await key.call()).toBe(200);
    }
    const observed = await observe(bench);
    publish(name, observed);
    for (const item of observed) {
      expect([item.row.name, outcomeOf(item)]).toEqual([
        item.row.name,
        expectedOf(item.row),
      ]);
    }
  });
});
