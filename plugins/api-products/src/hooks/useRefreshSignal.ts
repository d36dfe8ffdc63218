import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

const POLL_MS = 30_000;

/**
 * Calls back when something may have changed: at once on a signal of the channel `api-products`, and every 30 seconds
 * in any case. Signals are optional in an installation and are lost while the connection is down, so they only make
 * the page quicker, never right. A page in the background waits until it is looked at.
 *
 * @internal
 */
export function useRefreshSignal(refresh: () => void): void {
  const { lastSignal } = useSignal('api-products');
  const latest = useRef(refresh);
  latest.current = refresh;

  useEffect(() => {
    if (lastSignal) {
      latest.current();
    }
  }, [lastSignal]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        latest.current();
      }
    }, POLL_MS);
    return () => clearInterval(timer);
  }, []);
}
