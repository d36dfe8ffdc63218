/** From rows to what the REST API shows, in the caller's eyes. */
import type {
  Authentication,
  Catalogue,
  EntityRef,
  MyAccess,
  Plan,
  PlanSpec,
  PlanLink,
  PlanSummary,
  Product,
  ProductAction,
  ProductApi,
  ProductSpec,
  ProviderState,
  RecordAction,
} from 'backstage-plugin-api-products-common';
import { type CatalogueRow, type PlanRow, type ProductRow } from '../lib/rows';
import type { Caller } from '../identity/Caller';
import { mayListIn } from './listings';
import { closedReason } from './offers';
import {
  approversOf,
  catalogueSpecOf,
  planSpecOf,
  productSpecOf,
} from './specs';

/** What stands beside a product in other tables. */
export interface ProductParts {
  apis: ProductApi[];
  /** Plans the caller can combine with it. */
  plans: PlanRow[];
  /** Catalogues it stands in that the caller sees. */
  catalogues: EntityRef[];
  myAccess?: MyAccess;
}

type WithProvider = Pick<
  ProductRow,
  'provider_status' | 'provider_message' | 'policy_id'
>;

function providerStateOf(row: WithProvider): ProviderState {
  switch (row.provider_status) {
    case 'ready':
      return row.policy_id === null
        ? { status: 'pending' }
        : { status: 'ready', policyId: row.policy_id };
    case 'failed':
      return { status: 'failed', message: row.provider_message ?? '' };
    default:
      return { status: row.provider_status };
  }
}

const findingsOf = ({
  findings,
}: Pick<ProductRow, 'findings'>): string[] | undefined =>
  findings === null ? undefined : JSON.parse(findings);

/** Its policy is not at the provider, and does not come by itself. Why is for those who can do something about it. */
const isAway = ({
  provider_id: provider,
  provider_status: status,
}: Pick<ProductRow, 'provider_id' | 'provider_status'>): boolean =>
  provider !== null && (status === 'failed' || status === 'none');

const owns = (caller: Caller, refs: EntityRef[]): boolean =>
  caller.kind === 'user' &&
  (caller.platformOwner || refs.some(ref => caller.ownership.includes(ref)));

/** Another plugin reads all: the catalog module emits the entity from it. */
const readsAll = (caller: Caller, refs: EntityRef[]): boolean =>
  caller.kind === 'service' || owns(caller, refs);

const authentications: Record<string, Authentication | undefined> = {
  'auth-token': 'auth-token',
  jwt: 'jwt',
  basic: 'basic',
  mtls: 'mtls',
  keyless: 'keyless',
} satisfies Record<Authentication, Authentication>;

export const authenticationOf = ({
  authentication,
}: Pick<ProductRow, 'authentication'>): Authentication | undefined =>
  authentications[authentication ?? ''];

type Written = Pick<ProductRow, 'origin' | 'owner_ref'>;

/** What comes from Git is changed there. */
const editsOf = (row: Written, caller: Caller): RecordAction[] =>
  row.origin !== 'catalog' && owns(caller, [row.owner_ref])
    ? ['edit', 'delete']
    : [];

const isPlanAuthor = (caller: Caller): boolean =>
  caller.kind === 'user' && caller.planAuthor;

/** Whether the product, by itself, can be asked for. */
const takesRequests = (row: ProductRow, apis: ProductApi[]): boolean =>
  closedReason(row) === undefined &&
  apis.every(api => api.providerApiId !== undefined);

function actionsOf(
  row: ProductRow,
  parts: ProductParts,
  caller: Caller,
  decides: boolean,
): ProductAction[] {
  const actions: ProductAction[] = [];
  if (
    caller.kind === 'user' &&
    takesRequests(row, parts.apis) &&
    parts.plans.length > 0
  ) {
    actions.push('request-access');
  }
  if (decides) {
    actions.push('see-requests');
  }
  return [...actions, ...editsOf(row, caller)];
}

function planSummaryOf(row: PlanRow): PlanSummary {
  const spec = planSpecOf(row);
  return {
    ref: row.ref,
    title: row.title,
    description: row.description ?? undefined,
    rateLimit: spec.rateLimit,
    quota: spec.quota,
    keyLifetime: spec.keyLifetime,
    approval: spec.approval,
    pricing: spec.pricing,
    displayPriority: spec.displayPriority,
    keysDelayed: isAway(row) ? true : undefined,
  };
}

/** Without the product's policy no key of it comes, whatever the plan. */
const planBeside =
  (product: ProductRow) =>
  (row: PlanRow): PlanSummary => ({
    ...planSummaryOf(row),
    ...(isAway(product) ? { keysDelayed: true } : {}),
  });

