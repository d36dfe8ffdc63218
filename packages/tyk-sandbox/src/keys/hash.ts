import { createHash } from 'node:crypto';
import type { HashAlgorithm } from '../types';
import { murmur3x128, murmur3x32 } from './murmur3';
import { tokenAlgorithm } from './token';

/** Hexadecimal hash of a string, as the gateway writes it. */
export function hashWith(algorithm: HashAlgorithm, text: string): string {
  const data = Buffer.from(text, 'utf8');
  switch (algorithm) {
    case 'sha256':
      return createHash('sha256').update(data).digest('hex');
    case 'murmur128':
      return murmur3x128(data).map(hex64).join('');
    case 'murmur64':
      return hex64(murmur3x128(data)[0]);
    default:
      return murmur3x32(data).toString(16).padStart(8, '0');
  }
}

function hex64(value: bigint): string {
  return value.toString(16).padStart(16, '0');
}

/**
 * Hash of a key by the algorithm it names itself; murmur32 for all that is no token.
 * This is what a key is stored and listed under, whatever function the gateway is set to now.
 */
export function hashKey(key: string): string {
  return hashWith(tokenAlgorithm(key) ?? 'murmur32', key);
}
