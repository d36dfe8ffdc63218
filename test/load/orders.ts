/** What a benchmark says to a backend that it starts, and hears from it. */
import { z } from 'zod';

export const orderSchema = z.object({
  config: z.record(z.string(), z.json()),
  /** Milliseconds by which its clock is wrong. */
  clockOffset: z.number(),
  /** What the portal has, where its products do not come from Git. */
  providers: z.array(z.enum(['quick', 'slow'])),
  /** So many products come from Git; without, the catalog has the portal of `portalEntities.ts`. */
  gitProducts: z.number().optional(),
  /** The catalog is Backstage's own and has so many components, which people see where a policy lets them. */
  components: z.number().optional(),
  /** How long the notifications backend takes for each. */
  noticeMs: z.number(),
});

export type Order = z.infer<typeof orderSchema>;

export const usageSchema = z.object({
  /** Of the plugin, with what begins and ends its transactions. */
  statements: z.number(),
  ofScheduler: z.number(),
  /** How many of each kind, by verb and table. */
  kinds: z.record(z.string(), z.number()),
  processorMs: z.number(),
  heapMegabytes: z.number(),
  residentMegabytes: z.number(),
  /** Notifications that were sent, in words that are equal for equal ones. */
  told: z.array(z.string()),
});

export type Usage = z.infer<typeof usageSchema>;
