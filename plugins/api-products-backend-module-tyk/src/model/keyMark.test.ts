import { readKeyMark, withKeyMark } from './keyMark';

describe('the mark of a key', () => {
  it.each([
    ['Shop (group:default/shop)', []],
    ['', []],
    ['Two\nlines', ['65f0c0ffee65f0c0ffee65f0', '65f0c0ffee65f0c0ffee65f1']],
    ['Shop [api-portal c-9 forged]', ['a']],
  ])('is read as it was left on “%s”', (alias, technical) => {
    const mark = { credentialId: 'c-1', technical };
    expect(readKeyMark(withKeyMark(alias, mark))).toEqual({ alias, mark });
  });

  it.each([
    'Somebody else’s',
    'Theirs [production]',
    '[api-portal c-1] first',
    'Shop [api-portal ]',
    '',
  ])('is none where nobody left one: “%s”', alias => {
    expect(readKeyMark(alias)).toEqual({ alias });
  });
});
