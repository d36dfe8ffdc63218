/**
 * Where the keys that seal secrets come from: the configuration, or, in development only, one drawn by the plugin.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InputError, isError } from '@backstage/errors';

const KEYS = 'apiProducts.secrets.keys';
const KEY_BYTES = 32;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;
const HOW = 'make one with `openssl rand -base64 32`';

/** A key that seals others. */
export interface RingKey {
  /** Stands beside what the key has sealed; says nothing about the key. */
  id: string;
  key: Buffer;
}

/** The first seals, all open. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

const idOf = (key: Buffer): string =>
  createHash('sha256').update(key).digest('hex').slice(0, 12);

function readKey(secret: string, name: string): Buffer {
  const key = BASE64.test(secret)
    ? Buffer.from(secret, 'base64')
    : Buffer.alloc(0);
  if (key.length !== KEY_BYTES) {
    throw new InputError(
      `${name} must be ${KEY_BYTES} random bytes in base64; ${HOW}`,
    );
  }
  return key;
}

/**
 * The configured keys, or undefined where there are none.
 *
 * @throws InputError naming the key that cannot be used; the message never quotes it
 */
export function readKeyRing(config: RootConfigService): KeyRing | undefined {
  const entries = config.getOptionalConfigArray(KEYS) ?? [];
  const keys = entries.map((entry, i) => {
    const key = readKey(entry.getString('secret'), `${KEYS}[${i}].secret`);
    return { id: entry.getOptionalString('id') ?? idOf(key), key };
  });
  keys.forEach(({ id }, i) => {
    if (id.length > 63) {
      throw new InputError(`${KEYS}[${i}].id is longer than 63 characters`);
    }
    if (keys.findIndex(other => other.id === id) !== i) {
      throw new InputError(`${KEYS}[${i}].id is used twice: ${id}`);
    }
  });
  const [first, ...others] = keys;
  return first && [first, ...others];
}

/** Draws a key once and finds it again at the next start. */
async function developmentKey(file: string): Promise<Buffer> {
  try {
    return readKey((await readFile(file, 'utf8')).trim(), file);
  } catch (error) {
    if (!isError(error) || error.code !== 'ENOENT') {
      throw error;
    }
  }
  const key = randomBytes(KEY_BYTES);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${key.toString('base64')}\n`, { mode: 0o600 });
  return key;
}

/**
 * The configured ring. Without one, production refuses to start; development seals with a key of its own, kept beside
 * the SQLite file so that a restart still opens what is sealed, or in memory where there is no such file.
 *
 * @throws InputError in production without keys, or for a key that cannot be used
 */
export async function loadKeyRing(options: {
  config: RootConfigService;
  logger: LoggerService;
  /** `NODE_ENV`. */
  environment: string | undefined;
  /** Of the plugin's database, if it is one file. */
  databaseFile?: string;
}): Promise<KeyRing> {
  const configured = readKeyRing(options.config);
  if (configured) {
    return configured;
  }
  if (options.environment === 'production') {
    throw new InputError(
      `${KEYS} is missing: secrets are sealed with it until they are shown, and production does not start without one; ${HOW}`,
    );
  }
  const { databaseFile, logger } = options;
  const file =
    databaseFile && databaseFile !== ':memory:'
      ? `${databaseFile}.development-key`
      : undefined;
  const key = file ? await developmentKey(file) : randomBytes(KEY_BYTES);
  logger.warn(
    file
      ? `${KEYS} is not configured: secrets are sealed with a development key in ${file}`
      : `${KEYS} is not configured: secrets are sealed with a key in memory, and those not yet shown are lost at a restart`,
  );
  return [{ id: `development-${idOf(key)}`, key }];
}
