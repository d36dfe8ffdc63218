import { useRef, type MutableRefObject } from 'react';

/** What was given last, for effects that must not run again because a callback is a new one. */
export function useLatest<T>(value: T): MutableRefObject<T> {
  const latest = useRef(value);
  latest.current = value;
  return latest;
}
