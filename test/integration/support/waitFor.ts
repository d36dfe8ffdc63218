import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until the condition gives something other than undefined or false, and gives that.
 *
 * @param what - in words, for the message when it never does
 */
export async function waitFor<T>(
  what: string,
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  timeoutMs = 30_000,
): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    const found = await condition();
    if (found !== undefined && found !== false) {
      return found;
    }
    if (performance.now() > until) {
      throw new Error(`Not within ${timeoutMs} ms: ${what}`);
    }
    await pause(20);
  }
}
