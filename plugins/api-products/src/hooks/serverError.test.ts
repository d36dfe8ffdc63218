import { ResponseError } from '@backstage/errors';
import { serverErrorOf } from './serverError';

describe('serverErrorOf', () => {
  it('is the sentence of the backend, not that of the transport', async () => {
    const body = {
      error: {
        name: 'ConflictError',
        message: 'Decided already by user:default/olga',
        code: 'already-decided',
        fields: { subscription: '17' },
      },
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
    expect(serverErrorOf(error)).toMatchObject({
      status: 409,
      message: 'Decided already by olga',
      code: 'already-decided',
      fields: { subscription: '17' },
    });
  });

  it('has no status where nobody answered', () => {
    const error = serverErrorOf(new TypeError('Failed to fetch'));
    expect(error.message).toBe('Failed to fetch');
    expect(error.status).toBeUndefined();
  });
});
