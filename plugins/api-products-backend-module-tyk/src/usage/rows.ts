import { z } from 'zod';
import type { UsageDay } from 'backstage-plugin-api-products-node';
import { dayOfRow } from './dates';

/** Numbers come as floats or texts from some databases. */
const number = z.coerce
  .number()
  .nullish()
  .transform(value => value ?? 0);

/** A row of aggregates: what was called in a day, or in an hour of it, maybe with one status or one API. */
export const usageRowSchema = z.object({
  id: z.object({
    day: number,
    month: number,
    year: number,
    api_id: z.string().nullish(),
  }),
  hits: number,
  success: number,
  error: number,
});

type UsageRow = z.infer<typeof usageRowSchema>;

/**
 * What a key was used for, day by day and API by API, whatever the rows are split by besides. Undefined where a row
 * stands for more than a day.
 */
export function toUsageDays(
  reference: string,
  rows: readonly UsageRow[],
): UsageDay[] | undefined {
  const days = new Map<string, UsageDay>();
  for (const { id, hits, success, error } of rows) {
    const day = dayOfRow(id);
    if (day === undefined) return undefined;
    const apiId = id.api_id || undefined;
    const name = JSON.stringify([day, apiId]);
    const sum = days.get(name) ?? {
      reference,
      day,
      ...(apiId !== undefined && { apiId }),
      calls: 0,
      succeeded: 0,
      failed: 0,
    };
    days.set(name, {
      ...sum,
      calls: sum.calls + hits,
      succeeded: sum.succeeded + success,
      failed: sum.failed + error,
    });
  }
  return [...days.values()].sort((a, b) => a.day.localeCompare(b.day));
}
