import { useEffect, useRef, useState } from 'react';

const SETTLES_MS = 1_000;

/**
 * Whether what is under the pointer has been there long enough to be meant. False for a second after `key` has changed,
 * so that the second half of a double click does not press what the first half has brought; true from the beginning.
 */
export function useSettled(key: string | undefined): boolean {
  const [settled, setSettled] = useState(key);
  const begun = useRef(key !== undefined);
  if (!begun.current && key !== undefined) {
    begun.current = true;
    setSettled(key);
  }
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [key]);
  return settled === key;
}
