import type { ReactNode } from 'react';
import { act, renderHook } from '@testing-library/react';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import type { SignalApi } from '@backstage/plugin-signals-react';
import type { JsonObject } from '@backstage/types';
import { useRefreshSignal } from './useRefreshSignal';

describe('useRefreshSignal', () => {
  it('refreshes once for all signals of a second', () => {
    jest.useFakeTimers();
    try {
      const listeners: [string, () => void][] = [];
      const signals: SignalApi = {
        subscribe<T extends JsonObject>(
          channel: string,
          onMessage: (message: T) => void,
        ) {
          listeners.push([
            channel,
            () => onMessage(JSON.parse('{"changed":"access-request"}')),
          ]);
          return { unsubscribe: () => {} };
        },
      };
      const refresh = jest.fn();
      renderHook(() => useRefreshSignal(refresh), {
        wrapper: ({ children }: { children: ReactNode }) => (
          <TestApiProvider apis={[[signalApiRef, signals]]}>
            {children}
          </TestApiProvider>
        ),
      });
      const [[channel, send]] = listeners;
      expect(channel).toBe('api-products');
      act(send);
      act(send);
      jest.advanceTimersByTime(600);
      act(send);
      expect(refresh).not.toHaveBeenCalled();
      jest.advanceTimersByTime(400);
      expect(refresh).toHaveBeenCalledTimes(1);
      jest.advanceTimersByTime(5_000);
      expect(refresh).toHaveBeenCalledTimes(1);
      act(send);
      jest.advanceTimersByTime(1_000);
      expect(refresh).toHaveBeenCalledTimes(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('asks every half a minute without signals, as long as it is mounted', () => {
    jest.useFakeTimers();
    try {
      const refresh = jest.fn();
      const { unmount } = renderHook(() => useRefreshSignal(refresh), {
        wrapper: ({ children }: { children: ReactNode }) => (
          <TestApiProvider apis={[]}>{children}</TestApiProvider>
        ),
      });
      jest.advanceTimersByTime(60_000);
      expect(refresh).toHaveBeenCalledTimes(2);
      unmount();
      jest.advanceTimersByTime(60_000);
      expect(refresh).toHaveBeenCalledTimes(2);
    } finally {
      jest.useRealTimers();
    }
  });
});
