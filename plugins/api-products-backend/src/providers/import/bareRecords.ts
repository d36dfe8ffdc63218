/**
 * What an imported record says of itself, as long as nobody has said more: its name and what the provider has of it.
 * It is a draft in no catalogue, so that nobody asks for something that nobody has looked at.
 */
import type {
  Authentication,
  EntityRef,
  PlanSpec,
  ProductApi,
  ProductSpec,
  ProviderApi,
  RecordSpec,
} from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
} from 'backstage-plugin-api-products-node';
import { PLAN_KIND, PRODUCT_KIND, refOf } from '../../lib/refs';
import { allowedUrlsOf, limitsOf, versionsOf } from './content';
import type { Noun } from './plan';
import { beginningOf } from '../../lib/texts';

const NAMESPACE = 'default';

/** What is known of the APIs that imported products are made of. */
export interface ApiFacts {
  /** The provider's own list, by id. */
  apis: ReadonlyMap<string, ProviderApi>;
  /** The catalog's API entity for an API of the provider, where there is one. */
  entityOf(apiId: string): EntityRef | undefined;
}

interface BareRecord {
  provider: string;
  owner: EntityRef;
  name: string;
}

/** An API need not have a name at its provider. */
const apiTitleOf = (
  { id, name }: FoundProduct['apis'][number],
  { apis }: ApiFacts,
): string =>
  beginningOf(
    [apis.get(id)?.name, name].find(text => text && text.trim() !== '') ?? id,
  );

export function productApisOf(
  found: FoundProduct,
  facts: ApiFacts,
): ProductApi[] {
  return found.apis.map(api => {
    const ref = facts.entityOf(api.id);
    const versions = versionsOf(api);
    const allowedUrls = allowedUrlsOf(api);
    return {
      ...(ref ? { ref } : {}),
      title: apiTitleOf(api, facts),
      providerApiId: api.id,
      ...(versions ? { versions } : {}),
      ...(allowedUrls ? { allowedUrls } : {}),
    };
  });
}

/** How consumers sign in, where all APIs agree on it. */
export function authenticationOf(
  found: FoundProduct,
  facts: ApiFacts,
): Authentication | undefined {
  const ways = new Set(
    found.apis.map(({ id }) => facts.apis.get(id)?.authentication ?? 'other'),
  );
  const [way] = ways;
  return ways.size === 1 && way !== 'other' ? way : undefined;
}

/** Where consumers call the first API, as far as its provider can tell. */
const endpointOf = (
  found: FoundProduct,
  { apis }: ApiFacts,
): string | undefined => apis.get(found.apis[0]?.id ?? '')?.call?.address;

export const titleOf = (nameThere: string, name: string): string =>
  nameThere.trim() === '' ? name : nameThere;

function recordSpec(
  kind: typeof PRODUCT_KIND | typeof PLAN_KIND,
  found: FoundProduct | FoundPlan,
  { owner, name }: BareRecord,
): RecordSpec {
  return {
    ref: refOf(kind, { namespace: NAMESPACE, name }),
    namespace: NAMESPACE,
    name,
    title: titleOf(found.name, name),
    owner,
  };
}

export function bareProduct(
  found: FoundProduct,
  record: BareRecord,
  facts: ApiFacts,
): ProductSpec {
  const authentication = authenticationOf(found, facts);
  const gatewayEndpoint = endpointOf(found, facts);
  return {
    ...recordSpec(PRODUCT_KIND, found, record),
    tags: [],
    links: [],
    type: 'rest',
    lifecycle: 'draft',
    provider: record.provider,
    apis: productApisOf(found, facts),
    ...(gatewayEndpoint ? { gatewayEndpoint } : {}),
    ...(authentication ? { authentication } : {}),
    plans: [],
    catalogues: [],
    approvers: [],
    guides: [],
    specs: [],
    terms: [],
    visibility: {
      comingSoon: false,
      preview: false,
      featured: false,
      displayPriority: 0,
    },
    external: {},
  };
}

export function barePlan(found: FoundPlan, record: BareRecord): PlanSpec {
  return {
    ...recordSpec(PLAN_KIND, found, record),
    provider: record.provider,
    ...limitsOf(found),
    approval: { mode: 'manual' },
    credentials: { max: 2, rotationOverlap: 'PT24H', revealWithin: 'P7D' },
    scopes: [],
    catalogues: [],
    pricing: { mode: 'free' },
    displayPriority: 0,
  };
}

/** The table of each noun. */
export const TABLE: Record<Noun, 'products' | 'plans'> = {
  product: 'products',
  plan: 'plans',
};
