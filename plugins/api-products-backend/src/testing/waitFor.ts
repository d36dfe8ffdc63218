import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 5;

/**
 * Waits until the condition holds.
 *
 * @param what - the condition in words, for the message when it never does
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  what: string,
  timeoutMs = 30_000,
): Promise<void> {
  const until = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > until) {
      throw new Error(`After ${timeoutMs} ms it is still not so that ${what}`);
    }
    await pause(LOOK_EVERY_MS);
  }
}
