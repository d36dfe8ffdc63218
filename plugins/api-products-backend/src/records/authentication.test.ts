import { signInOf, withoutCredential } from './authentication';

const api = (
  name: string,
  authentication: Parameters<typeof signInOf>[0][number]['authentication'],
) => ({ name, authentication });

describe('signInOf', () => {
  it('believes the product where nothing is known of its APIs', () => {
    expect(signInOf([], 'jwt')).toEqual({ authentication: 'jwt' });
    expect(signInOf([], undefined)).toEqual({ authentication: undefined });
  });

  it('follows from the APIs where they agree', () => {
    expect(signInOf([api('A', 'basic'), api('B', 'basic')], undefined)).toEqual(
      { authentication: 'basic' },
    );
    expect(signInOf([api('A', 'other')], undefined)).toEqual({
      authentication: 'other',
    });
  });

  it('names the APIs that do not agree, and how', () => {
    expect(
      signInOf([api('A', 'basic'), api('B', 'keyless')], undefined).problem,
    ).toEqual({
      field: 'apis',
      message:
        'apis must all want the same authentication, and these do not: A wants basic, B wants keyless',
    });
  });

  it('does not believe a product against its APIs', () => {
    expect(signInOf([api('A', 'jwt')], 'auth-token')).toMatchObject({
      authentication: 'jwt',
      problem: {
        field: 'authentication',
        message:
          'authentication is auth-token, but A wants jwt; leave it out, it follows from the APIs',
      },
    });
  });
});

describe('withoutCredential', () => {
  it.each(['auth-token', 'basic', null])('gives one for %s', authentication => {
    expect(withoutCredential({ authentication })).toBeUndefined();
  });

  it.each(['keyless', 'jwt', 'mtls', 'other'])(
    'says why there is none for %s',
    authentication => {
      expect(withoutCredential({ authentication })).toMatch(/called/);
    },
  );
});
