import fc from 'fast-check';
import { product } from '../../testing/records';
import { isLater, sizeOf, versionAfter } from './versions';

describe('isLater', () => {
  // The example of semver.org, in order.
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.2.0',
    '1.10.0',
    '2.0.0',
  ];

  it('orders as semver.org does', () => {
    for (const [i, a] of ordered.entries()) {
      for (const [j, b] of ordered.entries()) {
        expect([a, b, isLater(a, b)]).toEqual([a, b, i > j]);
      }
    }
  });

  it('leaves out what was built', () => {
    expect(isLater('1.0.0+2', '1.0.0+1')).toBe(false);
  });
});

describe('the version after a change', () => {
  const before = product('p', { version: '1.2.3', plans: ['a'] });

  it.each([
    ['1.2.4', { description: 'new' }],
    ['1.3.0', { plans: ['a', 'b'] }],
    ['1.3.0', { plans: [] }],
    ['1.3.0', { apis: [...before.apis, { providerApiId: 'x' }] }],
    ['1.3.0', { apis: [{ ...before.apis[0], versions: ['v1'] }] }],
    ['2.0.0', { apis: [] }],
    ['2.0.0', { apis: [{ providerApiId: 'x' }], description: 'new' }],
    ['1.2.3', { lifecycle: 'deprecated' as const }],
    ['1.2.3', {}],
    ['3.0.0', { version: '3.0.0', description: 'new' }],
    ['1.2.4', { version: '1.0.0', description: 'new' }],
  ])('is %s after %j', (version, fields) => {
    expect(versionAfter(before, { ...before, ...fields })).toBe(version);
  });

  it('knows an API by the id of its provider too', () => {
    const [{ providerApiId }] = before.apis;
    expect(sizeOf(before, { ...before, apis: [{ providerApiId }] })).toBe(
      'minor',
    );
  });

  it('ends what comes before a release', () => {
    const beta = { ...before, version: '2.0.0-beta.1' };
    expect(versionAfter(beta, { ...beta, description: 'new' })).toBe('2.0.1');
  });

  it('is never earlier', () => {
    const version = fc
      .tuple(fc.nat(20), fc.nat(20), fc.nat(20))
      .map(parts => parts.join('.'));
    fc.assert(
      fc.property(version, version, fc.string(), (from, to, description) => {
        const a = { ...before, version: from };
        const after = versionAfter(a, { ...a, version: to, description });
        expect(isLater(from, after)).toBe(false);
      }),
    );
  });
});
