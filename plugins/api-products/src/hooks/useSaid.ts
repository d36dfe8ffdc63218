import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';

const PRESSABLE = 'a, button, input, select, [role="button"], [role="option"]';

/**
 * What was done last, in words, until the person goes on: to another address, or to something else that can be pressed.
 *
 * @returns the words, empty where there is nothing to say, and how to say something
 */
export function useSaid(): [string, (what: string) => void] {
  const [said, say] = useState('');
  const { pathname, search } = useLocation();
  useEffect(() => say(''), [pathname, search]);
  useEffect(() => {
    if (said === '') {
      return undefined;
    }
    const goOn = ({ target }: MouseEvent) => {
      if (target instanceof Element && target.closest(PRESSABLE)) {
        say('');
      }
    };
    document.addEventListener('click', goOn, { capture: true });
    return () => document.removeEventListener('click', goOn, { capture: true });
  }, [said]);
  return [said, say];
}
