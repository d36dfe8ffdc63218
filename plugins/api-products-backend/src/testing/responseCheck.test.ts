import { differenceOf, type Answered } from './responseCheck';

const removals: Answered = {
  method: 'GET',
  path: '/catalog-removals',
  status: 200,
  body: JSON.stringify({
    items: [{ ref: 'api:default/a', heldBackAt: '2026-11-21T12:00:00.000Z' }],
  }),
};

const json = (body: unknown): Partial<Answered> => ({
  body: JSON.stringify(body),
});

const refusal = {
  error: {
    name: 'NotFoundError',
    message: 'No',
    code: 'not-found',
    fields: {},
  },
  response: { statusCode: 404 },
};

describe('differenceOf', () => {
  it.each<[string, Partial<Answered>]>([
    ['an answer as it should be', {}],
    ['a refusal', { status: 404, ...json(refusal) }],
    [
      'nothing after a deletion',
      { method: 'DELETE', path: '/plans/default/a', status: 204, body: '' },
    ],
    ['a route that is not there', { path: '/nothing', status: 404 }],
    ["Backstage's own document", { path: '/openapi.json' }],
  ])('finds nothing in %s', (_name, changes) => {
    expect(differenceOf({ ...removals, ...changes })).toBeUndefined();
  });

  it.each<[string, Partial<Answered>, string]>([
    ['a field too few', json({}), "must have required property 'items'"],
    [
      'a field too many',
      json({ items: [], more: 1 }),
      'must NOT have additional properties',
    ],
    [
      'a value of another form',
      json({ items: [{ ref: 'a', heldBackAt: 'yesterday' }] }),
      'must match format "date-time"',
    ],
    ['what is not JSON', { body: '<html>' }, 'the body is not JSON'],
    [
      'a status that is not named',
      { status: 201 },
      'the operation has no such status',
    ],
    [
      'a refusal without a code',
      {
        status: 409,
        ...json({
          ...refusal,
          error: { name: 'ConflictError', message: 'No' },
        }),
      },
      "must have required property 'code'",
    ],
    [
      'words after a deletion',
      { method: 'DELETE', path: '/plans/default/a', status: 204 },
      'there is a body',
    ],
    [
      'an operation that is not named',
      { method: 'PUT' },
      'there is no such operation',
    ],
  ])('finds %s', (_name, changes, expected) => {
    expect(differenceOf({ ...removals, ...changes })).toContain(expected);
  });
});
