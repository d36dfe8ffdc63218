import { startBench } from '../testing';
import type { Bench } from '../testing';

let bench: Bench;

beforeEach(async () => {
  bench = await startBench({ controlPort: 0, storeHangsMs: 0 });
});
afterEach(() => bench.sandbox.stop());

const statusOf = async (method: string, path: string) =>
  (await bench.admin(method, path)).status;

it('has keys again that it denied while its store was away', async () => {
  const { hash } = await bench.createKey();
  const key = `/tyk/keys/${hash}?hashed=true`;
  bench.sandbox.setStore('down');
  expect(await statusOf('GET', key)).toBe(404);
  expect(await statusOf('DELETE', key)).toBe(404);
  expect((await bench.admin('GET', '/tyk/keys')).body).toEqual({ keys: [] });
  bench.sandbox.setStore('up');
  expect(await statusOf('GET', key)).toBe(200);
});

it('has neither policies nor APIs until it has loaded them after a start', async () => {
  const lists = async () => [
    (await bench.admin('GET', '/tyk/policies')).body,
    (await bench.admin('GET', '/tyk/apis')).body,
  ];
  bench.sandbox.restartGateway();
  expect(await lists()).toEqual([[], []]);
  expect(await statusOf('GET', '/tyk/policies/plan')).toBe(404);
  bench.sandbox.advance(80);
  expect(await lists()).not.toContainEqual([]);
  expect(await statusOf('GET', '/tyk/policies/plan')).toBe(200);
});

it('ends the time without policies with a reload that blocks', async () => {
  bench.sandbox.restartGateway();
  await bench.admin('GET', '/tyk/reload/?block=true');
  expect(await statusOf('GET', '/tyk/policies/plan')).toBe(200);
});

it('is switched by the control route', async () => {
  const control = (method: string, path: string, body: object) =>
    fetch(`${bench.sandbox.controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { hash } = await bench.createKey();
  const key = `/tyk/keys/${hash}?hashed=true`;
  expect((await control('PUT', '/store', { state: 'hangs' })).status).toBe(204);
  expect(await statusOf('GET', key)).toBe(404);
  expect((await control('PUT', '/store', { state: 'away' })).status).toBe(400);
  expect((await control('PUT', '/store', { state: 'up' })).status).toBe(204);
  expect(await statusOf('GET', key)).toBe(200);
  expect((await control('POST', '/restart', {})).status).toBe(204);
  expect(await statusOf('GET', '/tyk/policies/plan')).toBe(404);
});
