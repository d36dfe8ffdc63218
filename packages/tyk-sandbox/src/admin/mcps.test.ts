/** As a Gateway 5.14.0 answered. */
import { startBench } from '../testing';
import type { Bench } from '../testing';
import type { JsonObject } from '../json';

const DOCUMENT: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Tools', version: '1.0.0' },
  paths: {},
  'x-tyk-api-gateway': {
    info: { id: 'tools', name: 'Tools', state: { active: true } },
    server: { listenPath: { value: '/tools/', strip: true } },
    upstream: { url: 'http://127.0.0.1:9/' },
  },
};

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.sandbox.stop());

async function send(method: string, path: string, body?: JsonObject) {
  const answer = await bench.admin(method, `/tyk/${path}`, body);
  bench.sandbox.edit.reload();
  return { status: answer.status, body: Object(answer.body) };
}

const idsOf = (list: { api_id: string }[]) => list.map(({ api_id: id }) => id);

const policy = (api: string): JsonObject => ({
  id: 'agents',
  access_rights: {
    [api]: {
      api_id: api,
      mcp_access_rights: { tools: { allowed: ['search'] } },
    },
  },
});

it('is made, read and removed at an address of its own', async () => {
  expect(await send('POST', 'mcps', DOCUMENT)).toEqual({
    status: 200,
    body: { key: 'tools', status: 'ok', action: 'added' },
  });
  expect((await send('GET', 'mcps')).body).toHaveLength(1);
  expect((await send('GET', 'mcps/tools')).body.info.title).toBe('Tools');
  expect((await send('GET', 'apis/tools')).body).toMatchObject({
    application_protocol: 'mcp',
    json_rpc_version: '2.0',
  });
  expect((await send('PUT', 'mcps/tools', DOCUMENT)).body.action).toBe(
    'modified',
  );
  expect((await send('DELETE', 'mcps/tools')).body.action).toBe('deleted');
  expect(await send('GET', 'mcps/tools')).toEqual({
    status: 404,
    body: { status: 'error', message: 'API not found' },
  });
  expect((await send('GET', 'mcps/payments')).status).toBe(404);
});

it('is left out of the lists of APIs, unless it is asked for', async () => {
  await send('POST', 'mcps', DOCUMENT);
  expect(idsOf((await send('GET', 'apis')).body)).not.toContain('tools');
  expect((await send('GET', 'apis/oas')).body).toEqual([]);
  expect(idsOf((await send('GET', 'apis?include_types=mcp')).body)).toContain(
    'tools',
  );
});

it('alone may have rules for MCP in a policy', async () => {
  await send('POST', 'mcps', DOCUMENT);
  await send('POST', 'apis', { api_id: 'classic', name: 'Classic' });
  expect(await send('POST', 'policies', policy('classic'))).toEqual({
    status: 400,
    body: {
      status: 'error',
      message:
        'MCP fields can only be configured on MCP Proxies, API "classic" is not an MCP Proxy',
    },
  });
  expect((await send('POST', 'policies', policy('tools'))).status).toBe(200);
  expect((await send('GET', 'policies/agents')).body).toMatchObject(
    policy('tools'),
  );
});

it('is not known before 5.13', async () => {
  bench.sandbox.setSettings({ version: '5.12.0' });
  expect((await send('POST', 'mcps', DOCUMENT)).status).toBe(404);
  await send('POST', 'apis', { api_id: 'classic', name: 'Classic' });
  expect((await send('POST', 'policies', policy('classic'))).status).toBe(200);
});
