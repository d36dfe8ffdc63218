/**
 * The parts of the port that no rule of this package uses yet, against a gateway: documents of APIs, read and written.
 */
import { startBench, recordingLogger, SECRET } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import type { TykControl } from '../control/TykControl';
import { TykHttpClient } from '../http/TykHttpClient';
import { createGatewayControl, GATEWAY_REFUSALS } from './GatewayControl';

const OAS = {
  openapi: '3.0.3',
  info: { title: 'Orders', version: '1.0.0' },
  paths: {},
  'x-tyk-api-gateway': {
    info: { id: 'orders', name: 'Orders', orgId: 'default' },
    upstream: { url: 'http://127.0.0.1:1' },
    server: { listenPath: { value: '/orders/' } },
  },
};

let bench: Bench;
let control: TykControl;
let client: TykHttpClient;

beforeEach(async () => {
  bench = await startBench({ sandbox: { seed: { oas: [OAS] } } });
  client = TykHttpClient.create({
    providerId: 'tyk-eu',
    baseUrl: bench.sandbox.gatewayUrl,
    authorization: { header: 'X-Tyk-Authorization', token: SECRET },
    timeoutMs: 5_000,
    retries: 0,
    concurrency: 4,
    backoffMs: 1,
    refusals: GATEWAY_REFUSALS,
    logger: recordingLogger([]),
  });
  control = createGatewayControl({
    client,
    organisation: 'default',
    timing: { visibleWithinMs: 5_000, pollMs: 5 },
  });
});

afterEach(async () => {
  await client.close();
  await bench.stop();
});

it('reads and writes the classic definition of an API, with all that nobody here knows', async () => {
  const document = await control.apiDocument('echo');
  expect(document).toMatchObject({ api_id: 'echo', use_standard_auth: true });
  await control.writeApiDocument('echo', {
    ...document,
    config_data: { theirs: 'kept' },
  });
  await control.reload();
  expect(await control.apiDocument('echo')).toEqual({
    ...document,
    config_data: { theirs: 'kept' },
  });
  expect(await control.api('echo')).toMatchObject({ api_id: 'echo' });
});

it('reads and writes the OAS document of an API', async () => {
  const document = await control.oasDocument('orders');
  expect(document).toMatchObject({
    info: { title: 'Orders' },
    'x-tyk-api-gateway': { info: { id: 'orders' } },
  });
  await control.writeOasDocument('orders', {
    ...document,
    info: { title: 'Orders 2', version: '2.0.0' },
  });
  await control.reload();
  expect(await control.oasDocument('orders')).toMatchObject({
    info: { title: 'Orders 2' },
  });
});

it('case 26: has no OAS document for a classic API, and none for no API', async () => {
  expect(await control.oasDocument('echo')).toBeUndefined();
  expect(await control.oasDocument('none')).toBeUndefined();
  expect(await control.publicOasDocument('echo')).toBeUndefined();
  expect(await control.apiDocument('none')).toBeUndefined();
  expect(await control.api('none')).toBeUndefined();
});

it('case 20: names a policy in path and body alike, whatever the body says', async () => {
  await control.createPolicy({ id: 'p', org_id: 'default', name: 'Old' });
  await control.settle('p', loaded => loaded !== undefined);
  await control.updatePolicy('p', { id: 'other', name: 'New' });
  await control.settle('p', loaded => loaded?.name === 'New');
  expect(bench.sandbox.inspect.policyFiles().map(({ id }) => id)).toEqual([
    'p',
  ]);
});

it('case 17: says of a key that is not there that it is not there', async () => {
  const name = { hash: '00000000deadbeef' };
  expect(await control.readKey(name)).toBeUndefined();
  expect(await control.removeKey(name)).toBe(false);
  expect(
    await control.writeKey(name, { org_id: 'default' }, { resetQuota: false }),
  ).toBe(false);
});
