/** JSON web tokens, as far as the gateway looks into them before it asks for policies. */
import {
  constants,
  createHmac,
  createPublicKey,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isJsonObject } from '../json';
import type { JsonObject } from '../json';

const PADDING: Record<string, number> = {
  RS: constants.RSA_PKCS1_PADDING,
  PS: constants.RSA_PKCS1_PSS_PADDING,
};

interface Jwt {
  header: JsonObject;
  claims: JsonObject;
  /** What is signed. */
  signed: string;
  signature: Buffer;
}

export function parseJwt(token: string): Jwt | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  const [header, claims] = parts.slice(0, 2).map(decode);
  return header && claims
    ? {
        header,
        claims,
        signed: `${parts[0]}.${parts[1]}`,
        signature: Buffer.from(parts[2], 'base64url'),
      }
    : undefined;
}

function decode(part: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(part, 'base64url').toString('utf8'),
    );
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the signature is by the method the API is set to (`hmac`, `rsa`, `ecdsa`). */
export function isOfMethod({ header }: Jwt, method: string): boolean {
  const prefixes: Record<string, string[]> = {
    hmac: ['HS'],
    rsa: ['RS', 'PS'],
    ecdsa: ['ES'],
  };
  const algorithm = String(header.alg);
  return (prefixes[method] ?? ['HS']).some(prefix =>
    algorithm.startsWith(prefix),
  );
}

/** @param secret - the shared secret, or a public key as PEM */
export function isSigned(jwt: Jwt, secret: Buffer): boolean {
  const [, family, size] =
    /^(HS|RS|PS|ES)(256|384|512)$/.exec(String(jwt.header.alg)) ?? [];
  if (family === undefined) return false;
  const digest = `sha${size}`;
  if (family === 'HS') {
    const wanted = createHmac(digest, secret).update(jwt.signed).digest();
    return (
      wanted.length === jwt.signature.length &&
      timingSafeEqual(wanted, jwt.signature)
    );
  }
  const key = publicKey(secret);
  return (
    key !== undefined &&
    verify(
      digest,
      Buffer.from(jwt.signed),
      family === 'ES'
        ? { key, dsaEncoding: 'ieee-p1363' }
        : { key, padding: PADDING[family] },
      jwt.signature,
    )
  );
}

function publicKey(pem: Buffer): KeyObject | undefined {
  try {
    return createPublicKey(pem);
  } catch {
    return undefined;
  }
}

/** What is wrong with the times of the token, in the words of the gateway. */
export function timeError(
  { exp, iat, nbf }: JsonObject,
  now: number,
  skew: { expires: number; issued: number; notBefore: number },
): string | undefined {
  if (typeof exp === 'number' && now >= exp + skew.expires) {
    return 'token has expired';
  }
  if (typeof iat === 'number' && now < iat - skew.issued) {
    return 'token used before issued';
  }
  if (typeof nbf === 'number' && now < nbf - skew.notBefore) {
    return 'token is not valid yet';
  }
  return undefined;
}
