/** Entities as the catalog has them, for tests of ingestion and of the whole plugin. */
import type { Entity } from '@backstage/catalog-model';

type Fields = {
  metadata?: Partial<Entity['metadata']>;
  spec?: Entity['spec'];
};

const apiVersion = 'api-products/v1alpha1';
const owner = 'group:default/platform-owners';

export const productEntity = (name: string, fields: Fields = {}): Entity => ({
  apiVersion,
  kind: 'APIProduct',
  metadata: { name, namespace: 'default', ...fields.metadata },
  spec: {
    type: 'rest',
    owner,
    lifecycle: 'active',
    provider: 'sandbox',
    apis: [`api:default/${name}`],
    plans: ['free'],
    catalogues: ['internal'],
    ...fields.spec,
  },
});

export const planEntity = (name: string, fields: Fields = {}): Entity => ({
  apiVersion,
  kind: 'APIPlan',
  metadata: { name, namespace: 'default', ...fields.metadata },
  spec: {
    owner,
    provider: 'sandbox',
    rateLimit: { requests: 5, per: 10 },
    quota: 'unlimited',
    catalogues: ['internal'],
    ...fields.spec,
  },
});

export const catalogueEntity = (name: string, fields: Fields = {}): Entity => ({
  apiVersion,
  kind: 'APICatalogue',
  metadata: { name, namespace: 'default', ...fields.metadata },
  spec: { owner, visibility: 'public', ...fields.spec },
});

/** Somebody, and what the catalog says that person is a member of. */
export const userEntity = (name: string, groups: string[] = []): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default' },
  spec: { memberOf: groups },
  relations: groups.map(group => ({
    type: 'memberOf',
    targetRef: `group:default/${group}`,
  })),
});

export const componentEntity = (name: string, ownedBy: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner: ownedBy },
  relations: [{ type: 'ownedBy', targetRef: ownedBy }],
});

export const apiEntity = (
  name: string,
  providerApiId?: string,
  by: { owner?: string; provider?: string } = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: {
    name,
    namespace: 'default',
    title: `${name} API`,
    annotations: {
      ...(providerApiId ? { 'tyk.io/apiId': providerApiId } : {}),
      ...(by.provider ? { 'tyk.io/provider': by.provider } : {}),
    },
  },
  spec: {
    type: 'openapi',
    lifecycle: 'production',
    owner: by.owner ?? owner,
    definition: '{}',
  },
  relations: [{ type: 'ownedBy', targetRef: by.owner ?? owner }],
});
