/**
 * Starts one open-source Gateway for each way of keeping keys, for `revocation.test.ts`, and prints what to set:
 *
 *   node test/contract/startGateways.mjs /path/to/tyk /path/to/tyk.conf [first port] [first Redis database]
 *
 * Binary and configuration are yours: the configuration is taken as it is, but for port, database, folders and how keys
 * are kept. The gateways end with this process.
 */
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** By the label that `revocation.test.ts` knows; an empty function is what an untouched installation has. */
const GATEWAYS = {
  'hash_keys: false': { hash_keys: false },
  'no hash_key_function': { hash_key_function: '' },
  murmur64: { hash_key_function: 'murmur64' },
  murmur128: { hash_key_function: 'murmur128' },
  sha256: { hash_key_function: 'sha256' },
  'murmur128, session cache off': {
    hash_key_function: 'murmur128',
    local_session_cache: { disable_cached_session_state: true },
  },
};

const [binary, configuration, firstPort = 8090, firstDatabase = 1] =
  process.argv.slice(2);
if (!binary || !configuration) {
  process.stderr.write(
    'Usage: startGateways.mjs <binary> <tyk.conf> [first port] [first database]\n',
  );
  process.exit(2);
}
const base = JSON.parse(await readFile(configuration, 'utf8'));
const root = await mkdtemp(join(tmpdir(), 'tyk-gateways-'));
const children = [];
const named = [];

for (const [index, [label, settings]] of Object.entries(GATEWAYS).entries()) {
  const port = Number(firstPort) + index;
  const folder = join(root, String(port));
  for (const name of ['apps', 'policies', 'middleware']) {
    await mkdir(join(folder, name), { recursive: true });
  }
  await cp(
    resolve(dirname(configuration), base.template_path ?? './templates'),
    join(folder, 'templates'),
    { recursive: true },
  );
  const config = {
    ...base,
    listen_port: port,
    template_path: './templates',
    app_path: './apps',
    middleware_path: './middleware',
    policies: { policy_source: 'file', policy_path: './policies' },
    storage: { ...base.storage, database: Number(firstDatabase) + index },
    hash_keys: true,
    enable_hashed_keys_listing: true,
    ...settings,
  };
  await writeFile(join(folder, 'tyk.conf'), JSON.stringify(config, null, 2));
  children.push(
    spawn(resolve(binary), ['--conf', 'tyk.conf'], {
      cwd: folder,
      stdio: 'ignore',
    }),
  );
  named.push(`http://127.0.0.1:${port}|${base.secret}|default|${label}`);
}

const stop = async () => {
  children.forEach(child => child.kill());
  await rm(root, { recursive: true, force: true });
  process.exit(0);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.stdout.write(`TYK_GATEWAYS='${named.join(';')}'\n`);
