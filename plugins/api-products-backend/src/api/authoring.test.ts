/** Making, changing and deleting records over HTTP, as far as that is more than the service behind. */
import {
  mockCredentials,
  mockServices,
  type TestBackend,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import { providerApi } from '../testing/authoring';
import { startApiProducts } from '../testing/backend';
import { catalogueEntity, planEntity } from '../testing/entities';
import { FakeProvider } from '../testing/FakeProvider';
import { people } from '../testing/people';

jest.setTimeout(60_000);

describe('authoring over HTTP', () => {
  const auditor = mockServices.auditor.mock();
  const success = jest.fn();
  const fail = jest.fn();
  let backend: TestBackend;
  let provider: FakeProvider;

  beforeAll(async () => {
    auditor.createEvent.mockImplementation(async () => ({ success, fail }));
    provider = FakeProvider.create();
    provider.apis = [providerApi('cards')];
    provider.definitions.set('cards', { openapi: '3.0.3' });
    backend = await startApiProducts({
      providers: [provider],
      entities: [catalogueEntity('internal'), planEntity('free')],
      features: [auditor.factory],
    });
  });

  afterAll(() => backend.stop());

  const send = (
    method: 'get' | 'post' | 'patch' | 'delete',
    path: string,
    body?: object,
    who: keyof typeof people = 'paula',
  ) =>
    request(backend.server)
      [method](`/api/api-products${path}`)
      .set('authorization', mockCredentials.user.header(people[who].ref))
      .send(body);

  const make = (name: string, fields = {}) =>
    send('post', '/products', {
      name,
      owner: 'payments-team',
      lifecycle: 'active',
      provider: 'sandbox',
      apis: [{ providerApiId: 'cards' }],
      plans: ['free'],
      catalogues: ['internal'],
      ...fields,
    });

  it('answers with the record, as GET does, and leaves a trace', async () => {
    const made = await make('traced');
    expect(made.status).toBe(201);
    const read = await send('get', '/products/default/traced');
    expect(read.body).toMatchObject({
      id: made.body.id,
      revision: 1,
      origin: 'portal',
    });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({ eventId: 'product-create' }),
    );
    expect(success).toHaveBeenLastCalledWith({
      meta: { product: 'apiproduct:default/traced' },
    });
    await send('patch', '/products/default/traced', { revision: 7 });
    expect(auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'product-update',
        meta: { product: 'apiproduct:default/traced' },
      }),
    );
    expect(fail).toHaveBeenCalledTimes(1);
  });

  it('takes texts that are longer than other bodies may be', async () => {
    const content = 'x'.repeat(900_000);
    expect((await make('long', { content })).status).toBe(201);
    const read = await send('get', '/products/default/long');
    expect(read.body.content).toHaveLength(content.length);
    const tooLong = await make('longer', { content: 'x'.repeat(1_000_001) });
    expect(tooLong.status).toBe(400);
    expect(tooLong.body.error.message).toContain('content must be Markdown');
    const huge = await make('huge', { content: 'x'.repeat(5_000_000) });
    expect(huge.status).toBe(400);
    expect(huge.body.error.message).toContain('larger than 4mb');
  });

  it('says what a deletion needs, and who would break', async () => {
    await make('short');
    const without = await send('delete', '/products/default/short');
    expect(without.status).toBe(400);
    expect(without.body.error.message).toContain('confirm');
    const wrong = await send('delete', '/products/default/short?confirm=x');
    expect(wrong.status).toBe(400);
    const impact = await send('get', '/products/default/short/deletion');
    expect(impact.body).toEqual({
      subscriptions: [],
      totalSubscriptions: 0,
      pendingRequests: 0,
    });
    const right = await send('delete', '/products/default/short?confirm=short');
    expect(right.status).toBe(204);
    expect((await send('get', '/products/default/short')).status).toBe(404);
  });

  describe('the definition of an API', () => {
    const path = '/products/default/defined/definitions/cards';
    const exports = () =>
      provider.calls.filter(call => call === 'exportDefinition').length;

    beforeAll(async () => {
      await make('defined');
    });

    it('is shown to everybody who sees the product, and asked for once', async () => {
      const before = exports();
      for (const who of ['gus', 'dana', 'omar'] as const) {
        const answer = await send('get', path, undefined, who);
        expect([answer.status, answer.body]).toEqual([
          200,
          { openapi: '3.0.3' },
        ]);
      }
      expect(exports()).toBe(before + 1);
    });

    it('is not there for others, nor for another API', async () => {
      await make('hidden', { lifecycle: 'draft' });
      const draft = '/products/default/hidden/definitions/cards';
      expect((await send('get', draft, undefined, 'gus')).status).toBe(404);
      expect((await send('get', draft, undefined, 'omar')).status).toBe(200);
      const other = '/products/default/defined/definitions/users';
      expect((await send('get', other)).status).toBe(404);
    });

    it('says why it cannot be had, and asks again', async () => {
      provider.apis = [...provider.apis, providerApi('refunds')];
      await make('failing', { apis: [{ providerApiId: 'refunds' }] });
      const failing = '/products/default/failing/definitions/refunds';
      provider.fault = () => {
        throw new Error('no route to host');
      };
      const down = await send('get', failing);
      expect(down.status).toBe(503);
      expect(down.body.error.message).toContain('no route to host');
      provider.fault = undefined;
      expect((await send('get', failing)).status).toBe(404);
      provider.definitions.set('refunds', { openapi: '3.1.0' });
    });
  });
});
