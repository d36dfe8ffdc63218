import type { TykSandbox, TykSandboxOptions } from './types';

/**
 * Starts a sandbox.
 * @public
 */
export async function start(_options?: TykSandboxOptions): Promise<TykSandbox> {
  throw new Error('The sandbox cannot be started yet');
}
