/**
 * Keeps secrets out of everything that people or logs get to read.
 *
 * Two nets, because one is not enough: the values that the caller knows to be secret, and everything that looks like
 * a key of Tyk (its token form, or a long run of hexadecimal digits), since a gateway may quote a key that we did not
 * send.
 */
const KEY_LIKE = [
  // base64 of `{"org":…`, plain or in its URL form
  /eyJ[A-Za-z0-9+/_-]{12,}(?:=|%3[dD]){0,2}/g,
  /[0-9a-fA-F]{32,}/g,
];

const LONGEST_TEXT = 300;

/**
 * The text without secrets, on one line, and short enough for a message.
 *
 * @param text - what a gateway or a library said
 * @param secrets - values that must not be seen; empty ones are ignored
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret === '') continue;
    for (const form of new Set([secret, encodeURIComponent(secret)])) {
      clean = clean.split(form).join('[redacted]');
    }
  }
  for (const pattern of KEY_LIKE) {
    clean = clean.replace(pattern, '[redacted]');
  }
  clean = clean.replace(/\s+/g, ' ').trim();
  // By code point, so that none is cut in two.
  return clean.length > LONGEST_TEXT
    ? `${[...clean].slice(0, LONGEST_TEXT).join('')}…`
    : clean;
}
