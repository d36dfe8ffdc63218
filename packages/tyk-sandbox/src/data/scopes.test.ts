/** Scopes of JSON web tokens, in every form an API definition can map them, and what edits of it do. */
import { createHmac } from 'node:crypto';
import { asObject } from '../json';
import type { JsonObject } from '../json';
import { startBench, tokenApi } from '../testing';
import type { Bench } from '../testing';

const SECRET = 'shared-secret';
const SOURCE = Buffer.from(SECRET).toString('base64');
const MAP = { pay: 'product', gold: 'plan' };
const PAIRS = [
  { scope: 'pay', policyId: 'product' },
  { scope: 'gold', policyId: 'plan' },
];

function token(claims: JsonObject): string {
  const text = [{ alg: 'HS256' }, { sub: 'client', ...claims }]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = createHmac('sha256', SECRET).update(text);
  return `Bearer ${text}.${signature.digest('base64url')}`;
}

function classic(more: JsonObject): JsonObject {
  return tokenApi('jwt', {
    org_id: 'default',
    use_standard_auth: false,
    enable_jwt: true,
    jwt_signing_method: 'hmac',
    jwt_source: SOURCE,
    jwt_identity_base_field: 'sub',
    ...more,
  });
}

function oas(scopes: JsonObject, more: JsonObject = {}): JsonObject {
  const scheme = {
    enabled: true,
    header: { enabled: true, name: 'Authorization' },
    source: SOURCE,
    signingMethod: 'hmac',
    identityBaseField: 'sub',
    scopes,
    ...more,
  };
  return {
    openapi: '3.0.3',
    info: { title: 'JWT', version: '1' },
    paths: {},
    components: {
      securitySchemes: {
        jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    security: [{ jwt: [] }],
    'x-tyk-api-gateway': {
      info: {
        id: 'jwt',
        name: 'JWT',
        orgId: 'default',
        state: { active: true },
      },
      upstream: { url: 'http://127.0.0.1:9' },
      server: {
        listenPath: { value: '/jwt/', strip: true },
        authentication: { enabled: true, securitySchemes: { jwt: scheme } },
      },
    },
  };
}

let bench: Bench;
afterEach(() => bench.sandbox.stop());

async function open(seed: { apis?: JsonObject[]; oas?: JsonObject[] }) {
  bench = await startBench({ seed });
  bench.sandbox.edit.putPolicy({
    id: 'product',
    partitions: { acl: true },
    access_rights: { jwt: { versions: ['Default'] } },
  });
}

const call = async (claims: JsonObject) => {
  const answer = await bench.call(token(claims), '/jwt/');
  return answer.status === 200
    ? answer.headers.get('x-ratelimit-limit')
    : answer.status;
};

describe('scopes', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'the map of a classic definition',
      classic({ scopes: { jwt: { scope_to_policy: MAP } } }),
      { scope: 'pay gold' },
    ],
    [
      'another claim',
      classic({
        scopes: { jwt: { scope_claim_name: 'scp', scope_to_policy: MAP } },
      }),
      { scp: ['pay', 'gold'] },
    ],
    [
      'a claim within another',
      classic({
        scopes: { jwt: { scope_claim_name: 'a.b', scope_to_policy: MAP } },
      }),
      { a: { b: 'pay gold' } },
    ],
    [
      'the deprecated map',
      classic({
        jwt_scope_claim_name: 'scp',
        jwt_scope_to_policy_mapping: MAP,
      }),
      { scp: 'pay gold' },
    ],
  ])('are mapped by %s', async (_how, api, claims) => {
    await open({ apis: [api] });
    expect(await call(claims)).toBe('1000');
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      'the claim it names',
      oas({ claimName: 'scp', scopeToPolicyMapping: PAIRS }),
      { scp: 'pay gold' },
    ],
    [
      'the first of several claims that is there',
      oas({ claims: ['scope', 'scp'], scopeToPolicyMapping: PAIRS }),
      { scp: 'pay gold' },
    ],
    [
      'the usual claim',
      oas({ scopeToPolicyMapping: PAIRS }, { subjectClaims: ['client'] }),
      { scope: 'pay gold', client: 'other' },
    ],
  ])('are mapped by an OAS document, from %s', async (_how, api, claims) => {
    await open({ oas: [api] });
    expect(await call(claims)).toBe('1000');
  });

  it('are not mapped by the deprecated map where there is a new one', async () => {
    await open({
      apis: [
        classic({
          jwt_scope_to_policy_mapping: MAP,
          scopes: { jwt: { scope_to_policy: { other: 'product' } } },
        }),
      ],
    });
    expect(await call({ scope: 'pay gold' })).toBe(403);
  });

  it('come on top of the policy of a key that the token names', async () => {
    await open({
      apis: [
        classic({
          jwt_client_base_field: 'azp',
          scopes: { jwt: { scope_to_policy: { pay: 'product' } } },
        }),
      ],
    });
    await bench.admin('POST', '/tyk/keys/shop', {
      org_id: 'default',
      apply_policies: ['plan', 'product'],
    });
    expect(await call({ azp: 'shop', scope: 'pay' })).toBe('1000');
    expect(await call({ azp: 'none', scope: 'pay', sub: 'b' })).toBe('0');
  });
});

