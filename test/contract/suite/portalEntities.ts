/** What the catalog says of a shop whose products are at the target, under names with its prefix. */
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import type { ApiKind, Target } from './Target';

const apiVersion = 'api-products/v1alpha1';
const owner = 'group:default/payments-team';
/** Of the target's own driver. */
const PROVIDER = 'contract';

type Named = Pick<Target, 'prefix' | 'api'>;

const entity = (kind: string, name: string, spec: JsonObject): Entity => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'default', title: name },
  spec: { owner, ...spec },
});

/**
 * @param provider - named on the entity, and in its name, where the portal has several
 */
export const apiEntity = (
  target: Named,
  kind: ApiKind,
  provider?: string,
): Entity => {
  const { id } = target.api(kind);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'API',
    metadata: {
      name: provider ? `${provider}-${kind}` : id,
      namespace: 'default',
      annotations: {
        'tyk.io/apiId': id,
        ...(provider ? { 'tyk.io/provider': provider } : {}),
      },
    },
    spec: { type: 'openapi', lifecycle: 'production', owner, definition: '{}' },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
};

export const catalogueEntity = ({ prefix }: Named): Entity =>
  entity('APICatalogue', prefix, { visibility: 'public' });

/** Approved at once. */
export const planEntity = (
  { prefix }: Named,
  name: string,
  spec: JsonObject = {},
): Entity =>
  entity('APIPlan', `${prefix}-${name}`, {
    // Plans are for platform owners.
    owner: 'group:default/platform-owners',
    provider: PROVIDER,
    rateLimit: { requests: 1000, per: 60 },
    quota: { requests: 1000, per: 'P1D' },
    approval: { mode: 'auto' },
    credentials: { max: 5 },
    catalogues: [prefix],
    ...spec,
  });

/** @param plans - names without the prefix */
export const productEntity = (
  target: Named,
  name: string,
  plans: readonly string[],
  options: { api?: ApiKind; spec?: JsonObject } = {},
): Entity =>
  entity('APIProduct', `${target.prefix}-${name}`, {
    type: 'rest',
    lifecycle: 'active',
    provider: PROVIDER,
    apis: [`api:default/${target.api(options.api ?? 'first').id}`],
    plans: plans.map(plan => `${target.prefix}-${plan}`),
    catalogues: [target.prefix],
    ...options.spec,
  });

/** One product on one plan: `<prefix>-shop` on `<prefix>-free`. */
export const shop = (target: Named): Entity[] => [
  apiEntity(target, 'first'),
  catalogueEntity(target),
  planEntity(target, 'free'),
  productEntity(target, 'shop', ['free']),
];
