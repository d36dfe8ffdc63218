/** Usage added up, in the form of the Dashboard. */
import type { JsonObject } from '../../json';
import type { UsageRow } from '../../state/usage';

/** The length of time that one row stands for. */
export type Resolution = 'hour' | 'day' | 'month';

/** What a row is for; what it is not for stays empty. */
interface RowId {
  day: number;
  month: number;
  year: number;
  hour: number;
  code: number;
  path: string;
  key: string;
  alias: string;
  url: string;
  iso_country: string;
  api_id: string;
  api_name: string;
}

const EMPTY: RowId = {
  day: 0,
  month: 0,
  year: 0,
  hour: 0,
  code: 0,
  path: '',
  key: '',
  alias: '',
  url: '',
  iso_country: '',
  api_id: '',
  api_name: '',
};

const isSuccess = ({ status }: UsageRow) => status < 400;

function sum(rows: UsageRow[]): number {
  return rows.reduce((total, { hits }) => total + hits, 0);
}

function rowOf(id: RowId, rows: UsageRow[]): JsonObject {
  const hits = sum(rows);
  const success = sum(rows.filter(isSuccess));
  const last = Math.max(...rows.map(({ lastHit }) => lastHit));
  return {
    id: { ...id },
    hits,
    success,
    error: hits - success,
    last_hit: new Date(last).toISOString(),
    request_time: 0,
    latency: 0,
    upstream_latency: 0,
    max_latency: 0,
    min_latency: 0,
    max_upstream_latency: 0,
    min_upstream_latency: 0,
  };
}

/** One row for each different id, in the order of their first use. */
export function grouped(
  rows: UsageRow[],
  idOf: (row: UsageRow) => Partial<RowId>,
): JsonObject[] {
  const groups = new Map<string, { id: RowId; rows: UsageRow[] }>();
  for (const row of [...rows].sort((a, b) => a.hour - b.hour)) {
    const id = { ...EMPTY, ...idOf(row) };
    const name = JSON.stringify(id);
    const group = groups.get(name) ?? { id, rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  return [...groups.values()].map(group => rowOf(group.id, group.rows));
}

export function timeId(resolution: Resolution, { hour }: UsageRow) {
  const date = new Date(hour);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: resolution === 'month' ? 0 : date.getUTCDate(),
    hour: resolution === 'hour' ? date.getUTCHours() : 0,
  };
}
