import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import demoProvider from './authModuleDemoProvider';

const DANA = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'dana', namespace: 'default' },
  spec: { profile: { displayName: 'Dana' }, memberOf: ['shop-team'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/shop-team' }],
};

async function startAuth() {
  const { server } = await startTestBackend({
    features: [
      authPlugin,
      demoProvider,
      catalogServiceMock.factory({ entities: [DANA] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: { environment: 'development', providers: { demo: {} } },
        },
      }),
    ],
  });
  return server;
}

describe('the demo sign-in', () => {
  const nodeEnv = process.env.NODE_ENV;
  const setNodeEnv = (value = 'test') =>
    Object.assign(process.env, { NODE_ENV: value });

  afterEach(() => {
    setNodeEnv(nodeEnv);
  });

  it('signs in whom the header names, with the groups the catalog knows', async () => {
    const response = await request(await startAuth())
      .get('/api/auth/demo/refresh')
      .set('X-Demo-User', 'dana');

    expect(response.status).toBe(200);
    expect(response.body).toMatchObject({
      profile: { displayName: 'Dana' },
      backstageIdentity: {
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/dana',
          ownershipEntityRefs: ['user:default/dana', 'group:default/shop-team'],
        },
      },
    });
  });

  it('does not mind capitals and spaces around the name', async () => {
    const response = await request(await startAuth())
      .get('/api/auth/demo/refresh')
      .set('X-Demo-User', ' Dana ');

    expect(response.status).toBe(200);
  });

  it.each(['nobody', 'group:default/shop-team', '../dana', 'dana/dana'])(
    'refuses %p, who is not in the catalog, and says so',
    async name => {
      const response = await request(await startAuth())
        .get('/api/auth/demo/refresh')
        .set('X-Demo-User', name);

      expect(response.status).toBe(403);
      expect(response.body.error.message).toContain(
        `Nobody in the demo portal is called '${name}'`,
      );
    },
  );

  it('asks who it is when the header is missing', async () => {
    const response = await request(await startAuth()).get(
      '/api/auth/demo/refresh',
    );

    expect(response.status).toBe(401);
    expect(response.body.error.message).toContain('X-Demo-User: dana');
  });

  it.each(['production', 'staging', ''])(
    'keeps the backend from starting when NODE_ENV is %p',
    async value => {
      setNodeEnv(value);

      await expect(startAuth()).rejects.toThrow(
        /demo sign-in .* exists for development only.*auth\.providers\.demo is configured/,
      );
    },
  );
});