/** Texts that lists leave out, unless another plugin reads them. */
const longTexts = (spec: ProductSpec, full: boolean) =>
  full
    ? { content: spec.content, guides: spec.guides, specs: spec.specs }
    : {
        guides: spec.guides.map(({ title, url }) => ({ title, url })),
        specs: [],
      };

/** @param full - with the long texts; lists leave them out */
export function productOf(
  row: ProductRow,
  parts: ProductParts,
  caller: Caller,
  full: boolean,
): Product {
  const spec = productSpecOf(row);
  const approvers = approversOf(spec);
  const decides = owns(caller, approvers);
  const knowsAll = readsAll(caller, approvers);
  return {
    id: row.id,
    revision: row.revision,
    ref: row.ref,
    namespace: row.namespace,
    name: row.name,
    title: row.title,
    description: row.description ?? undefined,
    type: spec.type,
    version: spec.version,
    lifecycle: row.lifecycle,
    owner: row.owner_ref,
    approvers,
    system: spec.system,
    provider: row.provider_id ?? undefined,
    authentication: authenticationOf(row),
    gatewayEndpoint: spec.gatewayEndpoint,
    tags: spec.tags,
    catalogues: parts.catalogues,
    apis: parts.apis,
    plans: parts.plans.map(planBeside(row)),
    ...longTexts(spec, full || caller.kind === 'service'),
    links: spec.links,
    contact: spec.contact,
    providerName: spec.providerName,
    dynamicClientRegistration: spec.dynamicClientRegistration,
    billing: knowsAll ? spec.billing : undefined,
    external: spec.external,
    terms: spec.terms,
    visibility: spec.visibility,
    sla: spec.sla,
    origin: row.origin,
    editUrl: row.edit_url ?? undefined,
    hiddenSince: row.hidden_at ?? undefined,
    // What the provider said is for those who can do something about it.
    providerState: knowsAll ? providerStateOf(row) : { status: 'none' },
    findings: knowsAll ? findingsOf(row) : undefined,
    refs: readsAll(caller, [row.owner_ref])
      ? {
          plans: spec.plans,
          catalogues: spec.catalogues,
          approvers: spec.approvers,
        }
      : undefined,
    myAccess: parts.myAccess,
    actions: actionsOf(row, parts, caller, decides),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function planOf(
  row: PlanRow,
  catalogues: EntityRef[],
  caller: Caller,
): Plan {
  const spec = planSpecOf(row);
  return {
    ...planSummaryOf(row),
    id: row.id,
    revision: row.revision,
    namespace: row.namespace,
    name: row.name,
    owner: row.owner_ref,
    provider: row.provider_id ?? undefined,
    accessRequests: spec.accessRequests,
    credentials: spec.credentials,
    scopes: spec.scopes,
    credentialMetadata: spec.credentialMetadata,
    providerName: spec.providerName,
    catalogues,
    refs: readsAll(caller, [row.owner_ref])
      ? { catalogues: spec.catalogues }
      : undefined,
    actions: isPlanAuthor(caller) ? editsOf(row, caller) : [],
    origin: row.origin,
    editUrl: row.edit_url ?? undefined,
    hiddenSince: row.hidden_at ?? undefined,
    providerState: readsAll(caller, [row.owner_ref])
      ? providerStateOf(row)
      : { status: 'none' },
    findings: readsAll(caller, [row.owner_ref]) ? findingsOf(row) : undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

export function catalogueOf(row: CatalogueRow, caller: Caller): Catalogue {
  return {
    id: row.id,
    revision: row.revision,
    ref: row.ref,
    namespace: row.namespace,
    name: row.name,
    title: row.title,
    description: row.description ?? undefined,
    owner: row.owner_ref,
    visibility: row.visibility,
    audience: readsAll(caller, [row.owner_ref])
      ? catalogueSpecOf(row).audience
      : undefined,
    publishers: readsAll(caller, [row.owner_ref])
      ? catalogueSpecOf(row).publishers
      : undefined,
    actions: [
      ...editsOf(row, caller),
      ...(caller.kind === 'user' && mayListIn(caller, row)
        ? (['list'] as const)
        : []),
    ],
    origin: row.origin,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The plan that a row was joined with. */
export function planLinkOf(row: {
  plan_ref: EntityRef;
  plan_title: string;
  plan_spec: string;
}): PlanLink {
  const spec: PlanSpec = planSpecOf({ spec: row.plan_spec });
  const { mode, label, amount, currency, period } = spec.pricing;
  return {
    ref: row.plan_ref,
    title: row.plan_title,
    rateLimit: spec.rateLimit,
    quota: spec.quota,
    keyLifetime: spec.keyLifetime,
    pricing: { mode, label, amount, currency, period },
  };
}
