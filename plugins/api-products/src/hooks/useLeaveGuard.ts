import { useEffect } from 'react';
import { useLatest } from './useLatest';

const MARK = 'api-products.filled-form';

const isGuard = (state: unknown): state is object =>
  typeof state === 'object' && state !== null && MARK in state;

/**
 * Keeps what was filled in from being lost by the browser: reload and a closed tab ask in the browser's own words, and
 * the first step back stays on the page and calls `onBack`. For that an entry of the same address lies on top of the
 * history as long as there is something to lose.
 */
export function useLeaveGuard(filled: boolean, onBack: () => void): void {
  const latest = useLatest(onBack);

  useEffect(() => {
    if (!filled) {
      return undefined;
    }
    const cover = () =>
      window.history.pushState({ ...window.history.state, [MARK]: true }, '');
    const back = () => {
      if (!isGuard(window.history.state)) {
        cover();
        latest.current();
      }
    };
    const leave = (event: BeforeUnloadEvent) => {
      event.preventDefault();
      // What older browsers ask for.
      event.returnValue = '';
    };
    cover();
    window.addEventListener('popstate', back);
    window.addEventListener('beforeunload', leave);
    return () => {
      window.removeEventListener('popstate', back);
      window.removeEventListener('beforeunload', leave);
      if (isGuard(window.history.state)) {
        window.history.back();
      }
    };
  }, [filled, latest]);
}
