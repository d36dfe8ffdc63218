/**
 * From entities as people write them to the normal form. The entities must have gone through the parsers of
 * `./parse`: nothing is checked again here.
 */
import {
  ANNOTATION_EDIT_URL,
  DEFAULT_NAMESPACE,
  Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { ProductApi } from '../model/catalogue';
import { ANNOTATION_RENAMED_FROM } from './kinds';
import { completeRef, completeRefs } from './refs';
import type { CatalogueSpec, PlanSpec, ProductSpec, RecordSpec } from './specs';
import type {
  APICatalogueEntity,
  APIPlanEntity,
  APIProductApi,
  APIProductEntity,
  ScopeList,
} from './types';

const PLAN_CREDENTIALS = {
  max: 2,
  rotationOverlap: 'PT24H',
  revealWithin: 'P7D',
};

const namespaceOf = (entity: Entity): string =>
  entity.metadata.namespace ?? DEFAULT_NAMESPACE;

/** An empty text says as much as no text. */
const filled = (text: string | undefined): string | undefined =>
  text === '' ? undefined : text;

/** Leaves out fields without a value, so that equal records are equal texts as well. */
function compact<T extends object>(record: T): T {
  const result = { ...record };
  for (const key of Object.keys(result)) {
    if (Reflect.get(result, key) === undefined) {
      Reflect.deleteProperty(result, key);
    }
  }
  return result;
}

function recordOf(entity: Entity, owner: string): RecordSpec {
  const { name, title, description, annotations } = entity.metadata;
  const namespace = namespaceOf(entity);
  const former = annotations?.[ANNOTATION_RENAMED_FROM];
  return {
    ref: stringifyEntityRef(entity),
    namespace,
    name,
    title: filled(title) ?? name,
    description: filled(description),
    owner: completeRef(owner, namespace, 'group'),
    editUrl: annotations?.[ANNOTATION_EDIT_URL],
    renamedFrom: former && completeRef(former, namespace, entity.kind),
  };
}

function scopesOf(scopes: ScopeList | undefined): string[] {
  const list = typeof scopes === 'string' ? scopes.split(/[\s,]+/) : scopes;
  return [...new Set((list ?? []).filter(scope => scope !== ''))];
}

function apiOf(api: APIProductApi, namespace: string): ProductApi {
  const { ref, ...rest } = typeof api === 'string' ? { ref: api } : api;
  return compact({ ref: ref && completeRef(ref, namespace, 'api'), ...rest });
}

/**
 * The normal form of a product.
 *
 * References without a namespace mean the namespace of the product itself, as everywhere in Backstage: a product in
 * namespace `partners` names the plan `default/gold` with its namespace.
 * @public
 */
export function productFromEntity(entity: APIProductEntity): ProductSpec {
  const { spec, metadata } = entity;
  const namespace = namespaceOf(entity);
  const { visibility, dynamicClientRegistration: dcr, billing } = spec;
  return compact<ProductSpec>({
    ...recordOf(entity, spec.owner),
    tags: metadata.tags ?? [],
    links: (metadata.links ?? []).map(({ url, title }) =>
      compact({ url, title }),
    ),
    type: spec.type ?? 'rest',
    contact: filled(spec.contact),
    lifecycle: spec.lifecycle ?? 'draft',
    version: spec.version,
    system: spec.system && completeRef(spec.system, namespace, 'system'),
    provider: spec.provider,
    providerName: spec.providerName,
    apis: (spec.apis ?? []).map(api => apiOf(api, namespace)),
    gatewayEndpoint: spec.gatewayEndpoint,
    authentication: spec.authentication,
    plans: completeRefs(spec.plans, namespace, 'apiplan'),
    catalogues: completeRefs(spec.catalogues, namespace, 'apicatalogue'),
    approvers: completeRefs(spec.approvers, namespace, 'group'),
    content: filled(spec.content),
    guides: spec.guides ?? [],
    specs: spec.specs ?? [],
    terms: (spec.terms ?? []).map(terms => ({ required: true, ...terms })),
    visibility: compact({
      comingSoon: visibility?.comingSoon ?? false,
      comingSoonText: filled(visibility?.comingSoonText),
      preview: visibility?.preview ?? false,
      featured: visibility?.featured ?? false,
      displayPriority: visibility?.displayPriority ?? 0,
      logo: filled(visibility?.logo),
    }),
    dynamicClientRegistration: dcr && {
      ...dcr,
      scopes: scopesOf(dcr.scopes),
    },
    sla: spec.sla,
    billing:
      billing &&
      compact({
        productCode: filled(billing.productCode),
        paymentSource: filled(billing.paymentSource),
        paymentConfigurationId: filled(billing.paymentConfigurationId),
        meteringModels: billing.meteringModels ?? [],
        notifyOnInvoice: billing.notifyOnInvoice ?? false,
        notificationAddresses: billing.notificationAddresses ?? [],
        quotaThresholds: billing.quotaThresholds ?? [],
        notifyTrialExpiry: billing.notifyTrialExpiry ?? false,
      }),
    external: Object.fromEntries(
      Object.entries(spec.external ?? {}).filter(
        ([, value]) => value.length > 0,
      ),
    ),
  });
}

/** The normal form of a plan, with the defaults of everything that it does not say. @public */
export function planFromEntity(entity: APIPlanEntity): PlanSpec {
  const { spec } = entity;
  return compact<PlanSpec>({
    ...recordOf(entity, spec.owner),
    provider: spec.provider,
    providerName: spec.providerName,
    rateLimit: spec.rateLimit,
    quota: spec.quota,
    keyLifetime: spec.keyLifetime ?? 'never',
    approval: spec.approval ?? { mode: 'manual' },
    accessRequests: spec.accessRequests,
    credentials: { ...PLAN_CREDENTIALS, ...spec.credentials },
    scopes: scopesOf(spec.scopes),
    credentialMetadata: spec.credentialMetadata ?? {},
    catalogues: completeRefs(
      spec.catalogues,
      namespaceOf(entity),
      'apicatalogue',
    ),
    pricing: spec.pricing ?? { mode: 'free' },
    displayPriority: spec.displayPriority ?? 0,
  });
}

/** The normal form of a catalogue. @public */
export function catalogueFromEntity(entity: APICatalogueEntity): CatalogueSpec {
  const { spec } = entity;
  return compact<CatalogueSpec>({
    ...recordOf(entity, spec.owner),
    visibility: spec.visibility ?? 'private',
    audience: completeRefs(spec.audience, namespaceOf(entity), 'group'),
    publishers:
      spec.publishers &&
      completeRefs(spec.publishers, namespaceOf(entity), 'group'),
  });
}
