import { useEffect, useRef } from 'react';
import Typography from '@material-ui/core/Typography';

/** What has been done, in words, where the reader goes on: the button that did it may be gone. */
export function Said({ words }: { words: string }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (words) {
      place.current?.focus();
    }
  }, [words]);
  return (
    <Typography variant="body2" role="status" tabIndex={-1} ref={place}>
      {words}
    </Typography>
  );
}
