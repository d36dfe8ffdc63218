/**
 * Whatever people do here and at the provider in whatever order, and whatever fails meanwhile: when everything works
 * again, a synchronisation and the jobs bring both sides together. Nothing that somebody has written here is lost,
 * nothing that a key hangs on is taken away, and one more synchronisation finds nothing to write.
 */
import fc from 'fast-check';
import type { Knex } from 'knex';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import { isLongRun } from '../../testing/longRun';
import {
  beginnings,
  contentOf,
  specOf,
  steps,
  world,
  type Row,
  type World,
} from '../../testing/twoSides';
import { limitsOf } from './content';
import { nameAtProvider } from './known';
import { isEdited } from './plan';

jest.setTimeout(600_000);

const RUNS = isLongRun
  ? { sqlite: 200, postgres: 50 }
  : { sqlite: 25, postgres: 5 };

const stepArbitrary = fc.record({
  what: fc.constantFrom(...steps),
  pick: fc.nat(1000),
});

/** The first new name is there without our having heard so when the second one is given. */
const renamedBackWhileAnAnswerWasLost = [
  { what: 'puts fail after acting', pick: 0 },
  { what: 'here: rename', pick: 273 },
  { what: 'work', pick: 0 },
  { what: 'here: rename', pick: 73 },
  { what: 'there: make a product', pick: 0 },
] as const;

/** The policy is there, under another name, without our having heard that it was made. */
const renamedBeforeItWasKnown = [
  { what: 'puts fail after acting', pick: 0 },
  { what: 'here: make a plan', pick: 0 },
  { what: 'work', pick: 0 },
  { what: 'there: rename', pick: 643 },
  { what: 'synchronise', pick: 0 },
  { what: 'here: enrich', pick: 213 },
  { what: 'there: make a product', pick: 0 },
] as const;

/** An import whose policy turned out to be that of another record. */
const gaveWay = (row: Row): boolean =>
  row.origin === 'provider' && row.deleted_at !== null && !row.policy_id;

/** What both sides must agree on in the end. */
function expectAgreement(
  { provider, written, edited, named }: World,
  rows: Row[],
) {
  const live = rows.filter(({ deleted_at: at }) => at === null);
  for (const row of live) {
    const policy =
      row.policy_id === null ? undefined : provider.policies.get(row.policy_id);
    const offering =
      policy && !policy.other && policy.offering.kind === row.noun
        ? policy.offering
        : undefined;
    const where = `${row.ref} (${row.origin}, ${row.policy_id})`;
    if (row.origin === 'provider') {
      expect([where, row.hidden_at !== null]).toEqual([
        where,
        !offering?.selected,
      ]);
    } else {
      expect([where, row.hidden_at, row.provider_status]).toEqual([
        where,
        null,
        'ready',
      ]);
    }
    if (!offering || row.hidden_at !== null) {
      continue;
    }
    const spec = specOf(row);
    expect([where, nameAtProvider(spec)]).toEqual([where, offering.name]);
    if (policy?.foreign && (row.origin !== 'provider' || isEdited(row))) {
      // That is a difference for people to decide about.
      continue;
    }
    if ('apis' in spec && offering.kind === 'product') {
      expect([where, spec.apis.map(api => api.providerApiId)]).toEqual([
        where,
        offering.apis.map(({ id }) => id),
      ]);
    } else if (!('apis' in spec) && offering.kind === 'plan') {
      expect([where, spec.rateLimit, spec.quota]).toEqual([
        where,
        limitsOf(offering, spec).rateLimit,
        limitsOf(offering, spec).quota,
      ]);
    }
  }
  const byId = new Map(rows.map(row => [row.id, row]));
  // Nobody has made anything of it.
  const touched = [written, edited, named].flatMap(of => [...of.keys()]);
  const lost = rows.filter(row => gaveWay(row) && touched.includes(row.id));
  expect(lost.map(({ ref }) => ref)).toEqual([]);
  const specs = (of: Map<string, string>) =>
    [...of].flatMap(([id, text]) => {
      const row = byId.get(id);
      return row ? [{ row, spec: specOf(row), text }] : [];
    });
  for (const { row, text } of specs(written)) {
    expect([row.ref, row.description]).toEqual([row.ref, text]);
  }
  for (const { row, spec, text } of specs(edited)) {
    expect([row.ref, contentOf(spec)]).toEqual([row.ref, text]);
  }
  for (const { row, spec, text } of specs(named)) {
    expect([row.ref, nameAtProvider(spec)]).toEqual([row.ref, text]);
  }
  for (const { offering, other } of provider.policies.values()) {
    if (offering.selected && !other) {
      const { policyId, kind } = offering;
      const owners = rows.filter(
        row =>
          row.policy_id === policyId &&
          (row.noun === kind ||
            row.deleted_at !== null ||
            row.origin !== 'provider'),
      );
      expect([policyId, owners.length > 0]).toEqual([policyId, true]);
      expect(
        owners.filter(row => row.noun === kind && row.deleted_at === null)
          .length,
      ).toBeLessThanOrEqual(1);
    }
  }
}

describe.each(testDatabases().eachSupportedId())('on %p', id => {
  const databases = testDatabases();
  let knex: Knex;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
  });

  afterAll(() => knex.destroy());

  it('both sides come together, and nothing is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(stepArbitrary, {
          minLength: 1,
          maxLength: 40,
          size: 'max',
        }),
        async sequence => {
          const all = await world(knex);
          const { act, rows, provider, worker, synchronisation } = all;
          const links = new Map<string, string | null>();
          try {
            for (const what of beginnings) {
              await act[what](0);
            }
            for (const { what, pick } of sequence) {
              await act[what](pick);
              for (const row of await rows()) {
                // A policy that a record has is the one that its keys carry.
                const before = gaveWay(row) ? null : links.get(row.id);
                expect(row.policy_id).toBe(before ?? row.policy_id);
                links.set(row.id, row.policy_id);
              }
            }
            const afterwards = async () => {
              await act['everything works'](0);
              await act.synchronise(0);
              await act.work(0);
            };
            await afterwards();
            await afterwards();
            await act.synchronise(0);
            const found = await rows();
            const known = new Set(found.map(row => row.id));
            expect([...links.keys()].filter(one => !known.has(one))).toEqual(
              [],
            );
            expectAgreement(all, found);
            expect(provider.forbidden).toEqual([]);

            // It has notices to send, which are no part of what a run writes.
            await worker.stop();
            const statements: string[] = [];
            const listen = ({ sql }: { sql: string }) => {
              if (
                /^(insert|update|delete)/.test(sql) &&
                !sql.includes('sync_runs')
              ) {
                statements.push(sql);
              }
            };
            knex.on('query', listen);
            await synchronisation.run({
              provider: 'sandbox',
              trigger: 'schedule',
            });
            knex.removeListener('query', listen);
            expect(statements).toEqual([]);
            expect(await rows()).toEqual(found);
          } finally {
            await worker.stop();
          }
        },
      ),
      {
        numRuns: RUNS[id === 'SQLITE_3' ? 'sqlite' : 'postgres'],
        examples: [
          [[...renamedBackWhileAnAnswerWasLost]],
          [[...renamedBeforeItWasKnown]],
        ],
      },
    );
  });
});
