/**
 * What the plugin hides, the Backstage catalog hides: the real catalog, which turns our rule into questions to its
 * database, asked by each person.
 */
import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  catalogProcessingExtensionPoint,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  ApiProductsVisibility,
  catalogModuleApiProducts,
} from 'backstage-plugin-catalog-backend-module-api-products';
import request from 'supertest';
import { z } from 'zod';
import { demoEntities } from './support/demo/entities';
import { authorizationOf, type Person } from './support/demo/people';
import { refOf } from './support/people';
import { waitFor } from './support/waitFor';

jest.setTimeout(120_000);

const apiVersion = 'api-products/v1alpha1';
const LOCATION = 'url:https://git.example.com/catalog-info.yaml';

const ours = (kind: string, name: string, spec: Entity['spec']): Entity => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'hidden', title: name },
  spec,
});

/** Names are short here, as people write them in Git: the catalog has to complete them. */
const HIDDEN: Entity[] = [
  ours('APICatalogue', 'for-partners', {
    owner: 'group:default/payments-team',
    visibility: 'private',
    audience: ['default/partners', 'user:default/Gus'],
    publishers: ['default/shop-team'],
  }),
  ours('APICatalogue', 'of-nobody-else', {
    owner: 'group:default/logistics-team',
  }),
  ours('APIPlan', 'partner-plan', {
    owner: 'group:default/platform-owners',
    rateLimit: 'unlimited',
    quota: 'unlimited',
    catalogues: ['for-partners'],
  }),
  ours('APIPlan', 'plan-of-nobody', {
    owner: 'group:default/mobile-team',
    rateLimit: 'unlimited',
    quota: 'unlimited',
  }),
  ...(['draft', 'active', 'deprecated', 'retired'] as const).map(lifecycle =>
    ours('APIProduct', `${lifecycle}-product`, {
      owner: 'group:default/payments-team',
      lifecycle,
      approvers: ['default/mobile-team'],
      plans: ['partner-plan'],
      catalogues: ['for-partners'],
    }),
  ),
  ours('APIProduct', 'says-no-lifecycle', {
    owner: 'group:default/logistics-team',
    catalogues: ['default/internal'],
  }),
  ours('APIProduct', 'stands-nowhere', {
    owner: 'group:default/logistics-team',
    lifecycle: 'active',
  }),
];

const OF_OTHERS: Entity = {
  apiVersion: 'other.example.com/v1',
  kind: 'APIProduct',
  metadata: { name: 'of-another-vendor', namespace: 'default' },
  spec: { owner: 'group:default/nobody' },
};

const entities = [...demoEntities, ...HIDDEN, OF_OTHERS].map(
  ({ relations: _, ...entity }) => ({
    ...entity,
    metadata: {
      ...entity.metadata,
      annotations: {
        ...entity.metadata.annotations,
        'backstage.io/managed-by-location': LOCATION,
        'backstage.io/managed-by-origin-location': LOCATION,
      },
    },
  }),
);

const catalogModule = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'test-entities',
  register(env) {
    env.registerInit({
      deps: { processing: catalogProcessingExtensionPoint },
      async init({ processing }) {
        processing.addEntityProvider({
          getProviderName: () => 'test',
          connect: connection =>
            connection.applyMutation({
              type: 'full',
              entities: entities.map(entity => ({
                entity,
                locationKey: 'test',
              })),
            }),
        });
        // The kind of another vendor needs somebody who knows it.
        processing.addProcessor({
          getProcessorName: () => 'other-vendor',
          validateEntityKind: async entity =>
            entity.apiVersion === OF_OTHERS.apiVersion,
        });
      },
    });
  },
});

/** A policy that only asks our helper; the framework's own way from one backend to the other is left out. */
const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    catalog: catalogServiceRef,
    config: coreServices.rootConfig,
    userInfo: coreServices.userInfo,
  },
  factory: ({ userInfo: people, ...deps }) => {
    const visibility = ApiProductsVisibility.create(deps);
    const allowed = { result: AuthorizeResult.ALLOW } as const;
    return {
      authorize: async requests => requests.map(() => allowed),
      authorizeConditional: async (requests, { credentials }) => {
        if (!deps.auth.isPrincipal(credentials, 'user')) {
          return requests.map(() => allowed);
        }
        const info = await people.getUserInfo(credentials);
        return Promise.all(
          requests.map(
            async query =>
              (await visibility.decide(query, { credentials, info })) ??
              allowed,
          ),
        );
      },
    };
  },
});

