import { useCallback, useRef, useState } from 'react';
import type { Resource } from './useResource';

/** Something that a person looks at, and what has become of it meanwhile. */
export interface Held<T> extends Resource<T> {
  /** What there is now, where that differs from what is looked at. */
  news?: T;
  /** Shows what there is now. */
  show: () => void;
  /** Loads again and shows whatever comes, after something that the person did here. */
  refresh: () => void;
}

/**
 * Keeps what a person looks at as it is while it is loaded again; what is new is shown when it is asked for.
 *
 * @param key - names what is looked at; another one is shown at once
 * @param same - whether two versions look alike
 */
export function useHeld<T>(
  key: string,
  resource: Resource<T>,
  same: (a: T, b: T) => boolean,
): Held<T> {
  const { value, reload } = resource;
  const [, draw] = useState(0);
  const held = useRef<{ key: string; value?: T }>({ key });
  // The value that is shown no longer, once `refresh` was called and until another one has come.
  const outdated = useRef<T>();

  if (held.current.key !== key) {
    held.current = { key };
    outdated.current = undefined;
  }
  if (outdated.current !== undefined && value !== outdated.current) {
    held.current.value = undefined;
    outdated.current = undefined;
  }
  if (held.current.value === undefined) {
    held.current.value = value;
  }
  const shown = held.current.value;
  const news =
    shown !== undefined && value !== undefined && !same(shown, value)
      ? value
      : undefined;

  const show = useCallback(() => {
    held.current.value = undefined;
    draw(count => count + 1);
  }, []);
  const refresh = useCallback(() => {
    outdated.current = value;
    reload();
  }, [value, reload]);
  return { ...resource, value: shown, news, show, refresh };
}
