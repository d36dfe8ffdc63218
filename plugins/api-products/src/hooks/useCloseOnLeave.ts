import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';
import { useLatest } from './useLatest';

/** A reason that stands in a dialog may lead to where it can be seen, which may be the page below: then it closes. */
export function useCloseOnLeave(onClose: () => void): void {
  const { pathname, search } = useLocation();
  const address = pathname + search;
  const [begunAt] = useState(address);
  const closing = useLatest(onClose);
  useEffect(() => {
    if (address !== begunAt) {
      closing.current();
    }
  }, [address, begunAt, closing]);
}
