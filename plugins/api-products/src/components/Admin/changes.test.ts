import { changesBetween, keepChanges } from './changes';

const before = { title: 'Gold', owner: ['a'], quota: { requests: '5' } };

describe('changesBetween', () => {
  it('compares what stands in a field, and any of several', () => {
    const changed = changesBetween(before, {
      ...before,
      owner: ['a'],
      quota: { requests: '6' },
    });
    expect(changed('title')).toBe(false);
    expect(changed('owner')).toBe(false);
    expect(changed('quota')).toBe(true);
    expect(changed('title', 'quota')).toBe(true);
  });
});

describe('keepChanges', () => {
  it('puts the changes of a person on what others have made of it', () => {
    expect(
      keepChanges(
        before,
        { ...before, title: 'Golden' },
        { title: 'Gold+', owner: ['b'], quota: { requests: '7' } },
      ),
    ).toEqual({ title: 'Golden', owner: ['b'], quota: { requests: '7' } });
  });

  it('keeps what was emptied empty', () => {
    expect(keepChanges(before, { ...before, owner: [] }, before).owner).toEqual(
      [],
    );
  });
});
