import { changesBetween } from './changes';

describe('what has changed', () => {
  it.each([
    [{ a: 1 }, { a: 1 }, []],
    [{ a: null }, {}, []],
    [{ a: 'x' }, { a: 'y' }, [{ field: 'a', before: 'x', after: 'y' }]],
    [{}, { a: true }, [{ field: 'a', after: 'true' }]],
    [{ a: 'x' }, { a: null }, [{ field: 'a', before: 'x' }]],
    [
      { limits: { rate: { requests: 5, per: 'PT1M' } } },
      { limits: { rate: { requests: 9, per: 'PT1M' } } },
      [{ field: 'limits.rate.requests', before: '5', after: '9' }],
    ],
    [
      { limits: { rate: { requests: 5 } } },
      { limits: {} },
      [{ field: 'limits.rate', before: '5' }],
    ],
    [
      { tags: ['a', 'b'] },
      { tags: ['b'] },
      [{ field: 'tags', before: 'a, b', after: 'b' }],
    ],
    [
      { links: [{ title: 'Docs', url: 'https://x' }] },
      { links: [] },
      [{ field: 'links', before: 'Docs https://x' }],
    ],
  ])('from %j to %j is %j', (before, after, expected) => {
    expect(changesBetween(before, after)).toEqual(expected);
  });

  it('is short', () => {
    const [change] = changesBetween({}, { a: 'long '.repeat(1_000) });
    expect(change.after).toHaveLength(255);
  });

  it('is only named where it is further back in a long text', () => {
    const text = 'long '.repeat(1_000);
    expect(changesBetween({ a: text }, { a: `${text}!` })).toEqual([
      { field: 'a' },
    ]);
  });
});
