/**
 * Policies as they are at Tyk, in the portal's words.
 *
 * A synchronisation goes through all policies of an installation, thousands of them, most of which have not changed:
 * so this reads fields by hand instead of validating each policy as a whole. Whatever comes is read leniently: fields
 * may be missing or null, and numbers may be floats or texts.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import type {
  FoundOffering,
  FoundPlan,
  FoundProduct,
  OfferingState,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import { fromTykQuota, fromTykRate } from './limits';
import { OFFERING_MARK } from './policies';
import { referenceOf } from './policyIds';
import { isTechnicalPolicy } from './technicalPolicies';

/** What an installation's policies are judged by. @internal */
export interface OfferingFrame {
  organisation: string;
  /** A policy with one of them is selected; none = all are. */
  tags: readonly string[];
  /** Policies have `state` there. */
  states: boolean;
  /** Ids of APIs that are not called as HTTP APIs are, by what they are instead. */
  foreignApis: ReadonlyMap<string, string>;
}

/**
 * All of them but our own technical policies, those of other organisations, and what has no id.
 * @internal
 */
export function toOfferings(
  policies: readonly JsonObject[],
  frame: OfferingFrame,
): ProviderOffering[] {
  const found: ProviderOffering[] = [];
  for (const policy of policies) {
    const policyId = referenceOf(policy);
    if (policyId === undefined || isTechnicalPolicy(policy)) continue;
    const owner = policy.org_id;
    if (typeof owner === 'string' && owner !== '') {
      if (owner !== frame.organisation) continue;
    }
    found.push(toOffering(policyId, policy, frame));
  }
  return found;
}

function toOffering(
  policyId: string,
  policy: JsonObject,
  frame: OfferingFrame,
): ProviderOffering {
  const { name } = policy;
  const tags = textsOf(policy.tags);
  const common: FoundOffering = {
    policyId,
    name: typeof name === 'string' && name !== '' ? name : policyId,
    tags,
    selected:
      frame.tags.length === 0 || tags.some(tag => frame.tags.includes(tag)),
    state: stateOf(policy, frame),
  };
  const rights = isJsonObject(policy.access_rights) ? policy.access_rights : {};
  const partitions = isJsonObject(policy.partitions) ? policy.partitions : {};
  const has = (partition: string) => partitions[partition] === true;
  const reason =
    partitionReason(has) ?? foreignReason(rights, frame.foreignApis);
  if (reason !== undefined) return { ...common, kind: 'other', reason };
  return has('acl')
    ? product(common, rights)
    : plan(common, policy, rights, {
        rate: has('rate_limit'),
        quota: has('quota'),
      });
}

/** Why its partitions make it neither; undefined where they do. */
function partitionReason(
  has: (partition: string) => boolean,
): string | undefined {
  if (has('per_api')) {
    return 'It sets limits for each of its APIs (partition per_api), which cannot be combined with other policies on a key';
  }
  const access = has('acl');
  const limits = has('quota') || has('rate_limit');
  if (access && limits) {
    return 'It both gives access and sets limits: a product has the partition acl only, a plan quota and rate_limit without acl';
  }
  if (access && has('complexity')) {
    return 'It both gives access and limits the depth of GraphQL queries: a product has the partition acl only';
  }
  if (access || limits) return undefined;
  return has('complexity')
    ? 'It only limits the depth of GraphQL queries: a plan has the partitions quota and rate_limit'
    : 'It is not partitioned, so it gives access and sets limits at once: a product has the partition acl only, a plan quota and rate_limit without acl';
}

/** Rules that only MCP and JSON-RPC proxies know. */
const FOREIGN_RULES = [
  'mcp_primitives',
  'mcp_access_rights',
  'json_rpc_methods',
  'json_rpc_methods_access_rights',
];

