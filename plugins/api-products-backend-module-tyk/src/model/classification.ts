/**
 * Policies as they are at Tyk, in the portal's words.
 *
 * A synchronisation goes through all policies of an installation, thousands of them, most of which have not changed:
 * so this reads fields by hand instead of validating each policy as a whole, and fills objects instead of spreading
 * them. Whatever comes is read leniently: fields may be missing or null, and numbers may be floats or texts.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import type { AllowedUrl } from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
  OfferingState,
  OtherOffering,
  ProviderOffering,
} from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import { fromTykQuota, fromTykRate } from './limits';
import { OFFERING_MARK, overwrittenBy } from './policies';
import { isPortalsId, referenceOf } from './policyIds';
import { isTechnicalPolicy } from './technicalPolicies';

/** What an installation's policies are judged by. */
export interface OfferingFrame {
  organisation: string;
  /** A policy with one of them is selected; none = all are. */
  tags: readonly string[];
  /** Policies have `state` there. */
  states: boolean;
  /** Ids of APIs that are not called as HTTP APIs are, by what they are instead. */
  foreignApis: ReadonlyMap<string, string>;
}

/** All of them but our own technical policies, those of other organisations, and what has no id. */
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
    const offering = toOffering(policyId, policy, frame);
    if (isPortalsId(policyId) || isMarked(policy)) offering.ours = true;
    const overwrites = overwrittenBy(policy.meta_data);
    if (overwrites.length > 0) offering.overwrites = overwrites;
    found.push(offering);
  }
  return found;
}

/** Where Tyk chooses ids, a mark says what ids say elsewhere. */
function isMarked({ meta_data: metadata }: JsonObject): boolean {
  return isJsonObject(metadata) && metadata[OFFERING_MARK] !== undefined;
}

function toOffering(
  policyId: string,
  policy: JsonObject,
  frame: OfferingFrame,
): ProviderOffering {
  const partitions = partitionsOf(policy.partitions);
  const rights = isJsonObject(policy.access_rights) ? policy.access_rights : {};
  const reason =
    partitionReason(partitions) ?? foreignReason(rights, frame.foreignApis);
  if (reason !== undefined) return other(policyId, policy, frame, reason);
  return partitions.acl
    ? product(policyId, policy, frame, rights)
    : plan(policyId, policy, frame, rights, partitions);
}

function nameOf(policyId: string, { name }: JsonObject): string {
  return typeof name === 'string' && name !== '' ? name : policyId;
}

function isSelected(tags: string[], frame: OfferingFrame): boolean {
  return frame.tags.length === 0 || tags.some(tag => frame.tags.includes(tag));
}

interface Partitions {
  acl: boolean;
  quota: boolean;
  rate: boolean;
  complexity: boolean;
  perApi: boolean;
}

function partitionsOf(value: JsonValue | undefined): Partitions {
  const partitions = isJsonObject(value) ? value : {};
  return {
    acl: partitions.acl === true,
    quota: partitions.quota === true,
    rate: partitions.rate_limit === true,
    complexity: partitions.complexity === true,
    perApi: partitions.per_api === true,
  };
}

