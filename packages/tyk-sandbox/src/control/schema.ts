import { z } from 'zod';
import type { Fault } from '../faults/types';
import type { JsonValue } from '../json';
import type { SandboxSettings } from '../types';
import { isVersion } from '../versions';

const json: z.ZodType<JsonValue> = z.json();

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}

const rule = {
  match: z
    .strictObject({
      plane: z.enum(['admin', 'data', 'dashboard']).optional(),
      method: z.string().optional(),
      path: z.string().refine(isPattern, 'not a regular expression').optional(),
    })
    .optional(),
  times: z.int().positive().optional(),
  skip: z.int().nonnegative().optional(),
  when: z.enum(['before', 'after']).optional(),
};

const milliseconds = z.number().nonnegative();

export const storeSchema = z.strictObject({
  state: z.enum(['up', 'down', 'hangs']),
});

export const restartSchema = z.strictObject({
  loadsAfterMs: milliseconds.optional(),
});

export const advanceSchema = z.strictObject({ milliseconds });

/** Some fields of a policy. */
export const changesSchema = z.record(z.string(), json);

/** A fault without a hook, as it comes over the wire. */
export const faultSchema: z.ZodType<Fault> = z.discriminatedUnion('kind', [
  z.strictObject({ ...rule, kind: z.literal('latency'), milliseconds }),
  z.strictObject({
    ...rule,
    kind: z.literal('status'),
    status: z.int().min(200).max(599),
    json: json.optional(),
    html: z.string().optional(),
    retryAfterSeconds: z.number().nonnegative().optional(),
  }),
  z.strictObject({ ...rule, kind: z.literal('reset') }),
  z.strictObject({ ...rule, kind: z.literal('hang') }),
  z.strictObject({ ...rule, kind: z.literal('late-reload'), milliseconds }),
  z.strictObject({ ...rule, kind: z.literal('half-json') }),
  z.strictObject({ ...rule, kind: z.literal('wrong-json'), body: json }),
]);

const permission = z.enum(['deny', 'read', 'write']).optional();
const permissions = z.strictObject({
  analytics: permission,
  apis: permission,
  clientidps: permission,
  keys: permission,
  oauth: permission,
  policies: permission,
  system: permission,
  users: permission,
});

const settingsSchema = z.strictObject({
  hashKeys: z.boolean().optional(),
  hashKeyFunction: z
    .enum(['murmur32', 'murmur64', 'murmur128', 'sha256'])
    .nullable()
    .optional(),
  hashedKeysListing: z.boolean().optional(),
  disableCachedSessionState: z.boolean().optional(),
  customDomains: z.boolean().optional(),
  minTokenLength: z.int().positive().optional(),
  allowMasterKeys: z.boolean().optional(),
  forcedSessionLifetime: z.int().nonnegative().optional(),
  rateLimiter: z.enum(['rolling', 'fixed']).optional(),
  version: z.string().refine(isVersion, 'not a version').optional(),
  reportedVersion: z.string().nullable().optional(),
  policySource: z.enum(['file', 'service']).optional(),
  policyPath: z.boolean().optional(),
  disableKeyActionsByUsername: z.boolean().optional(),
  dashboardVersion: z.string().refine(isVersion, 'not a version').optional(),
  dashboardPageSize: z.int().positive().optional(),
  enableUpdateKeyByHash: z.boolean().optional(),
  enableDeleteKeyByHash: z.boolean().optional(),
  enableHashedKeysListing: z.boolean().optional(),
  allowExplicitPolicyId: z.boolean().optional(),
  requirePolicyApis: z.boolean().optional(),
  policyIdForm: z.enum(['plain', 'hex']).optional(),
  legacyKeyAnswers: z.boolean().optional(),
  analytics: z.boolean().optional(),
  dashboardPermissions: permissions.optional(),
  dashboardAdmin: z.boolean().optional(),
});

/** Settings as they come over the wire, where `null` stands for no hash function and for no version of its own. */
export function readSettings(body: unknown): Partial<SandboxSettings> {
  const { hashKeyFunction, reportedVersion, ...settings } =
    settingsSchema.parse(body);
  return {
    ...settings,
    ...(hashKeyFunction === undefined
      ? {}
      : { hashKeyFunction: hashKeyFunction ?? undefined }),
    ...(reportedVersion === undefined
      ? {}
      : { reportedVersion: reportedVersion ?? undefined }),
  };
}
