/** JSON web tokens as an identity provider would sign them for the suite's APIs. */
import { createHmac } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import { JWT_SECRET } from './testApis';

const part = (value: JsonObject) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * What a consumer sends as `Authorization`.
 *
 * @param now - milliseconds since the epoch
 */
export function jwtWith(
  scopes: readonly string[],
  subject: string,
  now: number,
): string {
  const claims = {
    sub: subject,
    scope: scopes.join(' '),
    exp: Math.floor(now / 1000) + 3600,
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  const signature = createHmac('sha256', JWT_SECRET)
    .update(signed)
    .digest('base64url');
  return `Bearer ${signed}.${signature}`;
}

/** How an OAS API takes the suite's tokens, with what is said of scopes. */
export const oasJwt = (scopes: JsonObject) => ({
  security: [{ jwt: [] }],
  securitySchemes: {
    jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  },
  authentication: {
    enabled: true,
    securitySchemes: {
      jwt: {
        enabled: true,
        header: { enabled: true, name: 'Authorization' },
        signingMethod: 'hmac',
        source: Buffer.from(JWT_SECRET).toString('base64'),
        identityBaseField: 'sub',
        policyFieldName: 'pol',
        scopes,
      },
    },
  },
});
