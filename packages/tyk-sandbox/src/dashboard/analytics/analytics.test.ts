import { asObject } from '../../json';
import type { JsonObject } from '../../json';
import { planPolicy, tokenApi } from '../../testing';
import { startDashboardBench } from '../testing';
import type { DashboardBench } from '../testing';

const HOUR = 3_600_000;
const PERIOD = '1/1/2026/31/1/2026';

let bench: DashboardBench;

beforeEach(async () => {
  bench = await startDashboardBench({
    seed: {
      apis: [tokenApi('echo'), tokenApi('other')],
      policies: [
        {
          id: 'product',
          partitions: { acl: true },
          access_rights: {
            echo: { versions: ['Default'] },
            other: { versions: ['Default'] },
          },
          tags: ['payments'],
        },
        planPolicy({ quota_max: 3 }),
      ],
    },
  });
});
afterEach(() => bench.sandbox.stop());

function sums(body: JsonObject) {
  const { data } = body;
  return Array.isArray(data)
    ? data.map(row => {
        const { id, hits, success, error } = asObject(row);
        return { id: asObject(id), hits, success, error };
      })
    : data;
}

const byDay = async (keys: string, query = '') =>
  sums(
    await bench.get(
      `/api/activity/keys/aggregate/${keys}/${PERIOD}?p=-1&res=day${query}`,
    ),
  );

it('sums the calls of a key by day, served and refused', async () => {
  const { key, hash } = await bench.createKey();
  for (let call = 0; call < 4; call += 1) await bench.call(key);
  bench.sandbox.advance(24 * HOUR);
  await bench.call(key, '/other/a');
  expect(await byDay(`${hash},`)).toEqual([
    {
      id: expect.objectContaining({ day: 1, month: 1, year: 2026, hour: 0 }),
      hits: 4,
      success: 3,
      error: 1,
    },
    {
      id: expect.objectContaining({ day: 2, month: 1, year: 2026 }),
      hits: 1,
      success: 1,
      error: 0,
    },
  ]);
  expect(await byDay(hash, '&api_id=other')).toEqual([
    expect.objectContaining({ hits: 1 }),
  ]);
});

it('sums several keys, and by hour or month', async () => {
  const first = await bench.createKey();
  const second = await bench.createKey();
  await bench.call(first.key);
  bench.sandbox.advance(HOUR);
  await bench.call(second.key);
  const path = `/api/activity/keys/aggregate/${first.hash},${second.hash}`;
  const hits = async (res: string) =>
    sums(await bench.get(`${path}/${PERIOD}?p=-1&res=${res}`));
  expect(await hits('day')).toEqual([expect.objectContaining({ hits: 2 })]);
  expect(await hits('month')).toEqual([
    expect.objectContaining({
      id: expect.objectContaining({ day: 0, month: 1 }),
      hits: 2,
    }),
  ]);
  expect(await hits('hour')).toEqual([
    expect.objectContaining({ id: expect.objectContaining({ hour: 0 }) }),
    expect.objectContaining({ id: expect.objectContaining({ hour: 1 }) }),
  ]);
});

it.each(['', 'endpoint/'])(
  'tells what a key called, below keys/%s',
  async kind => {
    const { key, hash } = await bench.createKey();
    for (let call = 0; call < 4; call += 1) await bench.call(key);
    const path = `/api/activity/keys/${kind}${hash}/${PERIOD}`;
    expect(sums(await bench.get(path))).toEqual([
      {
        id: expect.objectContaining({
          api_id: 'echo',
          path: '/echo/a',
          code: 200,
        }),
        hits: 3,
        success: 3,
        error: 0,
      },
      {
        id: expect.objectContaining({
          api_id: 'echo',
          api_name: 'echo',
          code: 403,
        }),
        hits: 1,
        success: 0,
        error: 1,
      },
    ]);
  },
);

it('sums by API, the busiest first, and by tag', async () => {
  const { key } = await bench.createKey();
  await bench.call(key);
  await bench.call(key, '/other/a');
  await bench.call('unknown', '/other/a');
  const path = `/api/usage/apis/${PERIOD}?by=Hits&sort=1&p=-1`;
  expect(sums(await bench.get(path))).toEqual([
    {
      id: expect.objectContaining({ api_id: 'other' }),
      hits: 2,
      success: 1,
      error: 1,
    },
    {
      id: expect.objectContaining({ api_id: 'echo' }),
      hits: 1,
      success: 1,
      error: 0,
    },
  ]);
  expect(sums(await bench.get(`${path}&tags=payments`))).toEqual([
    expect.objectContaining({ hits: 1 }),
    expect.objectContaining({ hits: 1 }),
  ]);
  expect(sums(await bench.get(`${path}&tags=none`))).toBeNull();
});

it('includes the last day of the period, and no other', async () => {
  const { key, hash } = await bench.createKey();
  bench.sandbox.advance(30 * 24 * HOUR);
  await bench.call(key);
  const hits = async (period: string) =>
    sums(await bench.get(`/api/activity/keys/aggregate/${hash}/${period}`));
  expect(await hits('01/01/2026/31/01/2026')).toHaveLength(1);
  expect(await hits('1/1/2026/30/1/2026')).toBeNull();
});

it('has nothing where it is switched off', async () => {
  const { key, hash } = await bench.createKey();
  await bench.call(key);
  bench.sandbox.setSettings({ analytics: false });
  expect(await bench.get(`/api/usage/apis/${PERIOD}?p=-1`)).toEqual({
    data: null,
    pages: 0,
  });
  expect(await byDay(hash)).toBeNull();
});

it('has nothing of an OAuth client that never called', async () => {
  expect(await bench.get(`/api/activity/oauthid/none/${PERIOD}`)).toEqual({
    data: null,
    pages: 0,
  });
});

it.each([
  [
    `/api/activity/keys/aggregate/nohash/${PERIOD}`,
    'Key could not be decoded.',
  ],
  [`/api/activity/keys/nohash/${PERIOD}`, 'Key could not be decoded.'],
  ['/api/usage/apis/31/2/2026/1/3/2026', 'Request validation failed.'],
])('refuses %s', async (path, message) => {
  const answer = await bench.ask('GET', path);
  expect([answer.status, asObject(answer.body).Message]).toEqual([
    400,
    message,
  ]);
});
