import { redactSecrets } from './redaction';

describe('redactSecrets', () => {
  it('hides secrets as they are and encoded for a URL, a token before the key within it', () => {
    expect(
      redactSecrets('a k=/y+ b tok.k=/y+ c k%3D%2Fy%2B', [
        'k=/y+',
        'tok.k=/y+',
      ]),
    ).toBe('a [redacted] b [redacted] c [redacted]');
  });

  it('leaves other text alone, and cuts what is too long', () => {
    expect(redactSecrets('fine', ['', 'x y'])).toBe('fine');
    expect(redactSecrets('a'.repeat(5_000), [])).toHaveLength(1_000);
  });
});
