import { useState } from 'react';

let last = 0;

/** An id that no other element of the page has; React 17 has no `useId`. */
export function useUniqueId(name: string): string {
  const [id] = useState(() => {
    last += 1;
    return `api-products-${name}-${last}`;
  });
  return id;
}
