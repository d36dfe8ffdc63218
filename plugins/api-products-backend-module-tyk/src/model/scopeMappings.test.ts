import type { JsonObject } from '@backstage/types';
import {
  classicScopes,
  oasScopes,
  policyOf,
  withoutScope,
  withScope,
} from './scopeMappings';
import type { ScopeDocument } from './scopeMappings';

function present(document: ScopeDocument | undefined): ScopeDocument {
  if (!document) throw new Error('takes no JSON web tokens');
  return document;
}

const READ = { scope: 'read', policyId: 'p-read' };
const GOLD = { scope: 'gold', policyId: 'p-gold' };

describe('a classic definition', () => {
  const definition: JsonObject = {
    api_id: 'a',
    enable_jwt: true,
    jwt_source: 'c2VjcmV0',
    jwt_scope_claim_name: '',
    jwt_scope_to_policy_mapping: null,
    scopes: {
      jwt: { scope_claim_name: 'scp', scope_to_policy: { read: 'p-read' } },
      oidc: { scope_claim_name: '', scope_to_policy: null },
    },
    proxy: { listen_path: '/a/' },
  };

  it('has a map, around which nothing changes', () => {
    const found = present(classicScopes(definition));
    expect(found.pairs).toEqual([READ]);
    expect(found.with([READ, GOLD])).toEqual({
      ...definition,
      scopes: {
        jwt: {
          scope_claim_name: 'scp',
          scope_to_policy: { read: 'p-read', gold: 'p-gold' },
        },
        oidc: { scope_claim_name: '', scope_to_policy: null },
      },
    });
  });

  it('moves what is in the deprecated field, and leaves nothing there', () => {
    const old = {
      ...definition,
      scopes: {
        jwt: { scope_claim_name: '', scope_to_policy: null },
        oidc: { scope_claim_name: '', scope_to_policy: null },
      },
      jwt_scope_claim_name: 'scp',
      jwt_scope_to_policy_mapping: { read: 'p-read' },
    };
    const found = present(classicScopes(old));
    expect(found.pairs).toEqual([READ]);
    expect(found.with([READ, GOLD])).toEqual({
      ...old,
      scopes: {
        ...old.scopes,
        jwt: {
          scope_claim_name: 'scp',
          scope_to_policy: { read: 'p-read', gold: 'p-gold' },
        },
      },
      jwt_scope_claim_name: '',
      jwt_scope_to_policy_mapping: {},
    });
  });

  it('leaves a deprecated field alone that does not count, and does not bring it back', () => {
    const both = {
      ...definition,
      jwt_scope_to_policy_mapping: { old: 'p-old' },
      scopes: { jwt: { scope_to_policy: { read: 'p-read' } } },
    };
    const found = present(classicScopes(both));
    expect(found.pairs).toEqual([READ]);
    expect(found.with([READ, GOLD])).toEqual({
      ...both,
      scopes: {
        jwt: { scope_to_policy: { read: 'p-read', gold: 'p-gold' } },
      },
    });
    const emptied = found.with([]);
    expect(emptied.scopes).toEqual({
      jwt: { scope_claim_name: 'scope', scope_to_policy: {} },
    });
    expect(classicScopes(emptied)?.pairs).toEqual([]);
  });

  it('has none where the API takes no JSON web tokens', () => {
    expect(classicScopes({ ...definition, enable_jwt: false })).toBe(undefined);
  });

  it('can have none yet', () => {
    expect(classicScopes({ enable_jwt: true })?.with([GOLD])).toEqual({
      enable_jwt: true,
      scopes: {
        jwt: { scope_claim_name: '', scope_to_policy: { gold: 'p-gold' } },
      },
    });
  });
});

describe('an OAS document', () => {
  const documentWith = (
    jwt: JsonObject,
    more: JsonObject = {},
    security: JsonObject[] = [{ jwt: [] }],
  ): JsonObject => ({
    openapi: '3.0.3',
    security,
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        jwt: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
      },
    },
    'x-tyk-api-gateway': {
      info: { id: 'a' },
      server: {
        listenPath: { value: '/a/' },
        authentication: {
          enabled: true,
          securitySchemes: { key: { enabled: true }, jwt },
          ...more,
        },
      },
    },
  });

  it('has a list of pairs, around which nothing changes', () => {
    const jwt = {
      enabled: true,
      source: 'c2VjcmV0',
      scopes: {
        claimName: 'scope',
        claims: ['scope', 'scp'],
        scopeToPolicyMapping: [READ],
      },
    };
    const found = present(oasScopes(documentWith(jwt)));
    expect(found.pairs).toEqual([READ]);
    expect(found.with([READ, GOLD])).toEqual(
      documentWith({
        ...jwt,
        scopes: { ...jwt.scopes, scopeToPolicyMapping: [READ, GOLD] },
      }),
    );
  });

  it('can have none yet', () => {
    const found = present(oasScopes(documentWith({ enabled: true })));
    expect(found.pairs).toEqual([]);
    expect(found.with([GOLD])).toEqual(
      documentWith({
        enabled: true,
        scopes: { scopeToPolicyMapping: [GOLD] },
      }),
    );
  });

  it('counts only by its first security requirement, unless all are alternatives', () => {
    const second = [{ key: [] }, { jwt: [] }];
    const jwt = { enabled: true };
    expect(oasScopes(documentWith(jwt, {}, second))).toBeUndefined();
    expect(
      oasScopes(
        documentWith(jwt, { securityProcessingMode: 'compliant' }, second),
      ),
    ).toBeDefined();
    expect(
      oasScopes(
        documentWith(
          jwt,
          { securityProcessingMode: 'compliant', security: [['jwt', 'hmac']] },
          [{ key: [] }],
        ),
      ),
    ).toBeDefined();
  });

  it.each<[string, JsonObject]>([
    ['switched off', documentWith({ enabled: false })],
    ['keyless', documentWith({ enabled: true }, { enabled: false })],
    ['without security', documentWith({ enabled: true }, {}, [])],
    ['no document of Tyk', { openapi: '3.0.3', security: [{ jwt: [] }] }],
  ])('has none where it is %s', (_, document) => {
    expect(oasScopes(document)).toBeUndefined();
  });
});

describe('a list of scopes', () => {
  it('of a scope that is there twice, the last counts', () => {
    const twice = [READ, { scope: 'read', policyId: 'p-other' }];
    expect(policyOf(twice, 'read')).toBe('p-other');
    expect(policyOf(twice, 'none')).toBeUndefined();
    expect(withoutScope(twice, READ)).toEqual(twice);
    expect(withoutScope(twice, { scope: 'read', policyId: 'p-other' })).toEqual(
      [],
    );
  });

  it('keeps its order', () => {
    expect(withScope([READ, GOLD], { scope: 'read', policyId: 'x' })).toEqual([
      { scope: 'read', policyId: 'x' },
      GOLD,
    ]);
    expect(withScope([READ], GOLD)).toEqual([READ, GOLD]);
    expect(withoutScope([READ, GOLD], READ)).toEqual([GOLD]);
  });
});
