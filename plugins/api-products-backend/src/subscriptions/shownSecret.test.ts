import { tailOf } from './shownSecret';

const CHOSEN = '3fa85f64a93f';

const encoded = (text: string) => Buffer.from(text, 'utf8').toString('base64');

describe('tailOf', () => {
  it.each([
    ['the end of a key that is shown as it is', 'token', CHOSEN, 'a93f'],
    [
      'the end of a key behind an organisation',
      'token',
      `org${CHOSEN}`,
      'a93f',
    ],
    ['the end of the password', 'basic', encoded(`dana:${CHOSEN}`), 'a93f'],
    [
      'nothing of a token that ends like every other',
      'token',
      encoded(`{"org":"default","id":"${CHOSEN}","h":"murmur64"}`),
      null,
    ],
    ['nothing of another password', 'basic', encoded('dana:other'), null],
  ] as const)('is %s', (_, kind, secret, tail) => {
    expect(tailOf(kind, secret, CHOSEN)).toBe(tail);
  });
});
