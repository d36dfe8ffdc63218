/**
 * A PostgreSQL server for the length of one test run: in a folder of its own, on the loopback address, and
 * without any care for its data, which makes it fast.
 */
import { execFileSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findCommand } from './commands.mjs';
import { startService } from './services.mjs';

/** Backstage's test utilities use the server behind this connection for `POSTGRES_15`, whatever its version. */
export const POSTGRES_VARIABLE =
  'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

const DEBIAN_FOLDER = '/usr/lib/postgresql';
const READY = /database system is ready to accept connections/;

/** @returns {string | undefined} the folder with `initdb` and `postgres` */
export function findPostgres() {
  const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a));
  const inPath = findCommand('initdb');
  return [
    ...newest.map(version => join(DEBIAN_FOLDER, version, 'bin')),
    ...(inPath ? [dirname(inPath)] : []),
  ].find(
    folder =>
      existsSync(join(folder, 'initdb')) &&
      existsSync(join(folder, 'postgres')),
  );
}

/**
 * @param {string} binaries as {@link findPostgres} says
 * @param {string} logFile
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 * @throws Error with the server's own words
 */
export async function startPostgres(binaries, logFile) {
  const data = mkdtempSync(join(tmpdir(), 'api-products-pg-'));
  const remove = () => rmSync(data, { recursive: true, force: true });
  try {
    const user = unprivilegedUser();
    if (user) chownSync(data, user.uid, user.gid);
    execFileSync(
      join(binaries, 'initdb'),
      ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'],
      { cwd: data, ...user, stdio: 'pipe' },
    );

    const port = await freePort();
    const settings = {
      listen_addresses: '127.0.0.1',
      port: String(port),
      unix_socket_directories: data,
      max_connections: '300',
      fsync: 'off',
      full_page_writes: 'off',
      synchronous_commit: 'off',
    };
    let ready = () => {};
    const listening = new Promise(resolve => {
      ready = () => resolve(undefined);
    });
    const service = startService({
      name: 'PostgreSQL',
      command: join(binaries, 'postgres'),
      args: [
        '-D',
        data,
        ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`]),
      ],
      cwd: data,
      env: process.env,
      logFile,
      user,
      onLine: line => READY.test(line) && ready(),
    });
    await Promise.race([
      listening,
      service.ended.then(how => {
        throw new Error(
          [`PostgreSQL ${how}`, ...service.lastLines()].join('\n'),
        );
      }),
    ]);
    return {
      url: `postgres://postgres@127.0.0.1:${port}/postgres`,
      async stop() {
        // SIGINT is its "fast shutdown": it does not wait for its clients.
        await service.stop('SIGINT');
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** PostgreSQL does not run as root: there, the user of its Debian package does. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) return undefined;
  const id = flag =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(address.port));
    });
  });
}
