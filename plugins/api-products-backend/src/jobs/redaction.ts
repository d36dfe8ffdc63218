/** Texts that tell of a failure, without what must not be told. Pure. */
import { shortened } from '../lib/texts';

const LONGEST = 1_000;
const HIDDEN = '[redacted]';

/** @param secrets - texts that may stand in it, as they are or encoded for a URL */
export function redactSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  // The longest first: a token may contain the key it was made of.
  const longestFirst = [...secrets]
    .filter(secret => secret !== '')
    .sort((a, b) => b.length - a.length);
  for (const secret of longestFirst) {
    for (const form of new Set([secret, encodeURIComponent(secret)])) {
      clean = clean.split(form).join(HIDDEN);
    }
  }
  return shortened(clean, LONGEST);
}