function foreignReason(
  rights: JsonObject,
  foreignApis: OfferingFrame['foreignApis'],
): string | undefined {
  for (const [apiId, right] of Object.entries(rights)) {
    const kind =
      foreignApis.get(apiId) ?? (hasForeignRules(right) ? 'an MCP' : undefined);
    if (kind !== undefined) {
      return `API ${apiId} is ${kind} proxy, which the portal does not offer`;
    }
  }
  return undefined;
}

function hasForeignRules(right: JsonValue | undefined): boolean {
  if (!isJsonObject(right)) return false;
  return FOREIGN_RULES.some(name => {
    const rules = right[name];
    return Array.isArray(rules)
      ? rules.length > 0
      : isJsonObject(rules) && Object.keys(rules).length > 0;
  });
}

function stateOf(
  { state, active, is_inactive: inactive }: JsonObject,
  { states }: OfferingFrame,
): OfferingState {
  if (states && typeof state === 'string' && state !== '') {
    if (state === 'deny') return 'unpublished';
    return state === 'draft' ? 'draft' : 'active';
  }
  // An open-source gateway loads what is not active all the same.
  if (states && active === false) return 'unpublished';
  return inactive === true ? 'draft' : 'active';
}

/** Sorted, since a gateway gives them in any order and nothing is to look changed by that. */
function sortedIds(rights: JsonObject): string[] {
  return Object.keys(rights).sort();
}

function product(common: FoundOffering, rights: JsonObject): FoundProduct {
  return {
    ...common,
    kind: 'product',
    apis: sortedIds(rights).map(id => {
      const right = rights[id];
      if (!isJsonObject(right)) return { id };
      const name = right.api_name;
      const versions = textsOf(right.versions).filter(item => item !== '');
      const allowedUrls = pathsOf(right.allowed_urls);
      return {
        id,
        ...(typeof name === 'string' && name !== '' && { name }),
        ...(isVersioned(versions) && { versions }),
        ...(allowedUrls.length > 0 && { allowedUrls }),
      };
    }),
  };
}

function plan(
  common: FoundOffering,
  policy: JsonObject,
  rights: JsonObject,
  partitions: { rate: boolean; quota: boolean },
): FoundPlan {
  const lifetime = numberOf(policy.key_expires_in);
  return {
    ...common,
    kind: 'plan',
    // What a partition that is off says does not count.
    rateLimit: partitions.rate
      ? fromTykRate(numberOf(policy.rate), numberOf(policy.per))
      : 'unlimited',
    quota: partitions.quota
      ? fromTykQuota(
          numberOf(policy.quota_max),
          numberOf(policy.quota_renewal_rate),
        )
      : 'unlimited',
    ...(lifetime > 0 && { keyLifetimeSeconds: lifetime }),
    credentialMetadata: metadataOf(policy.meta_data),
    apiIds: sortedIds(rights),
  };
}

/** `Default` alone is what stands for an API without versions. */
function isVersioned(versions: string[]): boolean {
  return versions.some(version => version !== 'Default');
}

function pathsOf(
  value: JsonValue | undefined,
): { url: string; methods: string[] }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap(item =>
    isJsonObject(item) && typeof item.url === 'string'
      ? [{ url: item.url, methods: textsOf(item.methods) }]
      : [],
  );
}

/** Metadata that is text, or reads as one; our own mark is none. */
function metadataOf(value: JsonValue | undefined): Record<string, string> {
  if (!isJsonObject(value)) return {};
  const entries = Object.entries(value).flatMap<[string, string]>(
    ([name, item]) => {
      if (name === OFFERING_MARK) return [];
      if (typeof item === 'string') return [[name, item]];
      return typeof item === 'number' || typeof item === 'boolean'
        ? [[name, String(item)]]
        : [];
    },
  );
  return Object.fromEntries(entries);
}

function textsOf(value: JsonValue | undefined): string[] {
  return Array.isArray(value)
    ? value.filter(item => typeof item === 'string')
    : [];
}

function numberOf(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}
