import {
  countQuery,
  isFiltered,
  queryOf,
  readView,
  withPart,
} from './subscriptionsView';

const PAYMENTS = 'apiproduct:default/payments';
const LIVE = ['provisioning', 'active', 'suspended', 'revoking', 'failed'];

const viewOf = (search: string) => readView(new URLSearchParams(search));

describe('subscriptionsView', () => {
  it('asks for what has not ended, a page at a time', () => {
    expect(queryOf(viewOf(''))).toEqual({
      as: 'owner',
      limit: 20,
      status: LIVE,
    });
    expect(countQuery(PAYMENTS)).toEqual({
      as: 'owner',
      product: PAYMENTS,
      status: LIVE,
      limit: 1,
    });
  });

  it('asks for what stands in the address', () => {
    const view = viewOf(
      'q=shop&product=apiproduct:default/shipments&plan=apiplan:default/gold&status=ended&cursor=c',
    );
    expect(queryOf(view)).toEqual({
      as: 'owner',
      limit: 20,
      q: 'shop',
      product: 'apiproduct:default/shipments',
      plan: 'apiplan:default/gold',
      status: ['revoked', 'expired'],
      cursor: 'c',
    });
    expect(queryOf(view, PAYMENTS).product).toBe(PAYMENTS);
    expect(queryOf(viewOf('status=all')).status).toBeUndefined();
    expect(queryOf(viewOf('status=nonsense')).status).toEqual(LIVE);
  });

  it.each([
    ['', false],
    ['cursor=c', false],
    ['q=shop', true],
    ['plan=p', true],
    ['product=p', true],
    ['status=all', true],
  ])('knows whether something is left out: %j', (search, filtered) => {
    expect(isFiltered(viewOf(search))).toBe(filtered);
  });

  it('starts on the first page with another filter, and keeps the address short', () => {
    const params = new URLSearchParams('status=active&cursor=c');
    expect(withPart(params, 'q', 'shop').toString()).toBe(
      'status=active&q=shop',
    );
    expect(withPart(params, 'status', 'live').toString()).toBe('');
    expect(withPart(params, 'cursor', 'd').toString()).toBe(
      'status=active&cursor=d',
    );
  });
});
