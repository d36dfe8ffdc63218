/**
 * Products and plans as Tyk policies.
 *
 * A product is a policy with only the `acl` partition, a plan one with `quota` and `rate_limit`. Policies are always
 * changed, never rebuilt: what is not named here (paths allowed by hand, smoothing, somebody else's metadata) survives,
 * because it is taken over from the policy as Tyk has it.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import { RESERVED_CREDENTIAL_METADATA } from 'backstage-plugin-api-products-common';
import type {
  ProviderPlan,
  ProviderProduct,
} from 'backstage-plugin-api-products-node';
import { isJsonObject } from '../http/answer';
import { sameToTyk } from './json';
import { toTykLimits } from './limits';

export interface PolicyFrame {
  /** Absent where the installation chooses it. */
  id?: string;
  organisation: string;
  /** Tags that every policy of the provider carries. */
  tags: readonly string[];
  /** Policies have `state` there. */
  states: boolean;
}

/**
 * In the metadata of a policy whose id an installation chose: what the portal made it for, so that it is found again
 * if the answer to its creation was lost.
 */
export const OFFERING_MARK = 'portal_offering';

/**
 * Names of the portal's own in the metadata of a policy, whose keys would carry what it says there instead of what the
 * portal has left on them.
 */
export function overwrittenBy(metadata: JsonValue | undefined): string[] {
  return isJsonObject(metadata)
    ? RESERVED_CREDENTIAL_METADATA.filter(
        name => name !== OFFERING_MARK && name in metadata,
      )
    : [];
}

function withoutOverwritten(metadata: JsonObject): JsonObject {
  const overwritten = overwrittenBy(metadata);
  return Object.fromEntries(
    Object.entries(metadata).filter(([name]) => !overwritten.includes(name)),
  );
}

export interface PolicyDraft {
  /** What to write. */
  policy: JsonObject;
  /** Fields in which Tyk has something else; empty where there is nothing to write. */
  differences: string[];
}

/** Fields of a policy that we make, and leave alone afterwards. */
export const NEW_POLICY: JsonObject = {
  rate: -1,
  per: -1,
  quota_max: -1,
  quota_renewal_rate: -1,
  throttle_interval: -1,
  throttle_retry_limit: -1,
  max_query_depth: -1,
  key_expires_in: 0,
  hmac_enabled: false,
  meta_data: {},
};

/**
 * Whether keys that carry a policy are served. All fields that say so are written, since which of them counts depends
 * on the version.
 */
export function policyState(
  state: 'active' | 'draft',
  { states }: Pick<PolicyFrame, 'states'>,
): JsonObject {
  return {
    ...(states && { state }),
    active: true,
    is_inactive: state === 'draft',
  };
}

function draft(
  current: JsonObject | undefined,
  wanted: JsonObject,
): PolicyDraft {
  if (!current) {
    return { policy: { ...NEW_POLICY, ...wanted }, differences: ['policy'] };
  }
  const changed = Object.entries(wanted).filter(
    ([name, value]) => !sameToTyk(current[name], value),
  );
  return {
    policy: { ...current, ...Object.fromEntries(changed) },
    differences: changed.map(([name]) => name),
  };
}

function frame(
  current: JsonObject | undefined,
  framing: PolicyFrame,
  title: string,
  state: 'active' | 'draft',
  partitions: JsonObject,
): JsonObject {
  const { id, organisation, tags } = framing;
  const present = Array.isArray(current?.tags) ? current.tags : [];
  const known = isJsonObject(current?.partitions) ? current.partitions : {};
  return {
    ...(id !== undefined && { id }),
    name: title,
    org_id: organisation,
    ...policyState(state, framing),
    tags: [...present, ...tags.filter(tag => !present.includes(tag))],
    partitions: {
      ...known,
      acl: false,
      quota: false,
      rate_limit: false,
      complexity: false,
      per_api: false,
      ...partitions,
    },
  };
}

function currentAccess(
  current: JsonObject | undefined,
  apiId: string,
): JsonObject {
  const rights = current?.access_rights;
  const entry = isJsonObject(rights) ? rights[apiId] : undefined;
  return isJsonObject(entry) ? entry : {};
}

/** Classic and OAS APIs without versions both answer to this name. */
function versionsOf(
  entry: JsonObject,
  versions: readonly string[] | undefined,
): JsonValue {
  if (versions && versions.length > 0) return [...versions];
  return Array.isArray(entry.versions) && entry.versions.length > 0
    ? entry.versions
    : ['Default'];
}

export function productPolicy(
  current: JsonObject | undefined,
  product: ProviderProduct,
  framing: PolicyFrame,
): PolicyDraft {
  const rights: JsonObject = {};
  for (const api of product.apis) {
    const entry = currentAccess(current, api.id);
    rights[api.id] = {
      ...entry,
      api_id: api.id,
      api_name: api.name,
      versions: versionsOf(entry, api.versions),
      // Without a word from the portal, paths that somebody opened by hand stay as they are.
      ...(api.allowedUrls && {
        allowed_urls: api.allowedUrls.map(({ url, methods }) => ({
          url,
          methods,
        })),
      }),
    };
  }
  return draft(current, {
    ...frame(
      current,
      framing,
      product.title,
      // Keys would be refused anyway; so says Tyk, and so do those who look at it there.
      product.apis.length === 0 ? 'draft' : 'active',
      { acl: true },
    ),
    access_rights: rights,
    // The last policy of a key with a lifetime wins: that must be the plan.
    key_expires_in: 0,
    ...(isJsonObject(current?.meta_data) && {
      meta_data: withoutOverwritten(current.meta_data),
    }),
  });
}

export function planPolicy(
  current: JsonObject | undefined,
  plan: ProviderPlan,
  framing: PolicyFrame,
): PolicyDraft {
  const rights: JsonObject = {};
  const partitions = isJsonObject(current?.partitions)
    ? current.partitions
    : {};
  for (const apiId of plan.apiIds) {
    // Named so that limits are worked out afresh for each API (a shorter period then reaches keys that exist);
    // without the acl partition this opens nothing.
    const entry = currentAccess(current, apiId);
    rights[apiId] = {
      api_name: apiId,
      ...entry,
      api_id: apiId,
      versions: versionsOf(entry, undefined),
    };
  }
  const metadata = isJsonObject(current?.meta_data) ? current.meta_data : {};
  return draft(current, {
    ...frame(current, framing, plan.title, 'active', {
      quota: true,
      rate_limit: true,
      // Set by hand to limit GraphQL queries; it takes nothing from quota and rate.
      complexity: partitions.complexity === true,
    }),
    ...toTykLimits(plan),
    // Where the portal names none, what is there stays: some Dashboards want one API in each policy.
    ...((!current || plan.apiIds.length > 0) && { access_rights: rights }),
    key_expires_in: Math.floor(plan.keyLifetimeSeconds ?? 0),
    meta_data: { ...withoutOverwritten(metadata), ...plan.credentialMetadata },
  });
}

/** A new policy with the portal's mark. */
export function withMark(policy: JsonObject, mark: string): JsonObject {
  const metadata = isJsonObject(policy.meta_data) ? policy.meta_data : {};
  return { ...policy, meta_data: { ...metadata, [OFFERING_MARK]: mark } };
}

export function hasMark(policy: JsonObject, mark: string): boolean {
  const metadata = policy.meta_data;
  return isJsonObject(metadata) && metadata[OFFERING_MARK] === mark;
}
