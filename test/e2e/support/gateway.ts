/** Calling the gateway as a developer would: with the command that the portal shows, or with the key it gave. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findCommand } from '../../../scripts/lib/commands.mjs';
import { urls } from './portal';

const run = promisify(execFile);

/** What the gateway said. */
interface Answer {
  status: number;
  /** Names in small letters. */
  headers: Record<string, string>;
  body: string;
}

/**
 * Runs the command in a shell exactly as a person would paste it; only what is printed is asked for in addition.
 * Where there is no curl, the same request is made by Node from the words of the command.
 */
export async function paste(command: string): Promise<Answer> {
  if (!findCommand('curl')) return requestOf(command);
  const { stdout } = await run('sh', ['-c', `${command} --silent --include`]);
  const [head = '', ...rest] = stdout.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(
      lines.map(line => {
        const colon = line.indexOf(':');
        return [
          line.slice(0, colon).toLowerCase(),
          line.slice(colon + 1).trim(),
        ];
      }),
    ),
    body: rest.join('\r\n\r\n'),
  };
}

/** The command's one header and its address, without a shell. */
function requestOf(command: string): Promise<Answer> {
  const [, name, value, address] =
    /^curl -H '([^:']+): ([^']+)' '?([^']+?)'?$/.exec(command) ?? [];
  if (!address)
    throw new Error(`Not the curl command of a product: ${command}`);
  return call(address, { [name]: value });
}

/** Calls an address of the gateway. */
export async function call(
  address: string,
  headers: Record<string, string>,
): Promise<Answer> {
  const response = await fetch(address, { headers });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

/** Moves the gateway's clock, so that nobody has to wait for a rate or a quota to renew. */
export async function advance(seconds: number): Promise<void> {
  const response = await fetch(`${urls.control}/advance`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ milliseconds: seconds * 1000 }),
  });
  if (!response.ok) throw new Error(`No time passed: ${await response.text()}`);
}
