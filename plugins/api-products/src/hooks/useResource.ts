import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';
import { whenVisible } from '../reads/whenVisible';

/** Something that is loaded from the backend. */
export interface Resource<T> {
  /** What was loaded last; it stays while it is loaded again and when that fails. */
  value?: T;
  /** Why the last try failed. */
  error?: Error;
  loading: boolean;
  /** Loads again at once, after something that the person did. */
  reload: () => void;
  /**
   * Loads again because something may have changed: not before what is loading has come, however slow it is, and not
   * within a second of the last time.
   */
  reloadSoon: () => void;
}

const SOON_MS = 1_000;

interface ResourceOptions<T> {
  /**
   * Loads again after so many milliseconds, while somebody looks at the page; a function decides by what is there now,
   * undefined stops.
   */
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
  const begunAt = useRef(0);
  const running = useRef(false);
  const wanted = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const latestLoad = useRef(load);
  latestLoad.current = load;

  const reload = useCallback(() => setRound(last => last + 1), []);
  const reloadSoon = useCallback(() => {
    if (running.current) {
      wanted.current = true;
      return;
    }
    timer.current ??= setTimeout(
      reload,
      Math.max(0, begunAt.current + SOON_MS - Date.now()),
    );
  }, [reload]);

  useEffect(() => {
    const controller = new AbortController();
    begunAt.current = Date.now();
    running.current = true;
    wanted.current = false;
    const ended = () => {
      running.current = false;
      if (wanted.current) {
        reloadSoon();
      }
    };
    setState(previous => ({ ...previous, loading: true }));
    latestLoad.current(controller.signal).then(
      value => {
        if (!controller.signal.aborted) {
          setState({ key, value, loading: false });
          ended();
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
          ended();
        }
      },
    );
    return () => {
      controller.abort();
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [key, round, reloadSoon]);

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
    let stop: () => void = () => {};
    const polling = setTimeout(() => {
      stop = whenVisible(reload);
    }, wait);
    return () => {
      clearTimeout(polling);
      stop();
    };
  }, [wait, loading, reload]);

  return {
    value,
    error: current ? state.error : undefined,
    loading,
    reload,
    reloadSoon,
  };
}