/** Why its partitions make it neither; undefined where they do. */
function partitionReason(partitions: Partitions): string | undefined {
  const { acl: access, complexity } = partitions;
  if (partitions.perApi) {
    return 'It sets limits for each of its APIs (partition per_api), which cannot be combined with other policies on a key';
  }
  const limits = partitions.quota || partitions.rate;
  if (access && limits) {
    return 'It both gives access and sets limits: a product has the partition acl only, a plan quota and rate_limit without acl';
  }
  if (access && complexity) {
    return 'It both gives access and limits the depth of GraphQL queries: a product has the partition acl only';
  }
  if (access || limits) return undefined;
  return complexity
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
  for (const apiId of Object.keys(rights)) {
    const kind =
      foreignApis.get(apiId) ??
      (hasForeignRules(rights[apiId]) ? 'an MCP' : undefined);
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

function other(
  policyId: string,
  policy: JsonObject,
  frame: OfferingFrame,
  reason: string,
): OtherOffering {
  const tags = textsOf(policy.tags);
  return {
    kind: 'other',
    policyId,
    name: nameOf(policyId, policy),
    tags,
    selected: isSelected(tags, frame),
    state: stateOf(policy, frame),
    reason,
  };
}

function product(
  policyId: string,
  policy: JsonObject,
  frame: OfferingFrame,
  rights: JsonObject,
): FoundProduct {
  const tags = textsOf(policy.tags);
  return {
    kind: 'product',
    policyId,
    name: nameOf(policyId, policy),
    tags,
    selected: isSelected(tags, frame),
    state: stateOf(policy, frame),
    apis: sortedIds(rights).map(id => apiOf(id, rights[id])),
  };
}

function apiOf(
  id: string,
  right: JsonValue | undefined,
): FoundProduct['apis'][number] {
  const api: FoundProduct['apis'][number] = { id };
  if (!isJsonObject(right)) return api;
  const name = right.api_name;
  if (typeof name === 'string' && name !== '') api.name = name;
  const versions = textsOf(right.versions);
  if (isVersioned(versions)) {
    api.versions = versions.filter(version => version !== '');
  }
  const allowedUrls = pathsOf(right.allowed_urls);
  if (allowedUrls.length > 0) api.allowedUrls = allowedUrls;
  return api;
}

function plan(
  policyId: string,
  policy: JsonObject,
  frame: OfferingFrame,
  rights: JsonObject,
  // What a partition that is off says does not count.
  partitions: Partitions,
): FoundPlan {
  const tags = textsOf(policy.tags);
  const found: FoundPlan = {
    kind: 'plan',
    policyId,
    name: nameOf(policyId, policy),
    tags,
    selected: isSelected(tags, frame),
    state: stateOf(policy, frame),
    rateLimit: partitions.rate
      ? fromTykRate(numberOf(policy.rate), numberOf(policy.per))
      : 'unlimited',
    quota: partitions.quota
      ? fromTykQuota(
          numberOf(policy.quota_max),
          numberOf(policy.quota_renewal_rate),
        )
      : 'unlimited',
    credentialMetadata: metadataOf(policy.meta_data),
    apiIds: sortedIds(rights),
  };
  const unset: FoundPlan['unset'] = [];
  if (!partitions.rate) unset.push('rateLimit');
  if (!partitions.quota) unset.push('quota');
  if (unset.length > 0) found.unset = unset;
  const lifetime = numberOf(policy.key_expires_in);
  if (lifetime > 0) found.keyLifetimeSeconds = lifetime;
  return found;
}

/** `Default` alone is what stands for an API without versions. */
function isVersioned(versions: string[]): boolean {
  return versions.some(version => version !== 'Default' && version !== '');
}

function pathsOf(value: JsonValue | undefined): AllowedUrl[] {
  const paths: AllowedUrl[] = [];
  if (!Array.isArray(value)) return paths;
  for (const item of value) {
    if (isJsonObject(item) && typeof item.url === 'string') {
      paths.push({ url: item.url, methods: textsOf(item.methods) });
    }
  }
  return paths;
}

/** Metadata that is text, or reads as one; our own mark is none. */
function metadataOf(value: JsonValue | undefined): Record<string, string> {
  const metadata: Record<string, string> = {};
  if (!isJsonObject(value)) return metadata;
  for (const name of Object.keys(value)) {
    if (name === OFFERING_MARK || name === '__proto__') continue;
    const item = value[name];
    if (typeof item === 'string') metadata[name] = item;
    else if (typeof item === 'number' || typeof item === 'boolean') {
      metadata[name] = String(item);
    }
  }
  return metadata;
}

function textsOf(value: JsonValue | undefined): string[] {
  if (!Array.isArray(value)) return [];
  return value.every(item => typeof item === 'string')
    ? value
    : value.filter(item => typeof item === 'string');
}

function numberOf(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  const number = typeof value === 'string' ? Number(value) : 0;
  return Number.isFinite(number) ? number : 0;
}
