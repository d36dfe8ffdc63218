import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

/**
 * Passwords of basic authentication. The gateway uses bcrypt and says so; here it is scrypt, which Node.js has.
 * Nobody can tell, because the hash never leaves the gateway.
 */
const COST = { N: 1024 };
const LENGTH = 32;

export function hashPassword(password: string): {
  password: string;
  hash_type: string;
} {
  const salt = randomBytes(16).toString('hex');
  return { password: `${salt}:${derive(password, salt)}`, hash_type: 'bcrypt' };
}

export function isPassword(hash: string, password: string): boolean {
  const [salt, derived = ''] = hash.split(':');
  const given = Buffer.from(derive(password, salt));
  const wanted = Buffer.from(derived);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function derive(password: string, salt: string): string {
  return scryptSync(password, salt, LENGTH, COST).toString('hex');
}
