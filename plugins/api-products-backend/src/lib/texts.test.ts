import { beginningOf, shortened } from './texts';

describe('texts that have to fit', () => {
  it.each([
    ['abc', 'abc', 'abc'],
    ['abcd', 'abc', 'ab…'],
    ['💳💳💳', '💳💳💳', '💳💳💳'],
    ['ab💳d', 'ab💳', 'ab…'],
    ['💳💳💳💳', '💳💳💳', '💳💳…'],
    ['', '', ''],
  ])('cuts %s after whole characters', (text, beginning, short) => {
    expect(beginningOf(text, 3)).toBe(beginning);
    expect(shortened(text, 3)).toBe(short);
  });
});
