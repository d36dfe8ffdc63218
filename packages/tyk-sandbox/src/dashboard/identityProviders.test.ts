import { asObject, asText } from '../json';
import type { JsonObject } from '../json';
import { startDashboardBench } from './testing';
import type { DashboardBench } from './testing';

const PATH = '/api/clientidps';

const PROVIDER: JsonObject = {
  name: 'Keycloak',
  issuer: 'https://id.example.com',
  jwks_uri: 'https://id.example.com/keys',
  scope_claim_name: 'scope',
  api_mappings: { echo: { scope_to_policy: { payments: 'product' } } },
};

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench();
});
afterEach(() => bench.sandbox.stop());

async function create(): Promise<string> {
  const { body } = await bench.ask('POST', PATH, PROVIDER);
  return `${PATH}/${asText(asObject(body).Meta)}`;
}

async function status(method: string, path: string, body?: JsonObject) {
  return (await bench.ask(method, path, body)).status;
}

const mappings = async (path: string) => (await bench.get(path)).api_mappings;

it('keeps providers', async () => {
  expect(await bench.get(PATH)).toEqual({ client_idps: [], pages: 0 });
  const own = await create();
  const kept = {
    ...PROVIDER,
    client_idp_id: own.slice(PATH.length + 1),
    org_id: 'default',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  };
  expect(await bench.get(own)).toEqual(kept);
  expect(await bench.get(PATH)).toEqual({ client_idps: [kept], pages: 1 });
  expect(await status('PUT', own, { ...PROVIDER, issuer: 'https://b' })).toBe(
    200,
  );
  expect(await bench.get(own)).toMatchObject({ issuer: 'https://b' });
  expect(await status('DELETE', own)).toBe(200);
  expect(await status('GET', own)).toBe(404);
});

it('merges mappings, and null takes away', async () => {
  const own = await create();
  const patch = (body: JsonObject) => status('PATCH', `${own}/mappings`, body);
  await patch({ echo: { scope_to_policy: { gold: 'plan' } } });
  await patch({ other: { scope_to_policy: { a: 'b' } } });
  expect(await mappings(own)).toEqual({
    echo: { scope_to_policy: { payments: 'product', gold: 'plan' } },
    other: { scope_to_policy: { a: 'b' } },
  });
  await patch({ echo: { scope_to_policy: { payments: null } }, other: null });
  expect(await mappings(own)).toEqual({
    echo: { scope_to_policy: { gold: 'plan' } },
  });
  expect(await patch({ echo: 1 })).toBe(403);
});

it('has mappings one by one', async () => {
  const own = await create();
  const mapping = { scope_to_policy: { a: 'b' } };
  expect(await status('PUT', `${own}/mappings/other`, mapping)).toBe(200);
  expect(await bench.get(`${own}/mappings/other`)).toEqual(mapping);
  expect(await status('DELETE', `${own}/mappings/echo`)).toBe(200);
  expect(await status('GET', `${own}/mappings/echo`)).toBe(404);
  expect(await mappings(own)).toEqual({ other: mapping });
});

it('refuses what is incomplete, malformed or there already', async () => {
  await create();
  expect(await status('POST', PATH, PROVIDER)).toBe(409);
  expect(await status('POST', PATH, { name: 'x' })).toBe(400);
  expect(await status('POST', PATH, { name: 1 })).toBe(403);
  expect(await status('PATCH', `${PATH}/none/mappings`, {})).toBe(404);
});

it('does not exist before 5.14', async () => {
  bench.sandbox.setSettings({ dashboardVersion: '5.13.3' });
  expect(await status('GET', PATH)).toBe(404);
  expect(await status('POST', PATH, PROVIDER)).toBe(404);
});
