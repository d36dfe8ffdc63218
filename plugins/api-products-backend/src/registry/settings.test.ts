import { mockServices } from '@backstage/backend-test-utils';
import { readProviderSettings } from './settings';

const read = (sandbox: object, platformOwners: string[] = []) =>
  readProviderSettings(
    mockServices.rootConfig({
      data: { apiProducts: { providers: { sandbox } } },
    }),
    'sandbox',
    platformOwners,
  );

describe('readProviderSettings', () => {
  it('has a default for everything', () => {
    expect(
      readProviderSettings(mockServices.rootConfig(), 'other', []),
    ).toMatchObject({
      defaultOwner: undefined,
      synchronisation: {
        enabled: true,
        schedule: { frequency: { minutes: 10 } },
        maxDropPercent: 25,
      },
      drift: { schedule: { frequency: { hours: 1 } }, repair: 'manual' },
    });
  });

  it('lets the first group of platform owners own what is imported', () => {
    expect(
      read({}, ['user:default/paula', 'group:default/platform-owners'])
        .defaultOwner,
    ).toBe('group:default/platform-owners');
    expect(read({}, ['user:default/paula']).defaultOwner).toBe(
      'user:default/paula',
    );
    expect(
      read({ defaultOwner: 'API-Team' }, ['group:default/a']),
    ).toMatchObject({ defaultOwner: 'group:default/api-team' });
  });

  it.each([
    [{ defaultOwner: 'a:b:c' }, 'defaultOwner'],
    [{ synchronisation: { enabled: 'often' } }, 'synchronisation.enabled'],
    [
      { synchronisation: { maxDropPercent: -1 } },
      'synchronisation.maxDropPercent',
    ],
    [
      { synchronisation: { schedule: { frequency: 'often' } } },
      'synchronisation.schedule',
    ],
    [{ drift: { schedule: { frequency: 'often' } } }, 'drift.schedule'],
    [{ drift: { repair: 'perhaps' } }, 'drift.repair'],
  ])('names the key that is wrong in %j: %s', (config, key) => {
    expect(() => read(config)).toThrow(`apiProducts.providers.sandbox.${key}`);
  });
});
