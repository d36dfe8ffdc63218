/**
 * What a benchmark says in the end: ratios of what was measured in one run, each with its parts and its spread. They are
 * printed at once, and once more in one table when all benchmarks are through (`bench.mjs`).
 */
import { appendFileSync } from 'node:fs';

/** Names the file in which `bench.mjs` collects figures, one JSON document a line. */
const COLLECTED_IN = 'API_PRODUCTS_BENCH_FIGURES';

export interface Figure {
  name: string;
  database: string;
  goal: { atMost: number } | { atLeast: number };
  value: number;
  /** The lowest and the highest of its rounds, where there were several. */
  spread?: [number, number];
  /** Of what the figure is made, in words. */
  parts: string;
}

/** @param share - between 0 and 1 */
export function quantile(numbers: readonly number[], share: number): number {
  if (numbers.length === 0) {
    throw new Error('Nothing was measured');
  }
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

export const median = (numbers: readonly number[]): number =>
  quantile(numbers, 0.5);

/** The middle of the rounds, with the lowest and the highest. */
export const ofRounds = (
  rounds: readonly number[],
): Pick<Figure, 'value' | 'spread'> => ({
  value: median(rounds),
  spread: [Math.min(...rounds), Math.max(...rounds)],
});

export const ms = (time: number): string =>
  `${time.toFixed(time < 10 ? 2 : 0)} ms`;

export async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

/** For each of so many. */
export const times = (count: number): number[] =>
  Array.from({ length: count }, (_, i) => i);

export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const goalOf = (goal: Figure['goal']): string =>
  'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;

const number = (value: number): string =>
  value.toFixed(Math.abs(value) < 0.1 && value !== 0 ? 4 : 2);

export function report(figure: Figure): void {
  const { name, database, goal, value, spread, parts } = figure;
  const range = spread ? ` (${spread.map(number).join('–')})` : '';
  say(
    `  ${name.padEnd(44)} ${database.padEnd(11)} ${goalOf(goal).padEnd(
      8,
    )} ${`${number(value)}${range}`.padEnd(20)} ${parts}`,
  );
  const file = process.env[COLLECTED_IN];
  if (file) {
    const met = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
    const line = {
      name,
      database,
      goal: goalOf(goal),
      measured: `${number(value)}${range}`,
      met,
      parts,
    };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  }
}
