/** Records that no form of ours would send. None is a 500, and who is refused learns which field it was. */
import type { JsonObject, JsonValue } from '@backstage/types';
import {
  DemoBackend,
  messageOf as message,
  type Answer,
  type Ask,
} from './support/demo/DemoBackend';
import { freshName } from './support/demo/subjects';

/** An address that would be run. */
const SCRIPT = ['javascript', '1'].join(':');

jest.setTimeout(120_000);

const UNICODE = 'Zahlungen 💳 – ‏تسديد‎ “Ж” \u202e';

const product = (fields: JsonObject = {}): JsonObject => ({
  name: freshName(),
  owner: 'payments-team',
  ...fields,
});

const plan = (fields: JsonObject = {}): JsonObject => ({
  ...product(),
  rateLimit: 'unlimited',
  quota: 'unlimited',
  ...fields,
});

describe('hostile records', () => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start();
  });

  afterAll(() => portal.stop());

  const ask = (
    method: string,
    path: string,
    rest: Partial<Ask> = {},
  ): Promise<Answer> => portal.ask({ who: 'paula', method, path, ...rest });

  const RECORDS: [string, string, JsonValue][] = [
    ['/products', 'body', null],
    ['/products', 'body', []],
    ['/products', 'body', 'text'],
    ['/products', 'owner', {}],
    ['/products', 'name', product({ name: 5 })],
    ['/products', 'name', product({ name: '' })],
    ['/products', 'name', product({ name: '../etc/passwd' })],
    ['/products', 'name', product({ name: 'a%2fb' })],
    ['/products', 'name', product({ name: 'a:b' })],
    ['/products', 'name', product({ name: "a'b" })],
    ['/products', 'name', product({ name: 'n'.repeat(64) })],
    ['/products', 'name', product({ name: UNICODE })],
    ['/products', 'namespace', product({ namespace: 'A' })],
    ['/products', 'namespace', product({ namespace: '..' })],
    ['/products', 'title', product({ title: 't'.repeat(256) })],
    ['/products', 'title', product({ title: ['t'] })],
    ['/products', 'title', product({ title: ' \t\u00a0' })],
    ['/products', 'title', product({ title: '\u200b' })],
    ['/products', 'providerName', product({ providerName: '  ' })],
    ['/products', 'contact', product({ contact: ' ' })],
    ['/products', 'title', product({ guides: [{ title: ' ', content: 'c' }] })],
    ['/plans', 'title', plan({ title: ' ' })],
    ['/plans', 'label', plan({ pricing: { mode: 'fixed', label: ' ' } })],
    ['/catalogues', 'title', product({ title: ' ' })],
    ['/products', 'tags[0]', product({ tags: ['PCI'] })],
    ['/products', 'tags', product({ tags: 'pci' })],
    ['/products', 'owner', product({ owner: 'component:default/x' })],
    ['/products', 'owner', product({ owner: 7 })],
    ['/products', 'apis', product({ apis: 'payments' })],
    ['/products', 'apis[0]', product({ apis: [null] })],
    ['/products', 'apis[0]', product({ apis: [{}] })],
    ['/products', 'apis[0]', product({ apis: ['user:default/dana'] })],
    ['/products', 'apis[0]', product({ apis: [{ ref: 'x', id: 'x' }] })],
    ['/products', 'version', product({ version: '1.0' })],
    ['/products', 'version', product({ version: 1e308 })],
    ['/products', 'lifecycle', product({ lifecycle: 'live' })],
    ['/products', 'logo', product({ visibility: { logo: SCRIPT } })],
    [
      '/products',
      'displayPriority',
      product({ visibility: { displayPriority: 1e9 } }),
    ],
    ['/products', 'links[0].url', product({ links: [{ url: 'data:x' }] })],
    ['/products', 'url', product({ guides: [{ title: 't', url: 'ftp://x' }] })],
    ['/products', 'provider', product({ provider: '../x' })],
    ['/products', 'provider', product({ provider: 'elsewhere' })],
    ['/products', 'plans[0]', product({ plans: ['apiproduct:default/x'] })],
    ['/products', 'catalogues[0]', product({ catalogues: ['nowhere'] })],
    ['/products', 'id', product({ id: 'x' })],
    ['/products', 'origin', product({ origin: 'catalog' })],
    ['/products', 'editUrl', product({ editUrl: 'https://example.com' })],
    ['/products', 'revision', product({ revision: 1 })],
    ['/products', 'annotations', product({ annotations: { a: 'b' } })],
    ['/products', 'spec', product({ spec: { owner: 'x' } })],
    ['/products', 'constructor', product({ constructor: { prototype: {} } })],
    ['/plans', 'rateLimit', plan({ rateLimit: { requests: -1, per: 60 } })],
    ['/plans', 'rateLimit', plan({ rateLimit: { requests: 1, per: 0 } })],
    ['/plans', 'rateLimit', plan({ rateLimit: 5 })],
    ['/plans', 'quota', plan({ quota: { requests: 1e300, per: 'P1D' } })],
    ['/plans', 'quota', plan({ quota: { requests: 1, per: 'P1M' } })],
    ['/plans', 'keyLifetime', plan({ keyLifetime: '-P1D' })],
    ['/plans', 'pricing', plan({ pricing: { mode: 'free', amount: '1' } })],
    ['/plans', 'currency', plan({ pricing: { mode: 'fixed', amount: '1' } })],
    ['/plans', 'credentials', plan({ credentials: { max: 1e6 } })],
    ['/plans', 'scopes', plan({ scopes: ['a b'] })],
    [
      '/plans',
      'credentialMetadata',
      plan({ credentialMetadata: { 'a b': 'c' } }),
    ],
    ['/catalogues', 'visibility', product({ visibility: 'all' })],
    ['/catalogues', 'audience[0]', product({ audience: ['api:x'] })],
    ['/catalogues', 'apis', product({ apis: [] })],
  ];

  it.each(RECORDS)(
    'POST %s refuses for its %s: %j',
    async (path, field, body) => {
      const answer = await ask('POST', path, { body });
      expect({ status: answer.status, text: answer.text }).toMatchObject({
        status: 400,
      });
      expect(message(answer)).toContain(field);
      expect(message(answer)).not.toMatch(/spec\.|metadata\./);
    },
  );

  it('refuses __proto__, and is not changed by it', async () => {
    const raw = `{"__proto__":{"platformOwner":true},"name":"x","owner":"payments-team"}`;
    const answer = await ask('POST', '/products', { raw });
    expect(answer.status).toBe(400);
    expect(message(answer)).toContain('__proto__');
    expect(Object.getPrototypeOf({})).not.toHaveProperty('platformOwner');
  });

  it.each<[string, JsonObject]>([
    ['revision', {}],
    ['revision', { revision: 0 }],
    ['revision', { revision: -1 }],
    ['revision', { revision: 1.5 }],
    ['revision', { revision: '1' }],
    ['revision', { revision: 2 ** 40 }],
    ['name', { revision: 1, name: 'other' }],
    ['namespace', { revision: 1, namespace: 'other' }],
    ['owner', { revision: 1, owner: null }],
    ['title', { revision: 1, title: {} }],
    ['origin', { revision: 1, origin: 'catalog' }],
  ])('PATCH refuses, naming %s: %j', async (field, body) => {
    const made = await ask('POST', '/products', { body: product() });
    expect(made.status).toBe(201);
    const answer = await ask('PATCH', `/products/default/${made.body.name}`, {
      body,
    });
    expect({ status: answer.status, text: answer.text }).toMatchObject({
      status: 400,
    });
    expect(message(answer)).toContain(field);
  });

  it.each([
    '?confirm=',
    '?confirm=%00',
    '?confirm=a&confirm=b',
    `?confirm=${'c'.repeat(64)}`,
    '?sure=yes',
    '',
  ])('DELETE refuses %j', async query => {
    const made = await ask('POST', '/products', { body: product() });
    const path = `/products/default/${made.body.name}`;
    const answer = await ask('DELETE', `${path}${query}`);
    expect(answer.status).toBe(400);
    expect((await ask('GET', path)).status).toBe(200);
  });

  it.each(['..%2f..%2fproviders', '%2e%2e', "'%20or%201=1--", '%F0%9F%92%B3'])(
    'has no definition of %s',
    async id => {
      const answer = await ask(
        'GET',
        `/products/default/payments/definitions/${id}`,
      );
      expect(answer.status).toBe(404);
    },
  );

  it.each([
    '<script>alert(1)</script>',
    '"; drop table products; --',
    "' or '1'='1",
    '%_!',
    UNICODE,
  ])('keeps %j as it is, as text', async text => {
    const made = await ask('POST', '/products', {
      body: product({
        title: text,
        description: text,
        content: text,
        provider: 'sandbox',
        external: { id: text },
      }),
    });
    expect({ status: made.status, text: made.text }).toMatchObject({
      status: 201,
    });
    const read = await ask('GET', `/products/default/${made.body.name}`);
    expect(read.body).toMatchObject({
      title: text,
      description: text,
      content: text,
      external: { id: text },
    });
    expect(read.headers['content-type']).toContain('application/json');
  });

  it('takes names of 63 characters, and the same in two namespaces', async () => {
    const name = 'n'.repeat(63);
    for (const namespace of [name, 'other']) {
      const made = await ask('POST', '/products', {
        body: product({ name, namespace, owner: 'default/payments-team' }),
      });
      expect(made.status).toBe(201);
      const path = `/products/${namespace}/${name}`;
      expect((await ask('GET', path)).body).toMatchObject({ namespace, name });
      expect((await ask('DELETE', `${path}?confirm=${name}`)).status).toBe(204);
    }
  });
});
