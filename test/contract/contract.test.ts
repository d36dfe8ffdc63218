/**
 * The contract with Tyk, case by case: always against the sandbox as a Dashboard and as a Gateway, and against a real
 * installation where the environment names one (`npm run test:contract`). The table of results is written to
 * `.data/contract.md`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cases } from './cases';
import { Results, type Column, type ContractCase } from './suite/contractCase';
import { liveTargets } from './suite/live';
import { startSandboxTarget } from './suite/sandboxTarget';
import type { Target } from './suite/Target';

const REPORT = join(__dirname, '..', '..', '.data', 'contract.md');

const columns: Column[] = [
  {
    name: 'sandbox Dashboard',
    mode: 'dashboard',
    live: false,
    store: true,
    start: () => startSandboxTarget('dashboard'),
  },
  {
    name: 'sandbox Gateway',
    mode: 'gateway',
    live: false,
    store: true,
    start: () => startSandboxTarget('gateway'),
  },
  ...liveTargets(process.env),
];

/** All numbers of the contract. */
const NUMBERS = Array.from({ length: 67 }, (_, index) => index + 1);

const results = Results.create();

/** Case 60 is about the suite itself. */
const itself = (column: Column): ContractCase => ({
  number: 60,
  title: 'every case runs here as it is, or says why it cannot',
  async run() {
    const missing = NUMBERS.filter(
      number => number !== 60 && !results.knows(number, column.name),
    );
    expect(missing).toEqual([]);
  },
});

/** Besides case 6: all that the other cases made drivers log. */
const silence: ContractCase = {
  number: 6,
  title: 'nothing secret is logged in all cases',
  async run(target) {
    const logged = target.logged();
    const told = target.secrets.filter(secret => logged.includes(secret));
    // How many, not which: a failure must not tell them either.
    expect(told.length).toBe(0);
  },
};

jest.setTimeout(120_000);

describe.each(columns)('$name', column => {
  let target: Target;
  const possible = cases.filter(item => {
    const reason = item.cannot?.(column);
    if (reason !== undefined) {
      results.add(item, column.name, { cannot: reason });
    }
    return reason === undefined;
  });

  beforeAll(async () => {
    target = await column.start();
  });
  afterAll(async () => {
    await target?.close();
  });

  it.each([...possible, silence, itself(column)])(
    '$number $title',
    async item => {
      try {
        await item.run(target);
        results.add(item, column.name, 'passed');
      } catch (error) {
        results.add(item, column.name, 'failed');
        throw error;
      }
    },
  );
});

describe('the suite', () => {
  it('has every case from 1 to 67', () => {
    const numbers = new Set([60, ...cases.map(({ number }) => number)]);
    expect([...numbers].sort((a, b) => a - b)).toEqual(NUMBERS);
  });

  it('runs every case against a sandbox', () => {
    const sandboxes = columns.filter(({ live }) => !live);
    const nowhere = cases.filter(item =>
      sandboxes.every(column => item.cannot?.(column) !== undefined),
    );
    expect(nowhere.map(({ number, title }) => `${number} ${title}`)).toEqual(
      [],
    );
  });
});

afterAll(() => {
  mkdirSync(dirname(REPORT), { recursive: true });
  writeFileSync(REPORT, results.table(columns.map(({ name }) => name)));
});
