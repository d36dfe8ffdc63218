import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JsonObject } from '../json';
import { startBench, tokenApi } from '../testing';
import type { Bench } from '../testing';

const SECRET = 'shared-secret';
const NOW = Date.parse('2026-01-01T00:00:00Z') / 1000;

let bench: Bench;

afterEach(() => bench.sandbox.stop());

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

async function open(more: JsonObject = {}) {
  const api = tokenApi('jwt', {
    use_standard_auth: false,
    enable_jwt: true,
    jwt_signing_method: 'hmac',
    jwt_source: base64(SECRET),
    jwt_identity_base_field: 'sub',
    jwt_policy_field_name: 'pol',
    ...more,
  });
  bench = await startBench({ seed: { apis: [api] } });
  bench.sandbox.edit.putPolicy({
    id: 'product',
    partitions: { acl: true },
    access_rights: { jwt: { versions: ['Default'] } },
  });
}

function token(
  claims: JsonObject,
  alg = 'HS256',
  signer: (text: string) => Buffer = text =>
    createHmac('sha256', SECRET).update(text).digest(),
): string {
  const text = [{ alg }, claims]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `Bearer ${text}.${signer(text).toString('base64url')}`;
}

async function outcome(authorization: string) {
  const { status, body } = await bench.call(authorization, '/jwt/');
  return status === 200 ? 200 : `${status} ${Object(body).error}`;
}

const SCOPES = {
  scopes: { jwt: { scope_to_policy: { pay: 'product', gold: 'plan' } } },
};

describe('a JSON web token', () => {
  it.each<[string, JsonObject, JsonObject, string | number]>([
    ['a policy in a claim', {}, { pol: 'product' }, 200],
    ['a policy by default', { jwt_default_policies: ['product'] }, {}, 200],
    [
      'an unknown policy',
      {},
      { pol: 'none' },
      '403 key not authorized: no matching policy',
    ],
    [
      'a policy that opens nothing',
      {},
      { pol: 'plan' },
      '500 failed to create key: key has no valid policies to be applied',
    ],
    ['no policy', {}, {}, '403 key not authorized: no matching policy found'],
    ['scopes', SCOPES, { scope: 'pay gold' }, 200],
    [
      'scopes without a product',
      SCOPES,
      { scope: 'gold' },
      '403 key not authorized: could not apply several policies',
    ],
    [
      'unknown scopes',
      SCOPES,
      { scope: ['else'] },
      '403 key not authorized: no matching policy found in scope claim',
    ],
    [
      'an end in the past',
      {},
      { pol: 'product', exp: NOW - 1 },
      '401 Key not authorized: token has expired',
    ],
    [
      'a start in the future',
      {},
      { pol: 'product', nbf: NOW + 60 },
      '401 Key not authorized: token is not valid yet',
    ],
    [
      'a future time of issue within the tolerance',
      { jwt_issued_at_validation_skew: 60 },
      { pol: 'product', iat: NOW + 60 },
      200,
    ],
  ])('with %s', async (_case, api, claims, expected) => {
    await open(api);
    expect(await outcome(token({ sub: 'client', ...claims }))).toBe(expected);
  });

  it('without a user is refused', async () => {
    await open();
    expect(await outcome(token({ pol: 'product' }))).toBe(
      '403 no suitable claims for user ID were found',
    );
  });

  it('makes a session for its user, whose policies follow the next token', async () => {
    await open(SCOPES);
    await outcome(token({ sub: 'client', scope: 'pay' }));
    await outcome(token({ sub: 'client', scope: 'pay gold' }));
    expect(bench.sandbox.inspect.keys()).toEqual([
      expect.objectContaining({
        session: expect.objectContaining({
          alias: 'client',
          apply_policies: ['product', 'plan'],
        }),
      }),
    ]);
    expect(await outcome(token({ sub: 'client' }))).toBe(
      '403 key not authorized: no scope or policy in token',
    );
  });

  it.each([
    ['nonsense', '403 Key not authorized'],
    ['a.b.c', '403 Key not authorized'],
    [
      token({ sub: 'x' }, 'RS256'),
      '403 Key not authorized: Unexpected signing method',
    ],
    [
      token({ sub: 'x' }, 'HS256', () => Buffer.from('forged')),
      '403 Key not authorized',
    ],
    ['', '400 Authorization field missing'],
  ])('like "%s" is refused', async (text, expected) => {
    await open();
    expect(await outcome(text)).toBe(expected);
  });

  const pem = (key: KeyObject) =>
    base64(key.export({ type: 'spki', format: 'pem' }).toString());

  it('can be signed with RSA', async () => {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await open({ jwt_signing_method: 'rsa', jwt_source: pem(pair.publicKey) });
    const signer = (text: string) =>
      sign('sha256', Buffer.from(text), pair.privateKey);
    const claims = { sub: 'client', pol: 'product' };
    expect(await outcome(token(claims, 'RS256', signer))).toBe(200);
    expect(await outcome(token(claims, 'RS512', signer))).toBe(
      '403 Key not authorized',
    );
  });

  it('can be signed with an elliptic curve', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await open({
      jwt_signing_method: 'ecdsa',
      jwt_source: pem(pair.publicKey),
    });
    const signer = (text: string) =>
      sign('sha256', Buffer.from(text), {
        key: pair.privateKey,
        dsaEncoding: 'ieee-p1363',
      });
    expect(
      await outcome(token({ sub: 'c', pol: 'product' }, 'ES256', signer)),
    ).toBe(200);
  });
});

describe('a password', () => {
  it.each([
    ['Basic', 'header not in basic auth format'],
    ['Basic a b', 'header not in basic auth format'],
    [`Basic ${base64('nobody')}`, 'values not in basic auth format'],
  ])('in the header "%s" is refused', async (header, why) => {
    await open({ enable_jwt: false, use_basic_auth: true });
    expect(await outcome(header)).toBe(
      `400 Attempted access with malformed header, ${why}`,
    );
  });
});
