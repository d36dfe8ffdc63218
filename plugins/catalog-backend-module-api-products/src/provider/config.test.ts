import { mockServices } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { readProviderConfig } from './config';

const read = (apiProducts?: JsonObject) =>
  readProviderConfig(
    mockServices.rootConfig({
      data: apiProducts ? { catalog: { providers: { apiProducts } } } : {},
    }),
  );

const schedule = { frequency: { minutes: 5 }, timeout: { minutes: 1 } };

describe('readProviderConfig', () => {
  it('says that there is no provider where the key is absent', () => {
    expect(read()).toBeUndefined();
  });

  it('reads the schedule and holds back more than a quarter by default', () => {
    expect(read({ schedule })).toMatchObject({
      schedule,
      maxRemovalPercentage: 25,
    });
  });

  it.each([-1, 101])('refuses a share of %d %%', maxRemovalPercentage => {
    expect(() => read({ schedule, maxRemovalPercentage })).toThrow(
      'catalog.providers.apiProducts.maxRemovalPercentage must be a number between 0 and 100',
    );
  });

  it('names the schedule where it is missing', () => {
    expect(() => read({ maxRemovalPercentage: 50 })).toThrow(
      /catalog\.providers\.apiProducts\.schedule/,
    );
  });
});
