import { z } from 'zod';
import type { JsonObject } from '@backstage/types';
import { isJsonObject } from '../http/answer';

/** Every field may be missing: since 5.12 zero values are left out. Numbers may be floats or texts. */
const number = z.coerce
  .number()
  .nullish()
  .transform(value => value ?? 0);
const texts = z
  .array(z.string())
  .nullish()
  .transform(value => value ?? []);

const limitSchema = z.object({
  rate: number,
  per: number,
  quota_max: number,
  quota_renewal_rate: number,
  quota_remaining: number,
  quota_renews: number,
});

const accessSchema = z.object({
  allowed_urls: z
    .array(z.object({ url: z.string(), methods: texts }))
    .nullish()
    .transform(value => value ?? []),
  limit: limitSchema.nullish(),
  /** The product by which the quota of the API is counted, where there are several. */
  allowance_scope: z
    .string()
    .nullish()
    .transform(value => value ?? ''),
});

/** A key as `GET /tyk/keys/{key}` answers it, with its policies applied. */
export const sessionSchema = limitSchema.extend({
  expires: number,
  is_inactive: z
    .boolean()
    .nullish()
    .transform(value => value ?? false),
  access_rights: z
    .record(z.string(), accessSchema)
    .nullish()
    .transform(value => value ?? {}),
  apply_policies: texts,
  alias: z
    .string()
    .nullish()
    .transform(value => value ?? ''),
  tags: texts,
  meta_data: z
    .record(z.string(), z.json())
    .nullish()
    .transform(value => value ?? {}),
});

export type TykSession = z.infer<typeof sessionSchema>;

export type TykSessionLimits = z.infer<typeof limitSchema>;

/** The limits that count for an API: its own, and those of the whole key where it has none. */
export function effectiveLimits(
  session: TykSession,
  apiId: string,
): TykSessionLimits {
  const limit = session.access_rights[apiId]?.limit;
  if (!limit || Object.values(limit).every(value => value === 0)) {
    return session;
  }
  return {
    ...limit,
    quota_renews: limit.quota_renews || session.quota_renews,
  };
}

/** Seconds since the epoch; undefined for a key that never expires (0, and −1). */
export function expiryOf(session: TykSession): number | undefined {
  return session.expires > 0 ? session.expires : undefined;
}

/** The password in a session, if there is one: a secret. */
export function passwordOf(session: JsonObject): string[] {
  const data = session.basic_auth_data;
  const password = isJsonObject(data) ? data.password : undefined;
  return typeof password === 'string' && password !== '' ? [password] : [];
}
