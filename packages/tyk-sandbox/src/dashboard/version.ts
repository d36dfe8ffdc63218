import type { Dashboard } from './state';

function numbers(version: string): number[] {
  const [text = ''] = /\d+(\.\d+)*/.exec(version) ?? [];
  return text.split('.').map(Number);
}

/** Whether the Dashboard is of a version before this one, e.g. `5.14.0`. */
export function isBefore({ gateway }: Dashboard, version: string): boolean {
  const own = numbers(gateway.settings.dashboardVersion);
  for (const [index, wanted] of numbers(version).entries()) {
    const given = own[index] ?? 0;
    if (given !== wanted) return given < wanted;
  }
  return false;
}

/** Whether policies without an `id` keep none, and gateways know policies by `_id`: before 5.11.0, and before 5.8.9 of 5.8. */
export function usesDatabaseIds(dashboard: Dashboard): boolean {
  const isLongTermSupport =
    isBefore(dashboard, '5.9.0') && !isBefore(dashboard, '5.8.9');
  return isBefore(dashboard, '5.11.0') && !isLongTermSupport;
}
