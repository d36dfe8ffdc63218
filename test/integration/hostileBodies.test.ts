/** Bodies that no client of ours would send. None is a 500, and who is refused learns which field it was. */
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  DemoBackend,
  messageOf as message,
  type Answer,
  type Ask,
} from './support/demo/DemoBackend';
import {
  application,
  asking,
  fresh,
  pending,
  subscribed,
} from './support/demo/subjects';

jest.setTimeout(120_000);

const UNICODE = 'Zahlungen 💳 – ‏تسديد‎ “Ж” \u202e';

/** Deeper than a parser that calls itself could go. */
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

describe('hostile bodies', () => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start();
  });

  afterAll(() => portal.stop());

  const ask = (
    method: string,
    path: string,
    rest: Partial<Ask> = {},
  ): Promise<Answer> => portal.ask({ who: 'dana', method, path, ...rest });

  const post = (path: string, body: JsonValue) => ask('POST', path, { body });

  it.each<[string, JsonValue]>([
    ['body', null],
    ['body', []],
    ['body', 'text'],
    ['body', 1],
    ['body', true],
    ['product', {}],
    ['product', asking({ product: 5 })],
    ['product', asking({ product: null })],
    ['product', asking({ product: {} })],
    ['product', asking({ product: ['payments'] })],
    ['product', asking({ product: '' })],
    ['product', asking({ product: 'p'.repeat(256) })],
    ['product', asking({ product: 'a:b:c' })],
    ['product', asking({ product: 'user:default/dana' })],
    ['product', asking({ product: 'default/payments/x' })],
    ['plan', asking({ plan: 1e308 })],
    ['plan', asking({ plan: 'apiproduct:default/payments' })],
    ['application', asking({ application: 12 })],
    ['application', asking({ application: null })],
    ['application', asking({ application: [] })],
    ['application', asking({ application: '' })],
    ['application', asking({ application: {} })],
    ['name', asking({ application: { name: '' } })],
    ['name', asking({ application: { name: '   ' } })],
    ['name', asking({ application: { name: { a: 1 } } })],
    ['name', asking({ application: { name: 'a'.repeat(256) } })],
    ['owner', asking({ application: { name: 'x', owner: 7 } })],
    ['owner', asking({ application: { name: 'x', owner: 'a b' } })],
    ['component', asking({ application: { name: 'x', component: 'api:x' } })],
    ['id', asking({ application: { name: 'x', id: 'x' } })],
    ['createdBy', asking({ application: { name: 'x', createdBy: 'paula' } })],
    ['reason', asking({ reason: 5 })],
    ['reason', asking({ reason: 'r'.repeat(4_001) })],
    ['acceptedTerms', asking({ acceptedTerms: 'all' })],
    ['acceptedTerms', asking({ acceptedTerms: [null] })],
    ['acceptedTerms', asking({ acceptedTerms: [{ name: 'x' }] })],
    [
      'acceptedTerms',
      asking({ acceptedTerms: Array(51).fill({ name: 'a', version: '1' }) }),
    ],
    ['status', asking({ status: 'approved' })],
    ['requester', asking({ requester: 'user:default/paula' })],
    ['id', asking({ id: '1' })],
    ['revision', asking({ revision: 1 })],
    ['decision', asking({ decision: { decision: 'approved' } })],
    ['constructor', asking({ constructor: { prototype: { admin: true } } })],
  ])('refuses for its %s: %j', async (field, body) => {
    const answer = await post('/access-requests', body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: 400,
    });
    expect(message(answer)).toContain(field);
  });

  it.each([
    ['__proto__', '{"__proto__":{"platformOwner":true},"name":"x"}'],
    ['JSON', '{"name":"x"'],
    ['JSON', 'name=x'],
    ['JSON', '{"name":undefined}'],
    ['JSON', "{'name':'x'}"],
    ['JSON', '\u0000'],
    ['NUL', '{"name":"a\\u0000b"}'],
    ['body', nested(50_000)],
    ['body', ''],
    ['256kb', JSON.stringify({ name: 'x', description: 'd'.repeat(2 ** 20) })],
  ])('refuses for %s what is sent as %.40s', async (field, raw) => {
    const answer = await ask('POST', '/applications', { raw });
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: 400,
    });
    expect(message(answer)).toContain(field);
    expect(Object.getPrototypeOf({})).not.toHaveProperty('platformOwner');
  });

  it('takes the last of two fields of the same name, and checks that one', async () => {
    const raw = `{"name":"${fresh()}","owner":"shop-team","owner":"mobile-team"}`;
    const answer = await ask('POST', '/applications', { raw });
    expect(answer.status).toBe(403);
    expect(message(answer)).toContain('owner');
  });

  it.each([
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['multipart/form-data; boundary=x'],
    ['application/xml'],
    ['nonsense'],
  ])('does not read %s', async type => {
    const answer = await ask('POST', '/applications', {
      raw: '{"name":"x"}',
      headers: { 'content-type': type },
    });
    expect([400, 415]).toContain(answer.status);
    expect(message(answer)).toMatch(/media type|body/);
  });

  it('refuses what says that it is compressed and is not', async () => {
    const answer = await ask('POST', '/applications', {
      raw: '{"name":"x"}',
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.status).toBe(400);
  });

  it.each(['reason', 'comment'])('refuses a %s of 1 MB', async field => {
    const id = await pending(portal);
    const text = 'x'.repeat(2 ** 20);
    const answer =
      field === 'reason'
        ? await post('/access-requests', asking({ reason: text }))
        : await ask('POST', `/access-requests/${id}/reject`, {
            who: 'omar',
            body: { comment: text },
          });
    expect(answer.status).toBe(400);
    expect(message(answer)).toContain('larger than 256kb');
  });

  it.each<[string, JsonObject]>([
    ['/approve', { revision: 0 }],
    ['/approve', { revision: -1 }],
    ['/approve', { revision: 1.5 }],
    ['/approve', { revision: '1' }],
    ['/cancel', { revision: 1e309 }],
    ['/cancel', { revision: Number.MAX_SAFE_INTEGER + 1 }],
  ])('%s refuses %j, naming revision', async (route, body) => {
    const id = await pending(portal);
    const answer = await ask('POST', `/access-requests/${id}${route}`, {
      who: route === '/approve' ? 'omar' : 'dana',
      body,
    });
    expect([400, 409]).toContain(answer.status);
    expect(message(answer)).toContain('revision');
  });

  it.each<[string, JsonObject, string]>([
    ['/applications/{id}', { revision: 2 ** 40, name: 'x' }, 'revision'],
    ['/applications/{id}', { revision: 1, name: '' }, 'name'],
    ['/applications/{id}', { revision: 1, id: 'x' }, 'id'],
    ['/applications/{id}', { name: 'x' }, 'revision'],
  ])('PATCH %s refuses %j, naming %s', async (path, body, field) => {
    const id = await application(portal);
    const answer = await ask('PATCH', path.replace('{id}', id), { body });
    expect([400, 409]).toContain(answer.status);
    expect(message(answer)).toContain(field);
  });

  it('rejects nobody with a comment of blanks', async () => {
    const id = await pending(portal);
    const answer = await ask('POST', `/access-requests/${id}/reject`, {
      who: 'omar',
      body: { comment: ' \t\n' },
    });
    expect(answer.status).toBe(400);
    expect(message(answer)).toBe(
      'request/body/comment must not be only blanks',
    );
  });

  it.each<[JsonObject, string]>([
    [{ name: '' }, 'name'],
    [{ name: '  ' }, 'name'],
    [{ name: 'n'.repeat(64) }, 'name'],
    [{ name: 5 }, 'name'],
    [{ replaces: 'nothing' }, 'replaces'],
    [{ replaces: 'r'.repeat(37) }, 'replaces'],
    [{ replaces: {} }, 'replaces'],
    [{ secret: 'mine' }, 'secret'],
    [{ expiresAt: '9999-01-01T00:00:00Z' }, 'expiresAt'],
  ])('issues no key for %j, naming %s', async (body, field) => {
    const { id } = await subscribed(portal);
    const answer = await post(`/subscriptions/${id}/credentials`, body);
    expect(answer.status).toBe(400);
    expect(message(answer)).toContain(field);
  });

  const TEXTS = [
    '<script>alert(1)</script><img src=x onerror=alert(1)>',
    '"; drop table access_requests; --',
    "' or '1'='1",
    '{{constructor.constructor("return process")()}} ${7*7}',
    UNICODE,
    '👩‍👩‍👧‍👦'.repeat(100),
    'line\r\nSet-Cookie: a=b\r\n\r\n<b>',
    '=cmd|calc',
  ];

  it.each(TEXTS)('keeps the reason %.30j as it is, as text', async reason => {
    const made = await post('/access-requests', asking({ reason }));
    expect(made.status).toBe(201);
    const read = await ask('GET', `/access-requests/${made.body.id}`);
    expect(read.body.reason).toBe(reason);
    expect(read.headers['content-type']).toContain('application/json');
    const decision = await ask(
      'POST',
      `/access-requests/${made.body.id}/reject`,
      { who: 'omar', body: { comment: reason } },
    );
    expect(decision.status).toBe(200);
    expect(decision.body.decision).toMatchObject({
      comment: reason,
    });
  });

  it('keeps what is no text in any encoding as far as it can be kept', async () => {
    const made = await post(
      '/access-requests',
      asking({ reason: 'half a pair: \ud800' }),
    );
    expect(made.status).toBe(201);
    const read = await ask('GET', `/access-requests/${made.body.id}`);
    expect(read.body.reason).toMatch(/^half a pair: \ufffd+$/);
  });

  it.each(TEXTS)('takes an application called %.30j', async text => {
    const name = text.slice(0, 60).trim();
    const made = await post('/applications', { name, description: text });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name, description: text });
  });
});
