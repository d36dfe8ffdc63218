/** Records that do not come from Git, as entities. What their field is called here and there is the same. */
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  Entity,
} from '@backstage/catalog-model';
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  ANNOTATION_ORIGIN,
  ANNOTATION_POLICY_ID,
  API_CATALOGUE_KIND,
  API_PLAN_KIND,
  API_PRODUCTS_API_VERSION,
  API_PRODUCT_KIND,
  Catalogue,
  ProviderState,
} from 'backstage-plugin-api-products-common';
import type { PlanRecord, ProductRecord, RecordsSnapshot } from './records';

type AnyRecord = ProductRecord | PlanRecord | Catalogue;

/** JSON has no undefined: fields without a value are left out, however deep. */
function json(value: unknown): JsonValue | undefined {
  if (Array.isArray(value)) {
    return value.map(item => json(item) ?? null);
  }
  if (typeof value === 'object' && value !== null) {
    return fields(value);
  }
  return typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
    ? value
    : undefined;
}

function fields(value: object): JsonObject {
  const result: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) {
    const kept = json(inner);
    if (kept !== undefined) {
      result[name] = kept;
    }
  }
  return result;
}

function entityOf(
  kind: string,
  record: AnyRecord,
  url: string,
  rest: { metadata?: object; state?: ProviderState; spec: object },
): Entity {
  const location = `url:${url}/${encodeURIComponent(
    record.namespace,
  )}/${encodeURIComponent(record.name)}`;
  return {
    apiVersion: API_PRODUCTS_API_VERSION,
    kind,
    metadata: {
      namespace: record.namespace,
      name: record.name,
      title: record.title,
      ...(record.description ? { description: record.description } : {}),
      ...rest.metadata,
      annotations: {
        [ANNOTATION_LOCATION]: location,
        [ANNOTATION_ORIGIN_LOCATION]: location,
        [ANNOTATION_ORIGIN]: record.origin,
        ...(rest.state?.status === 'ready'
          ? { [ANNOTATION_POLICY_ID]: rest.state.policyId }
          : {}),
      },
    },
    spec: fields({ owner: record.owner, ...rest.spec }),
  };
}

function productEntity(record: ProductRecord, baseUrl: string): Entity {
  return entityOf(API_PRODUCT_KIND, record, `${baseUrl}/products`, {
    state: record.providerState,
    metadata: fields({ tags: record.tags, links: record.links }),
    spec: {
      type: record.type,
      contact: record.contact,
      lifecycle: record.lifecycle,
      version: record.version,
      system: record.system,
      provider: record.provider,
      providerName: record.providerName,
      // What an API is called is said by its own entity.
      apis: record.apis.map(
        ({ ref, providerApiId, versions, allowedUrls }) => ({
          ref,
          providerApiId,
          versions,
          allowedUrls,
        }),
      ),
      gatewayEndpoint: record.gatewayEndpoint,
      authentication: record.authentication,
      ...record.refs,
      content: record.content,
      guides: record.guides,
      specs: record.specs,
      terms: record.terms,
      visibility: record.visibility,
      dynamicClientRegistration: record.dynamicClientRegistration,
      sla: record.sla,
      billing: record.billing,
      external: record.external,
    },
  });
}

function planEntity(record: PlanRecord, baseUrl: string): Entity {
  return entityOf(API_PLAN_KIND, record, `${baseUrl}/plans`, {
    state: record.providerState,
    spec: {
      provider: record.provider,
      providerName: record.providerName,
      rateLimit: record.rateLimit,
      quota: record.quota,
      keyLifetime: record.keyLifetime,
      approval: record.approval,
      accessRequests: record.accessRequests,
      credentials: record.credentials,
      scopes: record.scopes,
      credentialMetadata: record.credentialMetadata,
      ...record.refs,
      pricing: record.pricing,
      displayPriority: record.displayPriority,
    },
  });
}

function catalogueEntity(record: Catalogue, baseUrl: string): Entity {
  return entityOf(API_CATALOGUE_KIND, record, `${baseUrl}/catalogues`, {
    spec: {
      visibility: record.visibility,
      audience: record.audience,
      publishers: record.publishers,
    },
  });
}

/**
 * All records as entities.
 *
 * @param baseUrl - of the records' REST API; the entities' location is below it
 */
export function entitiesOf(
  { products, plans, catalogues }: RecordsSnapshot,
  baseUrl: string,
): Entity[] {
  return [
    ...products.map(record => productEntity(record, baseUrl)),
    ...plans.map(record => planEntity(record, baseUrl)),
    ...catalogues.map(record => catalogueEntity(record, baseUrl)),
  ];
}
