import {
  createBackendModule,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { apiProvidersExtensionPoint } from 'backstage-plugin-api-products-node';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import { start } from 'tyk-sandbox';
import type { TykSandbox } from 'tyk-sandbox';
import apiProductsModuleTyk from './index';
import { tokenApi } from './__testUtils__/bench';

let sandbox: TykSandbox;
let providers: ApiProvider[];

beforeEach(async () => {
  providers = [];
  sandbox = await start({
    reloadDelayMs: 0,
    seed: { apis: [tokenApi('echo')] },
  });
});
afterEach(() => sandbox.stop());

/** Stands for the plugin, of which a module knows only the extension point. */
const plugin = createBackendPlugin({
  pluginId: 'api-products',
  register(reg) {
    reg.registerExtensionPoint(apiProvidersExtensionPoint, {
      addProvider: provider => {
        providers.push(provider);
      },
    });
    reg.registerInit({ deps: {}, async init() {} });
  },
});

const other = createBackendModule({
  pluginId: 'api-products',
  moduleId: 'other',
  register(reg) {
    reg.registerInit({ deps: {}, async init() {} });
  },
});

const entry = () => ({
  type: 'tyk-gateway',
  title: 'Europe',
  url: sandbox.gatewayUrl,
  token: sandbox.secret,
  organisation: 'default',
  gatewayUrl: 'https://api.example.com',
});

const startWith = (
  configured: Record<string, object>,
  logger = mockServices.logger.mock(),
) =>
  startTestBackend({
    features: [
      plugin,
      other,
      apiProductsModuleTyk,
      mockServices.rootConfig.factory({
        data: { apiProducts: { providers: configured } },
      }),
      logger.factory,
    ],
  });

describe('apiProductsModuleTyk', () => {
  it('adds a provider for each entry that is Tyk’s', async () => {
    const backend = await startWith({
      'tyk-eu': entry(),
      'tyk-us': { ...entry(), title: undefined },
      kong: { type: 'kong' },
    });
    expect(
      providers.map(({ id, type, title, gatewayUrl }) => ({
        id,
        type,
        title,
        gatewayUrl,
      })),
    ).toEqual([
      {
        id: 'tyk-eu',
        type: 'tyk-gateway',
        title: 'Europe',
        gatewayUrl: 'https://api.example.com',
      },
      {
        id: 'tyk-us',
        type: 'tyk-gateway',
        title: 'tyk-us',
        gatewayUrl: 'https://api.example.com',
      },
    ]);
    expect(await providers[0].listApis()).toHaveLength(1);
    await backend.stop();
  });

  it('adds Dashboards and gateways side by side', async () => {
    const dashboard = await start({ dashboardPort: 0, reloadDelayMs: 0 });
    const backend = await startWith({
      'tyk-gw': entry(),
      'tyk-pro': {
        type: 'tyk-dashboard',
        url: dashboard.dashboardUrl,
        token: dashboard.dashboardKey,
        gatewayUrl: 'https://api.example.com',
      },
    });
    expect(providers.map(({ id, type }) => [id, type])).toEqual([
      ['tyk-gw', 'tyk-gateway'],
      ['tyk-pro', 'tyk-dashboard'],
    ]);
    expect(await providers[1].listApis()).toEqual([]);
    await backend.stop();
    await dashboard.stop();
  });

  it('warns of a key that nothing reads', async () => {
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const backend = await startWith(
      { 'tyk-eu': { ...entry(), rejectUnauthorized: false } },
      logger,
    );
    expect(logger.warn).toHaveBeenCalledWith(
      'apiProducts.providers.tyk-eu.rejectUnauthorized is not read by anything: apiProducts.providers.tyk-eu.tls.rejectUnauthorized may be meant',
    );
    await backend.stop();
  });

  it('warns where the certificate is not verified', async () => {
    const logger = mockServices.logger.mock();
    logger.child.mockReturnValue(logger);
    const backend = await startWith(
      { 'tyk-eu': { ...entry(), tls: { rejectUnauthorized: false } } },
      logger,
    );
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('tyk-eu: the certificate of this Tyk is not'),
    );
    await backend.stop();
  });

  it('does not let the backend start with a provider that is configured wrongly', async () => {
    await expect(
      startWith({ 'tyk-eu': { ...entry(), organisation: undefined } }),
    ).rejects.toThrow('apiProducts.providers.tyk-eu.organisation is required');
  });
});
