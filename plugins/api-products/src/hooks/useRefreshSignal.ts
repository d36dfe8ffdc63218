import { useEffect, useRef } from 'react';
import { useSignal } from '@backstage/plugin-signals-react';

const POLL_MS = 30_000;
/** One change in the backend sends several signals; they are answered together. */
const GATHER_MS = 1_000;

/**
 * Calls back when something may have changed: a second after a signal of the channel `api-products`, with all that have
 * come meanwhile, and every 30 seconds in any case. Signals are optional in an installation and are lost while the
 * connection is down, so they only make the page quicker, never right. A page in the background waits until it is
 * looked at.
 */
export function useRefreshSignal(refresh: () => void): void {
  const { lastSignal } = useSignal('api-products');
  const latest = useRef(refresh);
  latest.current = refresh;
  const gathering = useRef<ReturnType<typeof setTimeout>>();

  useEffect(() => {
    if (lastSignal && gathering.current === undefined) {
      gathering.current = setTimeout(() => {
        gathering.current = undefined;
        latest.current();
      }, GATHER_MS);
    }
  }, [lastSignal]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') {
        latest.current();
      }
    }, POLL_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(gathering.current);
      gathering.current = undefined;
    };
  }, []);
}
