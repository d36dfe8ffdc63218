/**
 * APIs of a Dashboard, through the control itself: what is read, what is written back, and what is left alone.
 */
import type { TykSandbox } from 'tyk-sandbox';
import { start } from 'tyk-sandbox';
import { recordingLogger, rejection, tokenApi } from '../__testUtils__/bench';
import { DASHBOARD_KEY } from '../__testUtils__/dashboardBench';
import type { TykControl } from '../control/TykControl';
import { TykHttpClient } from '../http/TykHttpClient';
import { createDashboardControl } from './DashboardControl';
import { DASHBOARD_REFUSALS, judgeDashboard } from './refusals';

let sandbox: TykSandbox;
let client: TykHttpClient;
let control: TykControl;

const OAS = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1.0.0' },
  paths: { '/orders': { get: { responses: { 200: { description: 'ok' } } } } },
  'x-tyk-api-gateway': {
    info: { name: 'Orders', state: { active: true } },
    server: { listenPath: { value: '/orders/', strip: true } },
    upstream: { url: 'http://127.0.0.1:9' },
  },
};

beforeEach(async () => {
  sandbox = await start({
    dashboardPort: 0,
    dashboardKey: DASHBOARD_KEY,
    reloadDelayMs: 0,
    seed: { apis: [tokenApi('echo', { tags: ['edge'] })] },
  });
  client = TykHttpClient.create({
    providerId: 'tyk-eu',
    baseUrl: sandbox.dashboardUrl ?? '',
    authorization: { header: 'Authorization', token: DASHBOARD_KEY },
    timeoutMs: 5_000,
    retries: 0,
    concurrency: 4,
    backoffMs: 1,
    refusals: DASHBOARD_REFUSALS,
    judge: judgeDashboard,
    logger: recordingLogger([]),
  });
  control = createDashboardControl({
    client,
    organisation: undefined,
    timing: { visibleWithinMs: 1_000, pollMs: 5 },
  });
});
afterEach(async () => {
  await client.close();
  await sandbox.stop();
});

const makeOas = async () => {
  const answer = await client.send({
    operation: 'make an API',
    method: 'POST',
    path: ['api', 'apis', 'oas'],
    body: OAS,
  });
  if (!answer.ok) throw new Error(answer.message);
  const made = (await control.apis()).find(({ name }) => name === 'Orders');
  if (!made) throw new Error('no API was made');
  return made.api_id;
};

describe('case 24: APIs', () => {
  it('are read from their envelopes, OAS APIs by their twin', async () => {
    const id = await makeOas();
    expect(
      (await control.apis()).map(api => [api.api_id, api.is_oas]).sort(),
    ).toEqual(
      [
        [id, true],
        ['echo', false],
      ].sort(),
    );
    expect(await control.api('echo')).toMatchObject({ api_id: 'echo' });
    expect(await control.apiDocument('echo')).toMatchObject({ tags: ['edge'] });
  });

  it('that are not there are undefined', async () => {
    expect(await control.api('never')).toBeUndefined();
    expect(await control.apiDocument('never')).toBeUndefined();
    expect(await control.oasDocument('never')).toBeUndefined();
    expect(await control.publicOasDocument('never')).toBeUndefined();
  });

  it('case 48: are written back as a whole', async () => {
    const document = await control.apiDocument('echo');
    await control.writeApiDocument('echo', {
      ...document,
      enable_jwt: true,
      use_standard_auth: false,
    });
    expect(await control.apiDocument('echo')).toMatchObject({
      tags: ['edge'],
      enable_jwt: true,
      use_standard_auth: false,
    });
  });

  it('that collide are refused in the Dashboard’s words', async () => {
    await makeOas();
    const document = await control.apiDocument('echo');
    const error = await rejection(
      control.writeApiDocument('echo', {
        ...document,
        proxy: { listen_path: '/orders/', target_url: 'http://127.0.0.1:9' },
      }),
    );
    expect(error.name).toBe('ProviderRejectedError');
    expect(error.message).toContain('Found API with same url.');
  });
});

describe('case 26: OAS documents', () => {
  it('are read with Tyk’s extension and exported without', async () => {
    const id = await makeOas();
    expect(await control.oasDocument(id)).toHaveProperty('x-tyk-api-gateway');
    const exported = await control.publicOasDocument(id);
    expect(exported).toMatchObject({ info: OAS.info, paths: OAS.paths });
    expect(exported).not.toHaveProperty('x-tyk-api-gateway');
  });

  it('are undefined for a classic API', async () => {
    expect(await control.oasDocument('echo')).toBeUndefined();
    expect(await control.publicOasDocument('echo')).toBeUndefined();
  });

  it('are written back as a whole', async () => {
    const id = await makeOas();
    const document = await control.oasDocument(id);
    await control.writeOasDocument(id, { ...document, 'x-own': 'kept' });
    expect(await control.oasDocument(id)).toMatchObject({
      'x-own': 'kept',
      paths: OAS.paths,
    });
  });
});
