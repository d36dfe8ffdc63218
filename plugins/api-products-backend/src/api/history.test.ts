/** `/history/export` and `/history/verification`. The list itself is in operation.test.ts. */
import { once } from 'node:events';
import { request as ask, type IncomingMessage } from 'node:http';
import {
  mockCredentials,
  type TestBackend,
} from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import request from 'supertest';
import { recordHistory } from '../history/history';
import { inTransaction } from '../lib/transactions';
import { startApiProducts } from '../testing/backend';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { people } from '../testing/people';
import { waitFor } from '../testing/waitFor';

jest.setTimeout(60_000);

const LINES = 1_250;

describe.each(testDatabases().eachSupportedId())('/history on %s', id => {
  const databases = testDatabases();
  const clock = testClock();
  let knex: Knex;
  let backend: TestBackend;

  beforeAll(async () => {
    knex = await migratedDatabase(databases, id);
    await inTransaction(knex, async tx => {
      for (let n = 1; n <= LINES; n += 1) {
        clock.advance(1_000);
        await recordHistory(tx, clock, {
          subject: `thing:${n}`,
          event: 'thing.happened',
          actor: n % 2 === 0 ? people.dana.ref : people.omar.ref,
          message: n === 2 ? '=1+1, "twice"\nor so' : `${n} happened`,
          reason: n === 4 ? '@home' : undefined,
          changes:
            n === 4
              ? [{ field: 'title', before: 'Old', after: 'New' }]
              : undefined,
        });
      }
    });
    backend = await startApiProducts({ knex });
  });
  afterAll(async () => {
    await backend.stop();
    await knex.destroy();
  });

  const get = (path: string, as: string) =>
    request(backend.server)
      .get(`/api/api-products/history${path}`)
      .set('Authorization', mockCredentials.user.header(`user:default/${as}`));

  const lines = (text: string) =>
    text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));

  it('is exported as lines of JSON, with all that the list has', async () => {
    const { text, headers } = await get('/export', 'paula')
      .buffer(true)
      .parse((res, done) => {
        let read = '';
        res.setEncoding('utf8');
        res.on('data', (piece: string) => {
          read += piece;
        });
        res.on('end', () => done(null, read));
      })
      .then(({ body, headers: named }) => ({
        text: String(body),
        headers: named,
      }));
    expect(headers['content-type']).toBe('application/x-ndjson; charset=utf-8');
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="api-products-history-\d{4}-\d\d-\d\d\.ndjson"$/,
    );
    const exported = lines(text);
    expect(exported.map(({ subject }) => subject)).toEqual(
      Array.from({ length: LINES }, (_, i) => `thing:${LINES - i}`),
    );
    const { body } = await get('?limit=100', 'paula');
    expect(exported.slice(0, 100)).toEqual(body.items);
  });

  it('is exported as a table that carries out nothing', async () => {
    const { text, headers } = await get('/export?format=csv', 'dana');
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    const [first, ...rest] = text.split('\r\n');
    expect(first).toBe('at,actor,event,subject,message,reason,changes,id');
    expect(rest[0]).toContain(`thing:${LINES}`);
    expect(text).toContain(`,"'=1+1, ""twice""\nor so",`);
    expect(text).toContain(`thing:4,4 happened,'@home,title: Old → New,`);
    expect(text.match(/\r\n/g)).toHaveLength(LINES / 2 + 1);
  });

  it('exports what the caller may know of, narrowed as the list is', async () => {
    const of = async (query: string, as: string) =>
      (await get(`/export?format=csv${query}`, as)).text.split('\r\n').length -
      2;
    expect(await of('', 'omar')).toBe(LINES / 2);
    expect(await of('', 'gus')).toBe(0);
    expect(await of('&actor=dana', 'paula')).toBe(LINES / 2);
    expect(await of('&subject=thing:7', 'paula')).toBe(1);
    const refused = await get('/export?from=yesterday', 'paula');
    expect(refused.status).toBe(400);
  });

  it('is sealed soon after a change, by what follows on it', async () => {
    const linesNow = async () => (await get('/verification', 'paula')).body;
    await waitFor(
      async () => (await linesNow()).lines === LINES,
      'what was there at the start is sealed',
    );
    await request(backend.server)
      .post('/api/api-products/applications')
      .set('Authorization', mockCredentials.user.header('user:default/dana'))
      .send({ name: 'Shop backend' })
      .expect(201);
    await waitFor(
      async () => (await linesNow()).lines === LINES + 1,
      'the change is sealed',
    );
    expect(await linesNow()).toMatchObject({ whole: true, unsealed: 0 });
  });

  it('is verified for platform owners', async () => {
    const { body } = await get('/verification', 'paula');
    expect(body).toEqual({
      whole: true,
      lines: LINES + 1,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      unsealed: 0,
      late: expect.any(Number),
    });
    const noted = await get(
      `/verification?position=${LINES + 1}&hash=${body.hash}`,
      'paula',
    );
    expect(noted.body.whole).toBe(true);
    const other = await get(
      `/verification?position=3&hash=${'0'.repeat(64)}`,
      'paula',
    );
    expect(other.body.problem).toMatchObject({
      kind: 'rewritten',
      position: 3,
    });
    expect((await get('/verification?position=3', 'paula')).status).toBe(400);
    for (const who of ['dana', 'omar', 'gus']) {
      const refused = await get('/verification', who);
      expect(refused.status).toBe(403);
      expect(refused.body.error.message).toBe(
        'Only platform owners may verify the history',
      );
    }
  });

  it('stops to read when nobody takes it any more', async () => {
    const pages: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (/history.*limit/.test(sql)) pages.push(sql);
    };
    await inTransaction(knex, async tx => {
      for (let n = 0; n < 4_000; n += 1) {
        await recordHistory(tx, clock, {
          subject: 'large:1',
          event: 'thing.happened',
          message: 'x'.repeat(10_000),
        });
      }
    });
    knex.on('query', listen);
    const address = backend.server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const call = ask({
      port,
      path: '/api/api-products/history/export?subject=large:1',
      headers: {
        Authorization: mockCredentials.user.header('user:default/paula'),
      },
    }).end();
    const [answer]: IncomingMessage[] = await once(call, 'response');
    await once(answer, 'readable');
    call.on('error', () => {});
    call.destroy();
    let before = -1;
    await waitFor(() => {
      const still = pages.length === before;
      before = pages.length;
      return still;
    }, 'nothing is read any more');
    knex.removeListener('query', listen);
    expect(pages.length).toBeLessThan(30);
  });
});
