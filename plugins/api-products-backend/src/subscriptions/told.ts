/** What the gateway was told last of a key: beside the key in the database, to be compared with what the key should be. */
import type { Id } from 'backstage-plugin-api-products-common';
import type { CredentialUpdate } from 'backstage-plugin-api-products-node';
import { z } from 'zod';
import type { CredentialRow } from '../lib/rows';

const goneSchema = z.object({ gone: z.literal(true) });

const keptSchema = z.object({
  plan: z.string(),
  policies: z.array(z.string()),
  suspended: z.boolean(),
  /** Epoch seconds; null = never. */
  expiresAt: z.number().nullable(),
  alias: z.string(),
  tags: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
});

const toldSchema = z.union([goneSchema, keptSchema]);

/** That the key is to be refused for good. */
export const TOLD_TO_GO = JSON.stringify(goneSchema.parse({ gone: true }));

/** As the texts of two of the same key are the same exactly if it should be the same. */
export const toldOf = (plan: Id, wanted: CredentialUpdate): string =>
  JSON.stringify(
    keptSchema.parse({
      plan,
      policies: [...wanted.products, wanted.plan].map(
        ({ reference }) => reference.policyId,
      ),
      suspended: wanted.suspended ?? false,
      expiresAt: wanted.expiresAt ?? null,
      alias: wanted.alias,
      tags: wanted.tags,
      metadata: wanted.metadata,
    }),
  );

/**
 * Whether the gateway is known to have the key like that, and not only told.
 *
 * @param wanted.plan - where it matters
 */
export function isHeld(
  { told, confirm_at }: Pick<CredentialRow, 'told' | 'confirm_at'>,
  wanted: { suspended: boolean; plan?: Id },
): boolean {
  if (confirm_at !== null) {
    return false;
  }
  const last = told === null ? undefined : toldSchema.parse(JSON.parse(told));
  // Of keys that an earlier version has made nothing is written; it knew no suspension.
  const suspended = last !== undefined && 'plan' in last && last.suspended;
  const plan = last !== undefined && 'plan' in last ? last.plan : undefined;
  return (
    suspended === wanted.suspended &&
    (wanted.plan === undefined || plan === wanted.plan)
  );
}
