import { registerMswTestHooks } from '@backstage/frontend-test-utils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { DemoIdentity } from './DemoIdentity';
import { rememberedPerson, rememberPerson } from './rememberedPerson';

const discoveryApi = {
  getBaseUrl: async (plugin: string) => `http://backend/api/${plugin}`,
};

describe('DemoIdentity', () => {
  const server = setupServer();
  registerMswTestHooks(server);
  let issued = 0;

  beforeEach(() => {
    issued = 0;
    window.localStorage.clear();
    window.sessionStorage.clear();
    server.use(
      http.get('http://backend/api/auth/demo/refresh', ({ request }) => {
        const name = request.headers.get('X-Demo-User');
        if (name === 'nobody') {
          return HttpResponse.json(
            { error: { name: 'NotAllowedError', message: 'Nobody is called' } },
            { status: 403 },
          );
        }
        issued += 1;
        return HttpResponse.json({
          profile: { displayName: 'Dana' },
          backstageIdentity: {
            token: `token-${issued}`,
            expiresInSeconds: 3600,
            identity: {
              type: 'user',
              userEntityRef: `user:default/${name}`,
              ownershipEntityRefs: [`user:default/${name}`],
            },
          },
        });
      }),
    );
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  const signIn = (person: string) =>
    DemoIdentity.signIn({ person, discoveryApi });

  it('is the person that signed in', async () => {
    const identity = await signIn('dana');

    expect(await identity.getProfileInfo()).toEqual({ displayName: 'Dana' });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/dana',
    });
  });

  it('remembers the person until signing out', async () => {
    const identity = await signIn('dana');
    expect(rememberedPerson()).toBe('dana');

    await identity.signOut();
    expect(rememberedPerson()).toBeUndefined();
  });

  it('does not remember somebody whom the backend refuses', async () => {
    await expect(signIn('nobody')).rejects.toThrow('403');
    expect(rememberedPerson()).toBeUndefined();
  });

  it('keeps its token while it is good and fetches a new one in time', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    const identity = await signIn('dana');

    jest.setSystemTime(Date.now() + 58 * 60_000);
    expect(await identity.getCredentials()).toEqual({ token: 'token-1' });

    jest.setSystemTime(Date.now() + 90_000);
    expect(await identity.getCredentials()).toEqual({ token: 'token-2' });
  });

  it('fetches one token for all who ask at once', async () => {
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    const identity = await signIn('dana');
    jest.setSystemTime(Date.now() + 60 * 60_000);

    const tokens = await Promise.all(
      Array.from({ length: 5 }, () => identity.getCredentials()),
    );

    expect(new Set(tokens.map(({ token }) => token))).toEqual(
      new Set(['token-2']),
    );
    expect(issued).toBe(2);
  });
});

describe('rememberedPerson', () => {
  it('lets each tab be somebody else, and a new tab the last one', () => {
    window.localStorage.clear();
    window.sessionStorage.clear();
    rememberPerson('dana');
    // Somebody else signed in in another tab, which shares the local storage only.
    window.localStorage.setItem('api-products-demo.person', 'omar');
    expect(rememberedPerson()).toBe('dana');

    window.sessionStorage.clear();
    expect(rememberedPerson()).toBe('omar');
  });
});
