import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { AnyRequest } from './CallerResolver';
import { CallerResolver } from './CallerResolver';
import { testClock } from '../testing/clock';

function setUp(platformOwners = ['group:default/platform-owners']) {
  const clock = testClock();
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({
      userEntityRef: 'user:default/Dana',
      ownershipEntityRefs: ['user:default/Dana', 'group:default/Shop-Team'],
    }),
  });
  const httpAuth = mockServices.httpAuth.mock();
  const callers = CallerResolver.create({
    httpAuth,
    userInfo,
    platformOwners,
    clock,
  });
  // Only handed on to the service that is mocked.
  const req = Object.create(null) satisfies AnyRequest;
  return { callers, clock, httpAuth, userInfo, req };
}

describe('CallerResolver', () => {
  it('says who a person is and what he owns through, in lower case', async () => {
    const { callers, httpAuth, req } = setUp();
    httpAuth.credentials.mockResolvedValue(mockCredentials.user());
    const { caller } = await callers.user(req);
    expect(caller).toEqual({
      kind: 'user',
      ref: 'user:default/dana',
      ownership: ['user:default/dana', 'group:default/shop-team'],
      platformOwner: false,
    });
  });

  it('knows platform owners by their groups and by their own name', async () => {
    for (const owner of ['group:default/shop-team', 'user:default/dana']) {
      const { callers, httpAuth, req } = setUp([owner]);
      httpAuth.credentials.mockResolvedValue(mockCredentials.user());
      const { caller } = await callers.user(req);
      expect(caller.platformOwner).toBe(true);
    }
  });

  it('asks once in ten seconds, and again after a failure', async () => {
    const { callers, clock, httpAuth, userInfo, req } = setUp();
    httpAuth.credentials.mockResolvedValue(mockCredentials.user());
    userInfo.getUserInfo.mockRejectedValueOnce(new Error('no answer'));
    await expect(callers.user(req)).rejects.toThrow('no answer');
    await Promise.all([callers.user(req), callers.anyone(req)]);
    clock.advance(9_999);
    await callers.user(req);
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(2);
    clock.advance(1);
    await callers.user(req);
    expect(userInfo.getUserInfo).toHaveBeenCalledTimes(3);
  });

  it('takes another plugin as a service', async () => {
    const { callers, httpAuth, req } = setUp();
    httpAuth.credentials.mockResolvedValue(
      mockCredentials.service('plugin:catalog'),
    );
    const { caller } = await callers.anyone(req);
    expect(caller).toEqual({ kind: 'service', subject: 'plugin:catalog' });
  });
});
