import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnauthorisedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import { FakeProvider } from '../testing/FakeProvider';
import { foundApi } from '../testing/offerings';
import { measured, type ProviderCall } from './measured';
import { ProviderRegistry } from './ProviderRegistry';

describe('a measured provider', () => {
  const provider = FakeProvider.create('tyk-eu');
  const calls: ProviderCall[] = [];
  const told = measured(provider, call => calls.push(call));

  beforeEach(() => {
    calls.length = 0;
    provider.fault = undefined;
  });

  it('answers as the provider does, with what it was asked', async () => {
    provider.apis = [foundApi('a1')];
    provider.definitions.set('a1', { openapi: '3.0.3' });
    expect(await told.listApis()).toBe(provider.apis);
    expect(await told.exportDefinition('a1')).toEqual({ openapi: '3.0.3' });
    expect(told).toMatchObject({
      id: 'tyk-eu',
      type: 'fake',
      title: 'Fake',
      gatewayUrl: 'https://gateway.example.com',
    });
    expect(calls).toEqual([
      {
        provider: 'tyk-eu',
        method: 'listApis',
        result: 'ok',
        seconds: expect.any(Number),
      },
      expect.objectContaining({ method: 'exportDefinition' }),
    ]);
  });

  it.each([
    ['unavailable', new ProviderUnavailableError('away')],
    ['unauthorized', new ProviderUnauthorisedError('token')],
    ['rejected', new ProviderRejectedError('no')],
    ['conflict', new ProviderConflictError('there')],
    ['unsupported', new ProviderUnsupportedError('setting')],
    ['error', new Error('anything')],
  ])('tells of what failed as %s', async (result, error) => {
    provider.fault = () => {
      throw error;
    };
    await expect(told.listOfferings()).rejects.toBe(error);
    expect(calls).toMatchObject([{ method: 'listOfferings', result }]);
  });

  it('is what a registry hands out that measures', async () => {
    const registry = ProviderRegistry.create();
    registry.addProvider(provider);
    await registry
      .measured(call => calls.push(call))
      .get('tyk-eu')
      .probe();
    await registry.get('tyk-eu').probe();
    expect(calls).toMatchObject([{ method: 'probe', result: 'ok' }]);
  });
});
