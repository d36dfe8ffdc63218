import type { ReactNode } from 'react';
import { act, renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { apiProductsApiRef } from '../api';
import { createFakeApi } from '../fixtures';
import { shareReads } from '../reads/shareReads';
import { useRefreshSignal } from './useRefreshSignal';
import { useResource } from './useResource';

/** A page whose parts refresh, and the server that announces. */
function page(options: { signals?: boolean; slowMs?: number } = {}) {
  const { signals = true, slowMs = 0 } = options;
  const listeners = new Map<string, () => void>();
  const signalApi: SignalApi = {
    subscribe<T extends JsonObject>(
      channel: string,
      onMessage: (message: T) => void,
    ) {
      listeners.set(channel, () =>
        onMessage(JSON.parse('{"changed":"access-request"}')),
      );
      return { unsubscribe: () => listeners.delete(channel) };
    },
  };
  const { getMe: answer } = createFakeApi();
  const getMe = jest.fn(async (...args: Parameters<typeof answer>) => {
    await new Promise(resolve => setTimeout(resolve, slowMs));
    return answer(...args);
  });
  const api = shareReads(createFakeApi({ getMe }));
  return {
    api,
    getMe,
    wrapper: ({ children }: { children: ReactNode }) => (
      <TestApiProvider
        apis={[
          [apiProductsApiRef, api],
          ...(signals ? [[signalApiRef, signalApi] as const] : []),
        ]}
      >
        {children}
      </TestApiProvider>
    ),
    announce: () => act(() => listeners.get('api-products')?.()),
    isListening: () => listeners.size > 0,
  };
}

const pass = (ms: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(ms);
  });

function look(state: DocumentVisibilityState) {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(state);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

describe('useRefreshSignal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('refreshes once for all signals of a second, the last one included', async () => {
    const { wrapper, announce } = page();
    const refresh = jest.fn();
    renderHook(() => useRefreshSignal(refresh), { wrapper });
    announce();
    announce();
    await pass(600);
    announce();
    expect(refresh).not.toHaveBeenCalled();
    await pass(400);
    expect(refresh).toHaveBeenCalledTimes(1);
    await pass(5_000);
    expect(refresh).toHaveBeenCalledTimes(1);
    announce();
    await pass(1_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('asks once a second at most, whatever is announced and however many parts ask', async () => {
    const { wrapper, announce, api, getMe } = page();
    const usePart = () => {
      const me = useResource('me', signal => api.getMe({ signal }));
      useRefreshSignal(me.reloadSoon);
      return me;
    };
    renderHook(() => [usePart(), usePart(), usePart()], { wrapper });
    await pass(0);
    expect(getMe).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 100; i++) {
      announce();
      await pass(100);
    }
    expect(getMe.mock.calls.length).toBeGreaterThan(5);
    expect(getMe.mock.calls.length).toBeLessThanOrEqual(11);
    const before = getMe.mock.calls.length;
    announce();
    await pass(2_000);
    expect(getMe).toHaveBeenCalledTimes(before + 1);
  });

  it('waits for a slow answer before it asks again, so that one comes', async () => {
    const { wrapper, announce, api, getMe } = page({ slowMs: 3_000 });
    const { result } = renderHook(
      () => {
        const me = useResource('me', signal => api.getMe({ signal }));
        useRefreshSignal(me.reloadSoon);
        return me;
      },
      { wrapper },
    );
    for (let i = 0; i < 10; i++) {
      announce();
      await pass(1_000);
    }
    expect(result.current.value).toBeDefined();
    expect(getMe.mock.calls.length).toBeLessThanOrEqual(4);
  });

  it('does not ask while nobody looks, and asks once as soon as somebody does', async () => {
    const { wrapper, announce } = page();
    const refresh = jest.fn();
    renderHook(() => useRefreshSignal(refresh), { wrapper });
    look('hidden');
    for (let i = 0; i < 5; i++) {
      announce();
      await pass(20_000);
    }
    expect(refresh).not.toHaveBeenCalled();
    look('visible');
    expect(refresh).toHaveBeenCalledTimes(1);
    look('visible');
    expect(refresh).toHaveBeenCalledTimes(1);
  });

  it('asks every half a minute without signals, as long as it is mounted', async () => {
    const { wrapper } = page({ signals: false });
    const refresh = jest.fn();
    const { unmount } = renderHook(() => useRefreshSignal(refresh), {
      wrapper,
    });
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(2);
    unmount();
    await pass(60_000);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('listens no longer than somebody is there', () => {
    const { wrapper, isListening } = page();
    const { unmount } = renderHook(() => useRefreshSignal(() => {}), {
      wrapper,
    });
    expect(isListening()).toBe(true);
    unmount();
    expect(isListening()).toBe(false);
  });
});
