import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';

/** Something that is loaded from the backend. */
export interface Resource<T> {
  /** What was loaded last; it stays while it is loaded again and when that fails. */
  value?: T;
  /** Why the last try failed. */
  error?: Error;
  loading: boolean;
  reload: () => void;
}

interface ResourceOptions<T> {
  /** Loads again after so many milliseconds; a function decides by what is there now, undefined stops. */
  pollMs?: number | ((value: T) => number | undefined);
  /** Shows what the former key gave until the new key has loaded; otherwise a new key starts empty. */
  keepPrevious?: boolean;
}

interface State<T> {
  key: string;
  value?: T;
  error?: Error;
  loading: boolean;
}

/**
 * Loads something and keeps it while loading it again, so that a page does not flicker. What is late for a former key
 * is dropped.
 *
 * @param key - names what is loaded, arguments included; another key loads another thing
 * @param load - gets a signal that is aborted when nobody wants the answer any more
 */
export function useResource<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  options: ResourceOptions<T> = {},
): Resource<T> {
  const [state, setState] = useState<State<T>>({ key, loading: true });
  const [round, setRound] = useState(0);
  const latestLoad = useRef(load);
  latestLoad.current = load;

  useEffect(() => {
    const controller = new AbortController();
    setState(previous => ({ ...previous, loading: true }));
    latestLoad.current(controller.signal).then(
      value => {
        if (!controller.signal.aborted) {
          setState({ key, value, loading: false });
        }
      },
      (reason: unknown) => {
        if (!controller.signal.aborted) {
          setState(previous => ({
            key,
            value: previous.key === key ? previous.value : undefined,
            error: toError(reason),
            loading: false,
          }));
        }
      },
    );
    return () => controller.abort();
  }, [key, round]);

  const reload = useCallback(() => setRound(last => last + 1), []);

  const current = state.key === key;
  const value = current || options.keepPrevious ? state.value : undefined;
  const { pollMs } = options;
  let wait = typeof pollMs === 'number' ? pollMs : undefined;
  if (typeof pollMs === 'function' && value !== undefined) {
    wait = pollMs(value);
  }
  const loading = state.loading || !current;
  useEffect(() => {
    if (wait === undefined || loading) {
      return undefined;
    }
    const timer = setTimeout(reload, wait);
    return () => clearTimeout(timer);
  }, [wait, loading, reload]);

  return {
    value,
    error: current ? state.error : undefined,
    loading,
    reload,
  };
}
