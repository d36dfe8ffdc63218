import { useRef } from 'react';

/** 128 random bits; `crypto.randomUUID` is missing on pages without TLS. */
const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');

/**
 * One `Idempotency-Key` belongs to one content: sending the same again after a time-out answers with the first request,
 * sending something else is another request.
 *
 * @returns the key of what is sent
 */
export function useIdempotencyKey(): (content: unknown) => string {
  const attempt = useRef({ key: '', content: '' });
  return sent => {
    const content = JSON.stringify(sent);
    if (attempt.current.content !== content) {
      attempt.current = { key: newKey(), content };
    }
    return attempt.current.key;
  };
}
