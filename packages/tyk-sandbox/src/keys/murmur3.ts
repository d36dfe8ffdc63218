/**
 * MurmurHash3 with seed 0, in the two variants the gateway uses: x86 with 32 bits and x64 with 128 bits.
 * Own code, because the packages that have both are unmaintained.
 * The reference is Austin Appleby's public domain smhasher.
 */

function rotate32(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** @returns the 32-bit hash as an unsigned number */
export function murmur3x32(data: Uint8Array): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const blocks = Math.floor(data.length / 4);
  let hash = 0;
  for (let i = 0; i < blocks; i += 1) {
    hash ^= mix32(view.getUint32(i * 4, true));
    hash = Math.imul(rotate32(hash, 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let i = data.length - 1; i >= blocks * 4; i -= 1) {
    tail = (tail << 8) | data[i];
  }
  hash ^= mix32(tail);
  hash ^= data.length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mix32(block: number): number {
  return Math.imul(rotate32(Math.imul(block, 0xcc9e2d51), 15), 0x1b873593);
}

const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotate64(value: bigint, bits: bigint): bigint {
  return u64((value << bits) | (value >> (64n - bits)));
}

function finish64(value: bigint): bigint {
  let hash = u64((value ^ (value >> 33n)) * 0xff51afd7ed558ccdn);
  hash = u64((hash ^ (hash >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return hash ^ (hash >> 33n);
}

function mixFirst(block: bigint): bigint {
  return u64(rotate64(u64(block * C1), 31n) * C2);
}

function mixSecond(block: bigint): bigint {
  return u64(rotate64(u64(block * C2), 33n) * C1);
}

function littleEndian(data: Uint8Array, from: number, to: number): bigint {
  let value = 0n;
  for (let i = Math.min(to, data.length) - 1; i >= from; i -= 1) {
    value = (value << 8n) | BigInt(data[i]);
  }
  return value;
}

/** @returns the two halves of the 128-bit hash */
export function murmur3x128(data: Uint8Array): [bigint, bigint] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const blocks = Math.floor(data.length / 16);
  let first = 0n;
  let second = 0n;
  for (let i = 0; i < blocks; i += 1) {
    first ^= mixFirst(view.getBigUint64(i * 16, true));
    first = u64(rotate64(first, 27n) + second);
    first = u64(first * 5n + 0x52dce729n);
    second ^= mixSecond(view.getBigUint64(i * 16 + 8, true));
    second = u64(rotate64(second, 31n) + first);
    second = u64(second * 5n + 0x38495ab5n);
  }
  const tail = blocks * 16;
  second ^= mixSecond(littleEndian(data, tail + 8, tail + 16));
  first ^= mixFirst(littleEndian(data, tail, tail + 8));

  first ^= BigInt(data.length);
  second ^= BigInt(data.length);
  first = u64(first + second);
  second = u64(second + first);
  first = finish64(first);
  second = finish64(second);
  first = u64(first + second);
  second = u64(second + first);
  return [first, second];
}
