/**
 * Seals secrets until they are shown. Each secret has a random data key and nonces of its own (AES-256-GCM); the data
 * key is wrapped with the first key of the ring. The credential and the purpose are authenticated with both, so that a
 * sealed secret moved to another row does not open there.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { CustomErrorBase } from '@backstage/errors';
import type { Id } from 'backstage-plugin-api-products-common';
import type { SealedSecretRow } from '../../lib/rows';
import type { KeyRing, RingKey } from './keyRing';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const DATA_KEY_BYTES = 32;

/** What a sealed secret belongs to. */
export interface SealContext {
  credentialId: Id;
  purpose: SealedSecretRow['purpose'];
}

type Sealed = Pick<SealedSecretRow, 'key_id' | 'wrapped_key' | 'ciphertext'>;

/** The secret is there but cannot be opened: its key is gone from the ring, or the row was changed. */
export class CannotOpenError extends CustomErrorBase {
  name = 'CannotOpenError' as const;
}

function encrypt(key: Buffer, plain: Buffer, associated: Buffer): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(associated);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
}

function decrypt(key: Buffer, text: string, associated: Buffer): Buffer {
  const sealed = Buffer.from(text, 'base64');
  const tagAt = NONCE_BYTES;
  const bodyAt = NONCE_BYTES + TAG_BYTES;
  const decipher = createDecipheriv(ALGORITHM, key, sealed.subarray(0, tagAt), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(tagAt, bodyAt));
  return Buffer.concat([
    decipher.update(sealed.subarray(bodyAt)),
    decipher.final(),
  ]);
}

const associated = (context: SealContext, key: RingKey): Buffer =>
  Buffer.from(JSON.stringify([context.credentialId, context.purpose, key.id]));

/** Seals and opens with a key ring. */
export class Sealer {
  readonly #ring: KeyRing;

  static create(ring: KeyRing): Sealer {
    return new Sealer(ring);
  }

  private constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  seal(secret: string, context: SealContext): Sealed {
    const [key] = this.#ring;
    const dataKey = randomBytes(DATA_KEY_BYTES);
    const belongsTo = associated(context, key);
    return {
      key_id: key.id,
      wrapped_key: encrypt(key.key, dataKey, belongsTo),
      ciphertext: encrypt(dataKey, Buffer.from(secret, 'utf8'), belongsTo),
    };
  }

  /** @throws CannotOpenError */
  open(sealed: Sealed, context: SealContext): string {
    const key = this.#ring.find(({ id }) => id === sealed.key_id);
    if (!key) {
      throw new CannotOpenError(
        `The secret was sealed with key ${sealed.key_id}, which apiProducts.secrets.keys no longer has`,
      );
    }
    try {
      const belongsTo = associated(context, key);
      const dataKey = decrypt(key.key, sealed.wrapped_key, belongsTo);
      return decrypt(dataKey, sealed.ciphertext, belongsTo).toString('utf8');
    } catch {
      throw new CannotOpenError(
        `The secret cannot be opened with key ${sealed.key_id} of apiProducts.secrets.keys: the key is another one, or the row was changed`,
      );
    }
  }
}
