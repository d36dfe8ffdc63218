import { createFakeApi, pageOf } from '../fixtures';
import { forgetReads, shareReads } from './shareReads';

function portal() {
  const signals: AbortSignal[] = [];
  const listProducts = jest.fn(
    (_query?: unknown, options: { signal?: AbortSignal } = {}) => {
      if (options.signal) {
        signals.push(options.signal);
      }
      return new Promise<ReturnType<typeof pageOf<never>>>(resolve => {
        setTimeout(() => resolve(pageOf<never>([])), 100);
      });
    },
  );
  const getMe = jest.fn(createFakeApi().getMe);
  const api = shareReads(createFakeApi({ listProducts, getMe }));
  return { api, listProducts, getMe, signals };
}

describe('shareReads', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('asks once for what is on its way, and for what has just come', async () => {
    const { api, listProducts } = portal();
    const both = Promise.all([
      api.listProducts({ q: 'a' }),
      api.listProducts({ q: 'a' }),
    ]);
    await jest.advanceTimersByTimeAsync(100);
    const [first, second] = await both;
    expect(second).toBe(first);
    await expect(api.listProducts({ q: 'a' })).resolves.toBe(first);
    expect(listProducts).toHaveBeenCalledTimes(1);
  });

  it('asks again a second later, and for something else at once', async () => {
    const { api, listProducts } = portal();
    api.listProducts({ q: 'a' });
    api.listProducts({ q: 'b' });
    expect(listProducts).toHaveBeenCalledTimes(2);
    await jest.advanceTimersByTimeAsync(1_000);
    api.listProducts({ q: 'a' });
    expect(listProducts).toHaveBeenCalledTimes(3);
  });

  it('asks again after something was done, also while it was asking', async () => {
    const { api, getMe, listProducts } = portal();
    await api.getMe();
    await api.cancelAccessRequest('request');
    await api.getMe();
    expect(getMe).toHaveBeenCalledTimes(2);
    api.listProducts();
    await api.cancelAccessRequest('request');
    api.listProducts();
    expect(listProducts).toHaveBeenCalledTimes(2);
  });

  it('asks again after what was done has failed, because nobody knows how far it came', async () => {
    const { api, getMe } = portal();
    await api.getMe();
    await expect(
      api.createPlan({
        name: 'x',
        owner: 'o',
        rateLimit: 'unlimited',
        quota: 'unlimited',
      }),
    ).rejects.toThrow('Only platform owners');
    await api.getMe();
    expect(getMe).toHaveBeenCalledTimes(2);
  });

  it('asks again when it is told to', async () => {
    const { api, getMe } = portal();
    await api.getMe();
    forgetReads(api);
    await api.getMe();
    expect(getMe).toHaveBeenCalledTimes(2);
  });

  it('does not keep a failure', async () => {
    const { api, getMe } = portal();
    getMe.mockRejectedValueOnce(new Error('no connection'));
    await expect(api.getMe()).rejects.toThrow('no connection');
    await expect(api.getMe()).resolves.toBeDefined();
  });

  it('stops asking when nobody wants the answer any more, and not before', async () => {
    const { api, listProducts, signals } = portal();
    const [one, other] = [new AbortController(), new AbortController()];
    const left = api.listProducts({}, { signal: one.signal });
    const stays = api.listProducts({}, { signal: other.signal });
    one.abort();
    await expect(left).rejects.toMatchObject({ name: 'AbortError' });
    expect(signals[0].aborted).toBe(false);
    other.abort();
    await expect(stays).rejects.toMatchObject({ name: 'AbortError' });
    expect(signals[0].aborted).toBe(true);
    api.listProducts({}, {});
    expect(listProducts).toHaveBeenCalledTimes(2);
  });
});
