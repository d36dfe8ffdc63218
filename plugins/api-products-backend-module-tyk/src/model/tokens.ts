/**
 * Tyk's keys in their token form, and what they tell about the gateway.
 *
 * A key is stored under the hash of its token. The gateway's session cache, however, always uses murmur64 of what the
 * consumer presented; where the two differ, removing a key does not reach the cache, and a key that is in use is
 * written back and lives on. See the README, "Revocation".
 */
import { isJsonObject, parseJson } from '../http/answer';

export type HashFunction = 'murmur32' | 'murmur64' | 'murmur128' | 'sha256';

/** How an installation keeps keys. */
export type HashSetup = HashFunction | 'unhashed' | 'unknown';

const FUNCTIONS: readonly HashFunction[] = [
  'murmur32',
  'murmur64',
  'murmur128',
  'sha256',
];

const BY_HASH_LENGTH: Record<number, HashFunction> = {
  8: 'murmur32',
  16: 'murmur64',
  32: 'murmur128',
  64: 'sha256',
};

interface DecodedToken {
  organisation: string;
  id: string;
  hashFunction?: HashFunction;
}

/** What a token says; undefined for keys of the old form `<org><id>` and anything else. */
export function decodeToken(token: string): DecodedToken | undefined {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(token)) return undefined;
  const value = parseJson(Buffer.from(token, 'base64').toString('utf8'));
  if (!isJsonObject(value)) return undefined;
  const { org, id, h } = value;
  if (typeof org !== 'string' || typeof id !== 'string') return undefined;
  const hashFunction = FUNCTIONS.find(name => name === h);
  return { organisation: org, id, ...(hashFunction && { hashFunction }) };
}

/** The hash function from the length of a key's hash. */
export function hashFunctionOf(hash: string): HashFunction | undefined {
  return BY_HASH_LENGTH[hash.length];
}

/**
 * How an installation keeps keys, from the answer to creating one.
 *
 * @param hash - `key_hash` of the answer, which an installation that does not hash leaves out
 */
export function hashSetupOf(
  token: string,
  hash: string | undefined,
): HashSetup {
  if (!hash) return 'unhashed';
  const named = decodeToken(token)?.hashFunction;
  const measured = hashFunctionOf(hash);
  if (named && measured && named !== measured) return 'unknown';
  return measured ?? 'unknown';
}

/** Every form that the token of a key with this id can have, whatever hash function was set when it was made. */
export function possibleTokens(organisation: string, id: string): string[] {
  // The gateway drops the organisation from the beginning of an id.
  const own = id.startsWith(organisation) ? id.slice(organisation.length) : id;
  return [
    ...FUNCTIONS.map(name =>
      Buffer.from(
        `{"org":"${organisation}","id":"${own}","h":"${name}"}`,
        'utf8',
      ).toString('base64'),
    ),
    `${organisation}${own}`,
  ];
}