async function schemeOf(path: string) {
  const { body } = await bench.admin('GET', path);
  const { server } = Object(body)['x-tyk-api-gateway'];
  return server.authentication.securitySchemes.jwt;
}

describe('edits of the mapping', () => {
  it('of a classic definition hold after a reload', async () => {
    await open({ apis: [classic({})] });
    const path = '/tyk/apis/jwt';
    const claims = { scope: 'pay gold' };
    expect(await call(claims)).toBe(403);

    const definition = asObject((await bench.admin('GET', path)).body);
    definition.scopes = {
      jwt: { scope_claim_name: 'scope', scope_to_policy: MAP },
    };
    expect((await bench.admin('PUT', path, definition)).status).toBe(200);
    expect(await call(claims)).toBe(403);
    await bench.admin('GET', '/tyk/reload/?block=true');
    expect(await call(claims)).toBe('1000');
    expect((await bench.admin('GET', path)).body).toMatchObject({
      scopes: definition.scopes,
    });
  });

  it('of an OAS document hold after a reload', async () => {
    await open({ oas: [oas({ scopeToPolicyMapping: PAIRS })] });
    const path = '/tyk/apis/oas/jwt';
    expect(await call({ scope: 'pay gold' })).toBe('1000');

    const changed = oas({
      claimName: 'scope',
      scopeToPolicyMapping: [{ scope: 'new', policyId: 'product' }, PAIRS[1]],
    });
    expect((await bench.admin('PUT', path, changed)).status).toBe(200);
    await bench.admin('GET', '/tyk/reload/?block=true');
    expect(await call({ scope: 'pay', sub: 'b' })).toBe(403);
    expect(await call({ scope: 'new gold', sub: 'b' })).toBe('1000');
    // It comes back sorted, and with its one claim in the list of claims.
    expect(await schemeOf(path)).toMatchObject({
      subjectClaims: ['sub'],
      scopes: {
        claimName: 'scope',
        claims: ['scope'],
        scopeToPolicyMapping: [PAIRS[1], { scope: 'new', policyId: 'product' }],
      },
    });
    bench.sandbox.setSettings({ version: '5.9.0' });
    expect(await schemeOf(path)).not.toHaveProperty('scopes.claims');
    // What is asked for the classic way is what was derived.
    expect((await bench.admin('GET', '/tyk/apis/jwt')).body).toMatchObject({
      scopes: { jwt: { scope_to_policy: { new: 'product', gold: 'plan' } } },
    });
  });
});

it('passwords and clients of OAuth are read from OAS documents too', async () => {
  const withScheme = (scheme: JsonObject, settings: JsonObject) => {
    const document = oas({});
    document.components = { securitySchemes: { jwt: scheme } };
    const server = asObject(asObject(document['x-tyk-api-gateway']).server);
    asObject(server.authentication).securitySchemes = { jwt: settings };
    return document;
  };
  const header = { enabled: true, name: 'Authorization' };
  await open({
    oas: [
      withScheme({ type: 'http', scheme: 'basic' }, { enabled: true, header }),
    ],
  });
  const basic = await bench.call('', '/jwt/');
  expect([basic.status, basic.headers.get('www-authenticate')]).toEqual([
    401,
    'Basic realm="JWT"',
  ]);
  const clients = withScheme(
    { type: 'oauth2', flows: { clientCredentials: {} } },
    { enabled: true, header },
  );
  await bench.admin('PUT', '/tyk/apis/oas/jwt', clients);
  bench.sandbox.edit.reload();
  const created = await bench.admin('POST', '/tyk/oauth/clients/create', {
    api_id: 'jwt',
    policy_id: 'product',
    redirect_uri: 'https://app.example.com',
  });
  expect(created.status).toBe(200);
});
