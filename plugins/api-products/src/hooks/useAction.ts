import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';

/** Something that a button does. */
interface Action<A extends unknown[], T> {
  /** Does it, unless it is being done already; answers undefined where it failed or was not started. */
  run: (...args: A) => Promise<T | undefined>;
  busy: boolean;
  error?: Error;
  /** Forgets the error. */
  reset: () => void;
}

/**
 * Runs one call at a time. The guard is a ref, not the state, because a double click comes before React has drawn the
 * disabled button.
 */
export function useAction<A extends unknown[], T>(
  call: (...args: A) => Promise<T>,
): Action<A, T> {
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({
    busy: false,
  });
  const running = useRef(false);
  const mounted = useRef(true);
  const latest = useRef(call);
  latest.current = call;

  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const settle = useCallback((next: { busy: boolean; error?: Error }) => {
    running.current = next.busy;
    if (mounted.current) {
      setState(next);
    }
  }, []);

  const run = useCallback(
    async (...args: A) => {
      if (running.current) {
        return undefined;
      }
      settle({ busy: true });
      try {
        const result = await latest.current(...args);
        settle({ busy: false });
        return result;
      } catch (error) {
        settle({ busy: false, error: toError(error) });
        return undefined;
      }
    },
    [settle],
  );
  const reset = useCallback(() => settle({ busy: false }), [settle]);
  return { run, busy: state.busy, error: state.error, reset };
}
