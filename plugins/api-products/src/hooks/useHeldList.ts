import { useRef, useState } from 'react';
import type { Id } from 'backstage-plugin-api-products-common';

interface HeldList<T> {
  /** Those that were there first, in that order, each as it is now. */
  items?: T[];
  /** Whether there are others by now. */
  hasNews: boolean;
  /** Shows them. */
  show: () => void;
}

interface State<T> {
  key: string;
  /** What is shown. */
  ids?: Id[];
  known: Map<Id, T>;
}

/**
 * Keeps rows where they are while their list is loaded again, so that nothing moves under the pointer: what has left the
 * list stays in its place, and what is new is shown when it is asked for.
 *
 * @param key - names the list; another one is shown at once
 * @param items - what is in it now
 * @param left - what has become of those that left it, as far as that is known
 */
export function useHeldList<T extends { id: Id }>(
  key: string,
  items: T[] | undefined,
  left: T[],
): HeldList<T> {
  const [, draw] = useState(0);
  const held = useRef<State<T>>({ key, known: new Map() });
  if (held.current.key !== key) {
    held.current = { key, known: new Map() };
  }
  const { known } = held.current;
  for (const item of [...left, ...(items ?? [])]) {
    known.set(item.id, item);
  }
  held.current.ids ??= items?.map(({ id }) => id);
  const { ids } = held.current;
  return {
    items: ids?.flatMap(id => known.get(id) ?? []),
    hasNews: items?.some(({ id }) => !ids?.includes(id)) ?? false,
    show: () => {
      held.current.ids = undefined;
      draw(count => count + 1);
    },
  };
}
