import { ResponseError } from '@backstage/errors';
import { serverErrorOf } from './serverError';

describe('serverErrorOf', () => {
  it('is the sentence of the backend, not that of the transport', async () => {
    const body = {
      error: { name: 'ConflictError', message: 'Decided already' },
      response: { statusCode: 409 },
    };
    const error = await ResponseError.fromResponse({
      ok: false,
      status: 409,
      statusText: 'Conflict',
      url: 'http://localhost/api',
      redirected: false,
      type: 'default',
      headers: new Headers({ 'content-type': 'application/json' }),
      text: async () => JSON.stringify(body),
    });
    expect(serverErrorOf(error)).toEqual({
      status: 409,
      message: 'Decided already',
    });
  });

  it('has no status where nobody answered', () => {
    expect(serverErrorOf(new TypeError('Failed to fetch'))).toEqual({
      message: 'Failed to fetch',
    });
  });
});
