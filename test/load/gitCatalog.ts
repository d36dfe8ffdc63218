/**
 * A catalog with many products from Git, as its client sees it: answers are texts that the asker has to parse, and each
 * byte is counted.
 */
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';

const PLANS = 20;
const APIS = 200;
const OWNER = 'group:default/platform-owners';
const SENTENCES = 'What people have to know before they call it. '.repeat(40);

interface Served {
  ref: string;
  etag: number;
  entity: Entity;
}

const base = (kind: string, name: string, apiVersion: string) => ({
  apiVersion,
  kind,
  metadata: {
    name,
    namespace: 'default',
    uid: `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
    title: `${kind} ${name}`,
    annotations: {
      'backstage.io/managed-by-location': `url:https://git.example.com/products/tree/main/${name}.yaml`,
      'backstage.io/managed-by-origin-location':
        'url:https://git.example.com/products/tree/main/all.yaml',
      'backstage.io/edit-url': `https://git.example.com/products/edit/main/${name}.yaml`,
    },
  },
});

const OURS = 'api-products/v1alpha1';

const apiEntity = (i: number): Entity => {
  const entity = base('API', `api-${i}`, 'backstage.io/v1alpha1');
  return {
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'tyk.io/apiId': `id-${i}`,
      },
    },
    spec: {
      type: 'openapi',
      lifecycle: 'production',
      owner: OWNER,
      definition: SENTENCES,
    },
    relations: [{ type: 'ownedBy', targetRef: OWNER }],
  };
};

/** What is known of an API by its entity. */
export function benchApi(ref: string): {
  title: string;
  providerApiId: string;
} {
  const name = ref.slice(ref.lastIndexOf('/') + 1);
  return { title: `API ${name}`, providerApiId: name.replace('api-', 'id-') };
}

/** Where plans and products are; without, they are at none. */
interface Place {
  provider?: string;
}

const planEntity = (i: number, place: Place): Entity => ({
  ...base('APIPlan', `plan-${i}`, OURS),
  spec: {
    ...place,
    owner: OWNER,
    rateLimit: { requests: 5 + i, per: 10 },
    quota: 'unlimited',
    catalogues: ['internal'],
  },
});

export const benchProduct = (i: number, place: Place): Entity => ({
  ...base('APIProduct', `product-${i}`, OURS),
  spec: {
    ...place,
    type: 'rest',
    owner: OWNER,
    lifecycle: 'active',
    apis: [0, 7, 13].map(n => `api:default/api-${(i + n) % APIS}`),
    plans: [0, 3, 5].map(n => `plan-${(i + n) % PLANS}`),
    catalogues: ['internal'],
    content: SENTENCES,
  },
});

const catalogueEntity = (): Entity => ({
  ...base('APICatalogue', 'internal', OURS),
  spec: { owner: OWNER, visibility: 'public' },
});

const refOf = ({ kind, metadata }: Entity): string =>
  `${kind.toLocaleLowerCase('en-US')}:default/${metadata.name}`;

export interface GitCatalog {
  service: CatalogService;
  /** What was asked since the last call. */
  asked(): { bytes: number; calls: number };
  /** Changes what products say, as a commit does. */
  change(count: number): void;
}

/** What the catalog leaves of an entity that is asked for by fields. */
function picked(entity: Entity, fields: readonly string[] = []): object {
  if (fields.length === 0) {
    return entity;
  }
  const metadata = Object.fromEntries(
    Object.entries(entity.metadata).filter(
      ([name]) =>
        fields.includes('metadata') || fields.includes(`metadata.${name}`),
    ),
  );
  return Object.assign(
    Object.fromEntries(
      Object.entries(entity).filter(([name]) => fields.includes(name)),
    ),
    { metadata },
  );
}

export function gitCatalog(products: number, place: Place = {}): GitCatalog {
  const served: Served[] = [
    catalogueEntity(),
    ...Array.from({ length: PLANS }, (_, i) => planEntity(i, place)),
    ...Array.from({ length: products }, (_, i) => benchProduct(i, place)),
    ...Array.from({ length: APIS }, (_, i) => apiEntity(i)),
  ].map(entity => ({ ref: refOf(entity), etag: 1, entity }));
  const byRef = new Map(served.map(one => [one.ref, one]));
  /** What was said before is not made anew: that is the catalog's work, not the asker's. */
  const texts = new Map<string, string>();
  let bytes = 0;
  let calls = 0;
  let changes = 0;

  const textOf = ({ ref, etag, entity }: Served, fields?: string[]): string => {
    const key = `${ref} ${etag} ${fields?.join()}`;
    const known = texts.get(key);
    if (known !== undefined) {
      return known;
    }
    const full = {
      ...entity,
      metadata: { ...entity.metadata, etag: `${ref}@${etag}`.padEnd(40, '0') },
    };
    const text = JSON.stringify(picked(full, fields));
    texts.set(key, text);
    return text;
  };
  const answer = (some: (Served | undefined)[], fields?: string[]) => {
    const text = `[${some
      .map(one => (one ? textOf(one, fields) : 'null'))
      .join()}]`;
    bytes += text.length;
    calls++;
    return JSON.parse(text);
  };

  return {
    service: Object.assign(catalogServiceMock(), {
      async queryEntities(
        request: Parameters<CatalogService['queryEntities']>[0],
      ) {
        const cursor =
          request && 'cursor' in request ? request.cursor : undefined;
        const asked = cursor ?? JSON.stringify({ ...request, at: 0 });
        const { at, filter, query } = JSON.parse(asked);
        const wanted = JSON.stringify(filter ?? query).toLocaleLowerCase(
          'en-US',
        );
        const limit = request?.limit ?? 20;
        const all = served.filter(({ entity: { kind } }) =>
          wanted.includes(`"${kind.toLocaleLowerCase('en-US')}"`),
        );
        return {
          items: answer(all.slice(at, at + limit), request?.fields),
          totalItems: all.length,
          pageInfo:
            at + limit < all.length
              ? {
                  nextCursor: JSON.stringify({
                    at: at + limit,
                    filter,
                    query,
                  }),
                }
              : {},
        };
      },
      async getEntitiesByRefs({
        entityRefs,
        fields,
      }: Parameters<CatalogService['getEntitiesByRefs']>[0]) {
        return {
          items: answer(
            entityRefs.map(ref => byRef.get(ref)),
            fields,
          ),
        };
      },
    }),
    asked() {
      const since = { bytes, calls };
      bytes = 0;
      calls = 0;
      return since;
    },
    change(count) {
      changes++;
      for (const one of served
        .filter(({ entity }) => entity.kind === 'APIProduct')
        .slice(0, count)) {
        one.etag++;
        one.entity = {
          ...one.entity,
          spec: { ...one.entity.spec, content: `${SENTENCES} ${changes}` },
        };
      }
    },
  };
}
