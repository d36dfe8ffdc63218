/** A part of a benchmark in a process of its own, so that it does not share the time of what is measured. */
import { fork, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import type { z } from 'zod';

interface Order {
  args?: string[];
  /** Whether its log is thrown away; what it says of errors never is. */
  quiet?: boolean;
  /** Sent to it once it is there. */
  send?: object;
}

/**
 * @param file - beside this one; it ends when its parent has gone
 * @param first - what it says when it is ready
 */
export async function startChild<Said>(
  file: string,
  first: z.ZodType<Said>,
  { args = [], quiet = false, send }: Order = {},
): Promise<{ child: ChildProcess; said: Said }> {
  const child = fork(resolve(__dirname, file), args, {
    execArgv: [
      '--no-node-snapshot',
      '--expose-gc',
      '--require',
      require.resolve('@backstage/cli/config/nodeTransform.cjs'),
    ],
    stdio: ['ignore', quiet ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '' },
  });
  const said = await new Promise<Said>((found, failed) => {
    // The transformation of the code says things on the same channel.
    child.on('message', message => {
      const { data, success } = first.safeParse(message);
      if (success) {
        found(data);
      }
    });
    child.once('exit', () => failed(new Error(`${file} did not start`)));
    if (send) {
      child.send(send);
    }
  });
  return { child, said };
}
