/** What stands where the secret goes. @public */
export const KEY_PLACEHOLDER = '<YOUR KEY>';

/** Within single quotes a shell reads everything as it is, but for the quote itself. */
const quoted = (text: string): string => `'${text.replace(/'/g, `'\\''`)}'`;

/**
 * A call that can be pasted into a shell.
 *
 * @param call - `headerValue`, with the secret, only where it is being shown; otherwise a placeholder stands there
 * @public
 */
export function formatCurl(call: {
  endpoint: string;
  headerName: string;
  headerPrefix?: string;
  headerValue?: string;
}): string {
  const value =
    call.headerValue ?? `${call.headerPrefix ?? ''}${KEY_PLACEHOLDER}`;
  const header = quoted(`${call.headerName}: ${value}`);
  const plain = /^[\w.:/~%?=,@+-]+$/.test(call.endpoint);
  return `curl -H ${header} ${plain ? call.endpoint : quoted(call.endpoint)}`;
}
