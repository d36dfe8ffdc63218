import {
  endedQuery,
  readLinked,
  readView,
  requestQuery,
  subscriptionQuery,
  withPart,
} from './accessView';

const params = (text: string) => new URLSearchParams(text);

describe('what of their access somebody looks at', () => {
  it('is a page of what lives, and a page of what waits', () => {
    const view = readView(params(''));
    expect(subscriptionQuery(view)).toEqual({
      as: 'consumer',
      limit: 20,
      status: ['provisioning', 'active', 'suspended', 'revoking', 'failed'],
    });
    expect(requestQuery(view)).toEqual({
      as: 'requester',
      current: true,
      limit: 20,
    });
  });

  it('is narrowed on the server', () => {
    const narrowed = { application: 'a', product: 'apiproduct:default/p' };
    const view = readView(params('application=a&product=apiproduct:default/p'));
    expect(subscriptionQuery(view)).toMatchObject(narrowed);
    expect(requestQuery(view)).toMatchObject(narrowed);
    expect(endedQuery(view)).toMatchObject({
      ...narrowed,
      status: ['revoked', 'expired'],
    });
  });

  it('has what ended where it is asked for, and each page of its own list', () => {
    const view = readView(params('ended=true&cursor=c&requests=r'));
    expect(subscriptionQuery(view)).toEqual({
      as: 'consumer',
      limit: 20,
      cursor: 'c',
    });
    expect(requestQuery(view)).toMatchObject({ cursor: 'r' });
  });

  it.each([
    ['cursor=c&requests=r&request=1', 'application', 'a', 'application=a'],
    ['product=p&cursor=c', 'product', undefined, ''],
    ['ended=true&cursor=c', 'ended', undefined, ''],
    ['application=a&subscription=1', 'cursor', 'c', 'application=a&cursor=c'],
    ['cursor=c', 'requests', 'r', 'cursor=c&requests=r'],
  ] as const)('%p with %s %p is %p', (text, part, value, expected) => {
    expect(withPart(params(text), part, value).toString()).toBe(expected);
  });

  it('may be led to by a link', () => {
    expect(readLinked(params('request=1'))).toEqual({
      kind: 'request',
      id: '1',
    });
    expect(readLinked(params('cursor=c'))).toBeUndefined();
  });
});
