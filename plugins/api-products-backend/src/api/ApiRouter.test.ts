/** What openapi.yaml refuses in bodies, before any route is reached. */
import { mockServices } from '@backstage/backend-test-utils';
import { MiddlewareFactory } from '@backstage/backend-defaults/rootHttpRouter';
import express from 'express';
import { middleware as validator } from 'express-openapi-validator';
import request from 'supertest';
import { createRouter } from './createRouter';
import { openapi } from './openapi';
import { GoneError, QuotaExceededError, withRetryAfter } from '../lib/errors';

function startApp() {
  const router = createRouter([
    routes => {
      routes.post('/access-requests', async (_req, res) => {
        await Promise.reject(
          new QuotaExceededError('Plan access quota exceeded', 90.2),
        ).catch(withRetryAfter(res));
      });
      routes.post('/credentials/:id/reveal', async () => {
        throw new GoneError('Revealed already: re-issue to get a new one');
      });
    },
  ]);
  const middleware = MiddlewareFactory.create({
    config: mockServices.rootConfig(),
    logger: mockServices.logger.mock(),
  });
  return express().use(router).use(middleware.error());
}

const app = startApp();

const valid = { product: 'payments', plan: 'free', application: 'id' };

it('checks by a document that is valid', async () => {
  const apiSpec = JSON.parse(JSON.stringify(openapi));
  const validated = express().use(
    ...validator({ apiSpec, ignoreUndocumented: true }),
    (_req, res) => res.end(),
  );
  expect((await request(validated).get('/')).status).toBe(200);
});

describe('createRouter', () => {
  it('hands the document out with the addresses of its paths', async () => {
    const { body } = await request(express().use('/api/x', app)).get(
      '/api/x/openapi.json',
    );
    expect(body.info).toEqual(openapi.info);
    expect(Object.keys(body.paths)).toEqual(
      Object.keys(openapi.paths).map(path => `/api/x${path}`),
    );
  });

  it.each<[string, object | string, string]>([
    [
      'a missing field',
      { product: 'a', plan: 'b' },
      'request/body/application',
    ],
    ['an unknown field', { ...valid, owner: 'me' }, 'request/body/owner'],
    ['a wrong type', { ...valid, product: 7 }, 'request/body/product'],
    [
      'an overlong reason',
      { ...valid, reason: 'x'.repeat(4001) },
      'request/body/reason',
    ],
    [
      'an unknown field deep inside',
      { ...valid, application: { name: 'x', secret: 'y' } },
      'request/body/application',
    ],
    [
      'a name of blanks',
      { ...valid, application: { name: ' \u00a0\u200b' } },
      'request/body/application/name must not be only blanks',
    ],
    ['an empty ref', { ...valid, plan: '' }, 'request/body/plan'],
    ['broken JSON', '{"product": ', 'request/body is not valid JSON'],
    [
      'a NUL',
      { ...valid, reason: 'a\0b' },
      'request/body must not contain the character NUL',
    ],
    [
      'a NUL in the name of a field',
      { ...valid, 'a\0b': 'c' },
      'request/body must not contain the character NUL',
    ],
    ['a bare text', '"payments"', 'request/body is not valid JSON'],
    ['a list', '[]', 'request/body'],
    [
      'a megabyte',
      JSON.stringify({ ...valid, reason: 'x'.repeat(1_000_000) }),
      'request/body is larger than 256kb',
    ],
  ])('refuses %s with 400 that names it', async (_, body, message) => {
    const response = await request(app)
      .post('/access-requests')
      .set('Content-Type', 'application/json')
      .send(body);
    expect(response.status).toBe(400);
    expect(response.body.error.name).toBe('InputError');
    expect(response.body.error.message).toContain(message);
  });

  it('takes the text of an escaped NUL, which is none', async () => {
    const response = await request(app)
      .post('/access-requests')
      .send({ ...valid, reason: String.raw`in C, \u0000 ends a text` });
    expect(response.status).toBe(429);
  });

  it('says for programs what is refused', async () => {
    const response = await request(app)
      .post('/access-requests')
      .send({ ...valid, application: { name: '' } });
    expect(response.body.error).toMatchObject({
      code: 'invalid',
      fields: { field: expect.stringMatching(/^application/) },
    });
  });

  it('refuses a body that is not JSON', async () => {
    const response = await request(app)
      .post('/access-requests')
      .set('Content-Type', 'text/plain')
      .send('payments');
    expect(response.status).toBe(400);
  });

  it('answers 429 with the time to wait', async () => {
    const response = await request(app).post('/access-requests').send(valid);
    expect(response.status).toBe(429);
    expect(response.headers['retry-after']).toBe('91');
    expect(response.body.error).toMatchObject({
      name: 'QuotaExceededError',
      message: 'Plan access quota exceeded',
    });
  });

  it('answers 410 for what will never be there again', async () => {
    const response = await request(app).post('/credentials/x/reveal');
    expect(response.status).toBe(410);
    expect(response.body.error.name).toBe('GoneError');
  });
});
