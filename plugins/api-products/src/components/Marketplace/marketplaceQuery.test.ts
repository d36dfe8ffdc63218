import {
  isNarrowed,
  readQuery,
  toggled,
  withFilter,
  withoutFilters,
  withValue,
} from './marketplaceQuery';

const params = (text: string) => new URLSearchParams(text);

describe('the marketplace’s address', () => {
  it('is read as the server takes it', () => {
    expect(readQuery(params('q=a&tag=x&tag=y&auth=jwt&cursor=c'))).toEqual({
      q: 'a',
      catalogue: [],
      owner: [],
      tag: ['x', 'y'],
      lifecycle: [],
      billing: [],
      auth: ['jwt'],
      orderBy: undefined,
      cursor: 'c',
      limit: 24,
    });
  });

  it('loses what the server would refuse', () => {
    expect(
      readQuery(params('billing=gold&auth=none&lifecycle=&orderBy=price')),
    ).toMatchObject({
      billing: [],
      auth: [],
      lifecycle: [],
      orderBy: undefined,
    });
  });

  it.each([
    ['', false],
    ['orderBy=title&view=list&cursor=c', false],
    ['q=a', true],
    ['tag=pci', true],
    ['billing=nonsense', false],
  ])('%p narrows the list: %p', (text, expected) => {
    expect(isNarrowed(readQuery(params(text)))).toBe(expected);
  });

  it.each([
    ['', 'tag', 'pci', 'tag=pci'],
    ['tag=pci', 'tag', 'pci', ''],
    ['tag=pci&cursor=c', 'tag', 'card', 'tag=pci&tag=card'],
    ['tag=pci&owner=a', 'owner', 'b', 'tag=pci&owner=a&owner=b'],
  ] as const)('%p with %s %s toggled is %p', (text, name, value, expected) => {
    const before = params(text);
    const values = toggled(before.getAll(name), value);
    expect(withFilter(before, name, values).toString()).toBe(expected);
  });

  it('starts again on the first page with a new search, not with a new view', () => {
    expect(withValue(params('cursor=c'), 'q', 'a').toString()).toBe('q=a');
    expect(withValue(params('cursor=c'), 'view', 'list').toString()).toBe(
      'cursor=c&view=list',
    );
  });

  it('keeps order and view when the filters go', () => {
    expect(
      withoutFilters(
        params('q=a&tag=b&auth=jwt&cursor=c&orderBy=title&view=list'),
      ).toString(),
    ).toBe('orderBy=title&view=list');
  });
});