const ownershipOf = (userEntityRef: string) => [
  userEntityRef,
  ...demoEntities
    .filter(
      ({ kind, metadata }) =>
        kind === 'User' && refOf(metadata.name) === userEntityRef,
    )
    .flatMap(({ relations = [] }) =>
      relations.map(({ targetRef }) => targetRef),
    ),
];

const userInfo = createServiceFactory({
  service: coreServices.userInfo,
  deps: { auth: coreServices.auth },
  factory: ({ auth }) => ({
    async getUserInfo(credentials) {
      if (!auth.isPrincipal(credentials, 'user')) {
        throw new Error('Not a person');
      }
      const { userEntityRef } = credentials.principal;
      return { userEntityRef, ownershipEntityRefs: ownershipOf(userEntityRef) };
    },
  }),
});

const found = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
});

const people = ['paula', 'omar', 'liam', 'mia', 'pat', 'gus', 'dana'] as const;

/** What each person sees of what is not for everybody. */
const SEEN: Record<(typeof people)[number], string[]> = {
  paula: HIDDEN.map(({ metadata }) => metadata.name),
  // Owns the products and the catalogue.
  omar: [
    'for-partners',
    'partner-plan',
    'active-product',
    'deprecated-product',
    'draft-product',
    'retired-product',
  ],
  liam: ['of-nobody-else', 'says-no-lifecycle', 'stands-nowhere'],
  // Approves the products, and owns a plan.
  mia: [
    'plan-of-nobody',
    'active-product',
    'deprecated-product',
    'draft-product',
    'retired-product',
  ],
  // The audience: a group, and a person by name.
  pat: ['for-partners', 'partner-plan', 'active-product', 'deprecated-product'],
  gus: ['for-partners', 'partner-plan', 'active-product', 'deprecated-product'],
  // Publishes in the catalogue, and does not see what others list there.
  dana: ['for-partners'],
};

describe('the Backstage catalog', () => {
  let backend: TestBackend;

  const get = async (who: Person, path: string) => {
    return request(backend.server).get(`/api${path}`).set(authorizationOf(who));
  };

  /** Names of our entities in the namespace. */
  const seenBy = async (who: Person, namespace: string) => {
    const answer = await get(
      who,
      `/catalog/entities/by-query?limit=500&filter=apiVersion=${apiVersion},metadata.namespace=${namespace}`,
    );
    return found
      .parse(answer.body)
      .items.map(({ metadata }) => metadata.name)
      .sort();
  };

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleApiProducts,
        catalogModule,
        permissions,
        userInfo,
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
        mockServices.scheduler.factory({
          includeInitialDelayedTasksOnStartup: true,
        }),
        mockServices.rootConfig.factory({
          data: {
            apiProducts: { platformOwners: ['platform-owners'] },
          },
        }),
      ],
    });
    await waitFor(
      'the catalog has everything',
      async () => (await seenBy('paula', 'hidden')).length === HIDDEN.length,
    );
    // What was read of people and catalogues while the catalog was filling is kept for a few seconds.
    for (const who of people) {
      await waitFor(
        `${who} is known`,
        async () => (await seenBy(who, 'hidden')).length >= SEEN[who].length,
      );
    }
    await waitFor('the catalogues are known', async () =>
      (await seenBy('gus', 'default')).includes('free'),
    );
  });

  afterAll(async () => {
    await backend?.stop();
  });

  it.each(people)('shows %s what is theirs, and no more', async who => {
    expect(await seenBy(who, 'hidden')).toEqual([...SEEN[who]].sort());
  });

  it.each(people)('shows %s what is in a public catalogue', async who => {
    expect(await seenBy(who, 'default')).toEqual(
      expect.arrayContaining(['internal', 'payments', 'free']),
    );
  });

  it('keeps a draft and its whole spec from whoever asks for it by name', async () => {
    const path = '/catalog/entities/by-name/apiproduct/hidden/draft-product';
    expect((await get('dana', path)).status).toBe(404);
    expect((await get('pat', path)).status).toBe(404);
    expect((await get('omar', path)).status).toBe(200);
    expect((await get('mia', path)).status).toBe(200);
    expect((await get('paula', path)).status).toBe(200);
  });

  it('shows what is not ours to everybody, also where it bears the same kind', async () => {
    expect(
      (
        await get(
          'dana',
          '/catalog/entities/by-name/apiproduct/default/of-another-vendor',
        )
      ).status,
    ).toBe(200);
  });

  it('counts nothing for people that they do not see', async () => {
    const answer = await get(
      'dana',
      '/catalog/entity-facets?facet=spec.lifecycle&filter=kind=apiproduct',
    );
    expect(answer.text).not.toContain('retired');
  });
});
