/**
 * The numbered cases, and the table of what became of them. A case that a target cannot have is no test there; the
 * table says why, so that nothing is left out in silence.
 */
import type { Mode, Target } from './Target';

/** A target before it is started. */
export interface Column {
  /** What stands at its head. */
  name: string;
  mode: Mode;
  live: boolean;
  /** Whether its store can be stopped. */
  store: boolean;
  start: () => Promise<Target>;
}

type Kind = Pick<Column, 'mode' | 'live' | 'store'>;

export interface ContractCase {
  number: number;
  title: string;
  /** Why this target cannot have it; undefined where it can. */
  cannot?: (target: Kind) => string | undefined;
  run: (target: Target) => Promise<void>;
}

type Outcome = 'passed' | 'failed' | { cannot: string };

/** For cases that need faults, other settings, or hours: only a sandbox has them. */
export const onlySandbox = ({ live }: Kind): string | undefined =>
  !live
    ? undefined
    : 'needs faults or settings that only the sandbox can be given';

export const onlyDashboard = ({ mode }: Kind): string | undefined =>
  mode === 'dashboard' ? undefined : 'a Gateway has no such call';

export const onlyGateway = ({ mode }: Kind): string | undefined =>
  mode === 'gateway' ? undefined : 'a Dashboard has no such call';

export const onlyWithStore = ({ store }: Kind): string | undefined =>
  store ? undefined : 'TYK_STORE_STOP and TYK_STORE_START are not set';

/** The first reason of several. */
export const unless =
  (...reasons: NonNullable<ContractCase['cannot']>[]) =>
  (target: Kind): string | undefined => {
    for (const reason of reasons) {
      const text = reason(target);
      if (text !== undefined) return text;
    }
    return undefined;
  };

type Row = { titles: Set<string>; outcomes: Map<string, Outcome[]> };

/** What became of each case at each target. */
export class Results {
  readonly #rows = new Map<number, Row>();

  static create(): Results {
    return new Results();
  }

  private constructor() {}

  add(item: ContractCase, column: string, outcome: Outcome): void {
    const row = this.#rows.get(item.number) ?? {
      titles: new Set<string>(),
      outcomes: new Map<string, Outcome[]>(),
    };
    this.#rows.set(item.number, row);
    row.titles.add(item.title);
    row.outcomes.set(column, [...(row.outcomes.get(column) ?? []), outcome]);
  }

  /** Whether something became of the case there, or it was said why not. */
  knows(number: number, column: string): boolean {
    const outcomes = this.#rows.get(number)?.outcomes.get(column) ?? [];
    return (
      outcomes.length > 0 &&
      outcomes.every(
        outcome => typeof outcome === 'string' || outcome.cannot !== '',
      )
    );
  }

  /** In Markdown, with the counts and the reasons below. */
  table(columns: readonly string[]): string {
    const rows = [...this.#rows].sort(([a], [b]) => a - b);
    const reasons = rows.flatMap(([number, { outcomes }]) =>
      columns.flatMap(column =>
        (outcomes.get(column) ?? []).flatMap(outcome =>
          typeof outcome === 'object'
            ? [`* ${number}, ${column}: ${outcome.cannot}`]
            : [],
        ),
      ),
    );
    return [
      `| case | what | ${columns.join(' | ')} |`,
      `|---|---|${columns.map(() => '---|').join('')}`,
      ...rows.map(
        ([number, { titles, outcomes }]) =>
          `| ${number} | ${[...titles].join('; ')} | ${columns
            .map(column => cellOf(outcomes.get(column) ?? []))
            .join(' | ')} |`,
      ),
      `| **passed** | | ${columns
        .map(column => String(countOf(rows, column, 'passed')))
        .join(' | ')} |`,
      `| **failed** | | ${columns
        .map(column => String(countOf(rows, column, 'failed')))
        .join(' | ')} |`,
      '',
      ...(reasons.length > 0 ? ['Cannot be had:', ...reasons, ''] : []),
    ].join('\n');
  }
}

function cellOf(outcomes: readonly Outcome[]): string {
  const tests = outcomes.filter(outcome => typeof outcome === 'string');
  if (tests.length === 0) return '–';
  if (tests.includes('failed')) return '**failed**';
  return tests.length > 1 ? `passed (${tests.length})` : 'passed';
}

function countOf(
  rows: [number, Row][],
  column: string,
  wanted: 'passed' | 'failed',
): number {
  return rows.reduce(
    (sum, [, { outcomes }]) =>
      sum +
      (outcomes.get(column) ?? []).filter(outcome => outcome === wanted).length,
    0,
  );
}
