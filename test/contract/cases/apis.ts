/** Cases 24–26: APIs, how their consumers sign in, and what of them can be published. */
import type { JsonObject } from '@backstage/types';
import type { ProviderApi } from 'backstage-plugin-api-products-common';
import type { ContractCase } from '../suite/contractCase';
import { withOwnApis } from '../suite/ownApis';
import type { OasSignIn } from '../suite/testApis';

type Authentication = ProviderApi['authentication'];

/** What is expected: the kind, and a part of the note where there is one. */
type Row<T> = [name: string, settings: T, kind: Authentication, note?: string];

const JWT: JsonObject = {
  enable_jwt: true,
  jwt_signing_method: 'hmac',
  jwt_source: Buffer.from('secret').toString('base64'),
};

const CLASSIC: Row<JsonObject>[] = [
  ['keyless', { use_keyless: true }, 'keyless'],
  ['token', { use_standard_auth: true }, 'auth-token'],
  [
    'certificate-token',
    {
      use_standard_auth: true,
      auth_configs: { authToken: { use_certificate: true } },
    },
    'other',
    'bound to a client certificate',
  ],
  ['basic', { use_basic_auth: true }, 'basic'],
  ['hmac', { enable_signature_checking: true }, 'other', 'HMAC'],
  ['oauth', { use_oauth2: true }, 'other', "Tyk's own OAuth server"],
  ['jwt', JWT, 'jwt'],
  ['oidc', { use_openid: true }, 'other', 'OpenID Connect'],
  ['mtls', { use_keyless: true, use_mutual_tls_auth: true }, 'mtls'],
  ['custom', { custom_plugin_auth_enabled: true }, 'other', 'plugin'],
  [
    'several',
    {
      ...JWT,
      use_standard_auth: true,
      base_identity_provided_by: 'auth_token',
    },
    'auth-token',
    'callers need a token and a JSON web token',
  ],
  ['none', {}, 'auth-token'],
];

const SCHEMES: JsonObject = {
  key: { type: 'apiKey', in: 'header', name: 'X-Key' },
  jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
  basic: { type: 'http', scheme: 'basic' },
  oauth: {
    type: 'oauth2',
    flows: {
      clientCredentials: { tokenUrl: 'https://id.example.com/t', scopes: {} },
    },
  },
};

function signIn(
  security: JsonObject[],
  more: JsonObject = {},
  settings: Record<string, JsonObject> = {},
): OasSignIn {
  const names = [...new Set(security.flatMap(entry => Object.keys(entry)))];
  const pick = (from: JsonObject) =>
    Object.fromEntries(names.map(name => [name, from[name]]));
  return {
    security,
    securitySchemes: pick(SCHEMES),
    authentication: {
      enabled: true,
      securitySchemes: Object.fromEntries(
        names.map(name => [
          name,
          {
            enabled: true,
            // The gateway refuses an API whose credential could be nowhere.
            ...(name !== 'key' && {
              header: { enabled: true, name: 'Authorization' },
            }),
            ...settings[name],
          },
        ]),
      ),
      ...more,
    },
  };
}

const OAS: Row<OasSignIn>[] = [
  ['absent', {}, 'keyless'],
  ['api-key', signIn([{ key: [] }]), 'auth-token'],
  ['bearer', signIn([{ jwt: [] }]), 'jwt'],
  ['password', signIn([{ basic: [] }]), 'basic'],
  ['oauth2', signIn([{ oauth: [] }]), 'other', "Tyk's own OAuth server"],
  [
    'elsewhere',
    signIn(
      [{ oauth: [] }],
      {},
      {
        oauth: {
          providers: [
            {
              jwt: {
                enabled: true,
                signingMethod: 'hmac',
                source: 'c2VjcmV0',
                identityBaseField: 'sub',
              },
            },
          ],
        },
      },
    ),
    'other',
    'another OAuth server',
  ],
  [
    'plugin',
    { authentication: { enabled: true, custom: { enabled: true } } },
    'other',
    'plugin',
  ],
  [
    'both',
    signIn([{ key: [], jwt: [] }]),
    'other',
    'callers need a token and a JSON web token',
  ],
  [
    'either',
    signIn([{ key: [] }, { jwt: [] }], { securityProcessingMode: 'compliant' }),
    'auth-token',
    'one of these is enough: a token or a JSON web token',
  ],
];

const settingsOf = <T>(rows: Row<T>[]): Record<string, T> =>
  Object.fromEntries(rows.map(([name, settings]) => [name, settings]));

export const apis: ContractCase[] = [
  {
    number: 24,
    title: 'how consumers of each API sign in, classic and OAS',
    run: target =>
      withOwnApis(
        target,
        { classic: settingsOf(CLASSIC), oas: settingsOf(OAS) },
        async api => {
          const listed = await target.provider.listApis();
          const found = [...CLASSIC, ...OAS].map(([name]) => {
            const one = listed.find(({ id }) => id === api(name).id);
            return [name, one?.authentication, one?.authenticationNote];
          });
          expect(found).toEqual(
            [...CLASSIC, ...OAS].map(([name, , kind, note]) => [
              name,
              kind,
              note === undefined ? undefined : expect.stringContaining(note),
            ]),
          );
          const header = (name: string) =>
            listed
              .find(({ id }) => id === api(name).id)
              ?.call?.keyPlaces.find(place => place.in === 'header')?.name;
          expect([
            header('token'),
            header('api-key'),
            header('either'),
            header('basic'),
          ]).toEqual(['Authorization', 'X-Key', 'X-Key', 'Authorization']);
        },
      ),
  },
  {
    number: 25,
    title: 'versions; what is inactive or internal is said',
    run: target =>
      withOwnApis(
        target,
        {
          classic: {
            'two-versions': {
              use_standard_auth: true,
              version_data: {
                not_versioned: false,
                default_version: 'v1',
                versions: { v1: { name: 'v1' }, v2: { name: 'v2' } },
              },
            },
            inactive: { use_standard_auth: true, active: false },
            internal: { use_standard_auth: true, internal: true },
          },
        },
        async api => {
          const listed = await target.provider.listApis();
          const one = (id: string) => listed.find(found => found.id === id);
          expect(one(target.api('first').id)).toMatchObject({
            listenPath: target.api('first').path,
            active: true,
            versions: ['Default'],
            hasDefinition: false,
          });
          expect(one(target.api('oas').id)).toMatchObject({
            active: true,
            versions: [''],
            hasDefinition: true,
          });
          expect(one(api('two-versions').id)?.versions).toEqual(['v1', 'v2']);
          expect(one(api('inactive').id)).toMatchObject({ active: false });
          expect(one(api('internal').id)).toMatchObject({ internal: true });
          expect(one(target.api('first').id)).not.toHaveProperty('internal');
        },
      ),
  },
  {
    number: 26,
    title: 'a definition to publish has nothing of Tyk; a classic API has none',
    async run({ provider, api, prefix }) {
      const definition = await provider.exportDefinition(api('oas').id);
      expect(definition).toMatchObject({
        openapi: '3.0.3',
        info: { title: api('oas').id },
        paths: { '/parcels': expect.anything() },
      });
      expect(Object.keys(definition ?? {})).not.toContain('x-tyk-api-gateway');
      expect(await provider.exportDefinition(api('first').id)).toBeUndefined();
      expect(
        await provider.exportDefinition(`${prefix}-nothing`),
      ).toBeUndefined();
    },
  },
];
