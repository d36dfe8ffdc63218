import { randomBytes } from 'node:crypto';
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';
import type { HashAlgorithm } from '../types';

/** An organisation that is a MongoDB id takes so many characters at the start of an old key. */
const MONGO_ID_LENGTH = 24;

const ALGORITHMS: readonly HashAlgorithm[] = [
  'murmur32',
  'murmur64',
  'murmur128',
  'sha256',
];

/**
 * The key as the consumer may present it: base64 of `{"org","id","h"}`, or `<org><id>` where no hash
 * function is set. A custom id that starts with the organisation loses it, as with the real gateway.
 *
 * @param id - '' makes a random one
 */
export function makeToken(
  org: string,
  id: string,
  algorithm: HashAlgorithm | undefined,
): string {
  const ownId = id.startsWith(org) ? id.slice(org.length) : id;
  const keyId = ownId || randomBytes(16).toString('hex');
  if (algorithm === undefined) {
    return org + keyId;
  }
  return Buffer.from(
    `{"org":"${org}","id":"${keyId}","h":"${algorithm}"}`,
    'utf8',
  ).toString('base64');
}

function decodeToken(token: string): JsonObject | undefined {
  if (!token.startsWith('ey') || token.length % 4 !== 0) return undefined;
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return undefined;
  try {
    const value: unknown = JSON.parse(
      Buffer.from(token, 'base64').toString('utf8'),
    );
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The hash function a token names; `undefined` for anything else. */
export function tokenAlgorithm(token: string): HashAlgorithm | undefined {
  const named = decodeToken(token)?.h;
  return ALGORITHMS.find(algorithm => algorithm === named);
}

/** The organisation a key names; '' where it names none. */
export function tokenOrg(token: string): string {
  const org = decodeToken(token)?.org;
  if (typeof org === 'string') return org;
  const start = token.slice(0, MONGO_ID_LENGTH);
  return token.length > MONGO_ID_LENGTH && /^[0-9a-fA-F]+$/.test(start)
    ? start
    : '';
}

/** How tokens of an organisation begin, for listing keys that are not hashed. */
export function tokenPrefix(org: string): string {
  return Buffer.from(`{"org":"${org}"`, 'utf8')
    .toString('base64')
    .replace(/=+$/, '')
    .slice(0, -2);
}
