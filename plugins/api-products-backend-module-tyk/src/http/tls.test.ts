import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import { recordingLogger, rejection } from '../__testUtils__/bench';
import { TEST_CERTIFICATE, TEST_CERTIFICATE_KEY } from '../__testUtils__/tls';
import { TykHttpClient } from './TykHttpClient';
import type { TykHttpClientOptions } from './TykHttpClient';

let server: Server;
let client: TykHttpClient | undefined;

beforeEach(async () => {
  server = createServer(
    { cert: TEST_CERTIFICATE, key: TEST_CERTIFICATE_KEY },
    (_, response) => response.end('[]'),
  );
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  await client?.close();
  await new Promise(resolve => server.close(resolve));
});

function get(tls: TykHttpClientOptions['tls']) {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  client = TykHttpClient.create({
    providerId: 'tyk-eu',
    baseUrl: `https://127.0.0.1:${port}`,
    authorization: { header: 'X-Tyk-Authorization', token: 'secret' },
    tls,
    timeoutMs: 5_000,
    retries: 0,
    concurrency: 1,
    backoffMs: 1,
    refusals: [],
    logger: recordingLogger([]),
  });
  return client.send({ operation: 'list', method: 'GET', path: ['list'] });
}

describe('certificates', () => {
  it('are verified', async () => {
    const error = await rejection(get(undefined));
    expect(error).toBeInstanceOf(ProviderUnavailableError);
    expect(error.message).toBe(
      'tyk-eu: list failed: its certificate is self-signed, set tls.ca of the provider',
    );
  });

  it('are verified where only a certificate authority is set', async () => {
    expect(await get({ ca: TEST_CERTIFICATE })).toMatchObject({ ok: true });
  });

  it('are not verified where that is switched off', async () => {
    expect(await get({ rejectUnauthorized: false })).toMatchObject({
      ok: true,
    });
  });
});
