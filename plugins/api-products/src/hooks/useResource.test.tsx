import { act, renderHook, waitFor } from '@testing-library/react';
import { useResource } from './useResource';

/** A promise that the test settles. */
function deferred<T>() {
  const settle: { resolve: (value: T) => void; reject: (e: Error) => void } = {
    resolve: () => {},
    reject: () => {},
  };
  const promise = new Promise<T>((resolve, reject) => {
    settle.resolve = resolve;
    settle.reject = reject;
  });
  return { promise, ...settle };
}

describe('useResource', () => {
  it('loads once for a key', async () => {
    const load = jest.fn(async () => 'first');
    const { result } = renderHook(() => useResource('key', load));
    expect(result.current).toMatchObject({ loading: true, value: undefined });
    await waitFor(() => expect(result.current.value).toBe('first'));
    expect(result.current.loading).toBe(false);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('keeps what it has while it loads again, and when that fails', async () => {
    const second = deferred<string>();
    const load = jest
      .fn<Promise<string>, []>()
      .mockResolvedValueOnce('first')
      .mockReturnValueOnce(second.promise);
    const { result } = renderHook(() => useResource('key', load));
    await waitFor(() => expect(result.current.value).toBe('first'));

    act(() => result.current.reload());
    expect(result.current).toMatchObject({ value: 'first', loading: true });

    await act(async () => second.reject(new Error('away')));
    expect(result.current.value).toBe('first');
    expect(result.current.error?.message).toBe('away');
  });

  it('starts empty with another key, unless it is told to keep', async () => {
    const load = jest.fn(async () => 'value');
    const { result, rerender } = renderHook(
      ({ id, keepPrevious }) => useResource(id, load, { keepPrevious }),
      { initialProps: { id: 'a', keepPrevious: false } },
    );
    await waitFor(() => expect(result.current.value).toBe('value'));

    rerender({ id: 'b', keepPrevious: false });
    expect(result.current).toMatchObject({ value: undefined, loading: true });
    await waitFor(() => expect(result.current.value).toBe('value'));

    rerender({ id: 'c', keepPrevious: true });
    expect(result.current).toMatchObject({ value: 'value', loading: true });
    await waitFor(() => expect(result.current.loading).toBe(false));
  });

  it('drops what is late for a former key', async () => {
    const late = deferred<string>();
    const { result, rerender } = renderHook(
      ({ id }) =>
        useResource(id, async () => (id === 'a' ? late.promise : 'of b')),
      { initialProps: { id: 'a' } },
    );
    rerender({ id: 'b' });
    await waitFor(() => expect(result.current.value).toBe('of b'));
    await act(async () => late.resolve('of a'));
    expect(result.current.value).toBe('of b');
  });

  it('asks again as long as what is there says so', async () => {
    let round = 0;
    const load = jest.fn(async () => {
      round += 1;
      return round;
    });
    const { result } = renderHook(() =>
      useResource('key', load, {
        pollMs: value => (value < 3 ? 1 : undefined),
      }),
    );
    await waitFor(() => expect(result.current.value).toBe(3));
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('does not poll while nobody looks, and does at once when somebody comes back', async () => {
    jest.useFakeTimers();
    const look = (state: DocumentVisibilityState) => {
      jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
      act(() => {
        document.dispatchEvent(new Event('visibilitychange'));
      });
    };
    const pass = (ms: number) =>
      act(async () => {
        await jest.advanceTimersByTimeAsync(ms);
      });
    try {
      const load = jest.fn(async () => 'value');
      renderHook(() => useResource('key', load, { pollMs: 2_000 }));
      await pass(0);
      await pass(2_000);
      expect(load).toHaveBeenCalledTimes(2);
      look('hidden');
      await pass(60_000);
      expect(load).toHaveBeenCalledTimes(2);
      look('visible');
      expect(load).toHaveBeenCalledTimes(3);
      await pass(0);
      await pass(2_000);
      expect(load).toHaveBeenCalledTimes(4);
    } finally {
      jest.restoreAllMocks();
      jest.useRealTimers();
    }
  });
});
