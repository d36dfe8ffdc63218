/** Cases 48–51 and 66: scopes of JSON web tokens that stand for products and plans. */
import type { JsonObject, JsonValue } from '@backstage/types';
import { isObject } from '../suite/adversary';
import { failureOf } from '../suite/behindProxy';
import { onlyDashboard, onlySandbox, unless } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { jwtWith, oasJwt } from '../suite/jwt';
import { withOwnApis } from '../suite/ownApis';
import type { Target } from '../suite/Target';
import { CLASSIC_JWT } from '../suite/testApis';

const FOREIGN = { scope: 'foreign', policyId: 'theirs' };

/** The definition of an API as an administrator reads it, without what Tyk itself writes at each change. */
async function definitionOf(
  { adversary, mode }: Target,
  id: string,
  kind: 'classic' | 'oas',
): Promise<JsonObject> {
  const path = mode === 'gateway' ? '/tyk/apis' : '/api/apis';
  const { body } = await adversary.send(
    'GET',
    `${path}${kind === 'oas' ? '/oas' : ''}/${id}`,
  );
  const found = isObject(body) ? body : {};
  return isObject(found.api_definition) ? found.api_definition : found;
}

/** What is in all of it, except the mapping, whose place is left empty. */
function without(value: JsonValue | undefined, names: string[]): JsonValue {
  if (Array.isArray(value)) return value.map(item => without(item, names));
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      names.includes(name) ? null : without(item, names),
    ]),
  );
}

const MAPPINGS = ['scope_to_policy', 'scopeToPolicyMapping'];

/** A product at these APIs and a plan, with scopes of their own. */
async function pairAt(target: Target, apiIds: string[]) {
  const product = await target.product({
    apis: apiIds.map(id => ({ id, name: id })),
  });
  const plan = await target.plan({ apiIds });
  return {
    apiIds,
    product: { scope: 'orders', policyId: product.reference.policyId },
    plan: { scope: 'gold', policyId: plan.reference.policyId },
  };
}

const ownScopes = {
  classic: {
    scoped: {
      ...CLASSIC_JWT,
      scopes: {
        jwt: {
          scope_claim_name: 'scope',
          scope_to_policy: { foreign: 'theirs' },
        },
      },
    },
  },
  oas: {
    'scoped-open': oasJwt({
      claimName: 'scope',
      claims: ['scope', 'scp'],
      scopeToPolicyMapping: [FOREIGN],
    }),
  },
};

export const scopes: ContractCase[] = [
  {
    number: 48,
    title:
      'a scope is mapped once, taken away once, and nothing else changes, classic and OAS',
    run: target =>
      withOwnApis(target, ownScopes, async api => {
        const kinds = [
          ['classic', api('scoped').id],
          ['oas', api('scoped-open').id],
        ] as const;
        const ids = kinds.map(([, id]) => id);
        const { product } = await pairAt(target, ids);
        const service = target.provider.scopes;
        const check = async ([kind, apiId]: (typeof kinds)[number]) => {
          const before = await definitionOf(target, apiId, kind);
          await service.mapScope({ apiId, ...product });
          await service.mapScope({ apiId, ...product });
          expect(await service.listScopes(apiId)).toEqual([FOREIGN, product]);
          await target.adversary.untilApis([apiId]);
          const mapped = await definitionOf(target, apiId, kind);
          expect(mapped).not.toEqual(before);
          expect(without(mapped, MAPPINGS)).toEqual(without(before, MAPPINGS));

          await service.unmapScope({ apiId, ...product });
          await service.unmapScope({ apiId, ...product });
          await target.adversary.untilApis([apiId]);
          expect(await definitionOf(target, apiId, kind)).toEqual(before);
        };
        await Promise.all(kinds.map(check));
      }),
  },
  {
    number: 48,
    title: 'the deprecated field is moved, not doubled',
    run: target =>
      withOwnApis(
        target,
        {
          classic: {
            deprecated: {
              ...CLASSIC_JWT,
              jwt_scope_claim_name: 'scp',
              jwt_scope_to_policy_mapping: { foreign: 'theirs' },
            },
          },
        },
        async api => {
          const { id: apiId } = api('deprecated');
          const { product } = await pairAt(target, [apiId]);
          await target.provider.scopes.mapScope({ apiId, ...product });
          await target.adversary.untilApis([apiId]);
          const definition = await definitionOf(target, apiId, 'classic');
          expect(definition).toMatchObject({
            jwt_scope_claim_name: '',
            scopes: {
              jwt: {
                scope_claim_name: 'scp',
                scope_to_policy: {
                  foreign: 'theirs',
                  [product.scope]: product.policyId,
                },
              },
            },
          });
          expect(definition.jwt_scope_to_policy_mapping ?? {}).toEqual({});
        },
      ),
  },
  {
    number: 49,
    title: 'edits of one API at the same time all survive',
    run: target =>
      withOwnApis(target, ownScopes, async api => {
        const ids = [api('scoped').id, api('scoped-open').id];
        const { product, plan } = await pairAt(target, ids);
        const service = target.provider.scopes;
        await Promise.all(
          ids.flatMap(apiId =>
            [product, plan].map(pair => service.mapScope({ apiId, ...pair })),
          ),
        );
        for (const apiId of ids) {
          const listed = await service.listScopes(apiId);
          expect(listed).toHaveLength(3);
          expect(listed).toEqual(
            expect.arrayContaining([FOREIGN, product, plan]),
          );
        }
      }),
  },
  {
    number: 50,
    title: 'an API in the registry of identity providers is mapped there',
    cannot: unless(onlyDashboard, onlySandbox),
    async run(target) {
      const { adversary, provider } = target;
      const { id: apiId } = target.api('jwt');
      const { product } = await pairAt(target, [apiId]);
      const path = '/api/clientidps';
      const { body } = await adversary.send('POST', path, {
        name: `${target.prefix}-idp`,
        issuer: 'https://id.example.com',
        jwks_uri: 'https://id.example.com/jwks',
        api_mappings: { [apiId]: { scope_to_policy: { foreign: 'theirs' } } },
      });
      const own = `${path}/${isObject(body) ? body.Meta : ''}`;
      const mappings = async () => {
        const answer = await adversary.send('GET', own);
        return isObject(answer.body) ? answer.body.api_mappings : undefined;
      };
      const before = await definitionOf(target, apiId, 'classic');

      await provider.scopes.mapScope({ apiId, ...product });
      expect(await mappings()).toEqual({
        [apiId]: {
          scope_to_policy: {
            foreign: 'theirs',
            [product.scope]: product.policyId,
          },
        },
      });
      await provider.scopes.unmapScope({ apiId, ...product });
      expect(await mappings()).toEqual({
        [apiId]: { scope_to_policy: { foreign: 'theirs' } },
      });
      expect(await definitionOf(target, apiId, 'classic')).toEqual(before);
      await adversary.send('DELETE', own);
    },
  },
  {
    number: 50,
    title: 'without a registry, scopes are mapped in the definition',
    async run(target) {
      target.sandbox?.setSettings({ dashboardVersion: 'v5.13.0' });
      const { scopes: service } = target.provider;
      const { id: apiId } = target.api('jwt');
      const { product } = await pairAt(target, [apiId]);
      await service.mapScope({ apiId, ...product });
      target.sandbox?.setSettings({ dashboardVersion: 'v5.14.0' });
      await target.adversary.untilApis([apiId]);
      expect(await definitionOf(target, apiId, 'classic')).toMatchObject({
        scopes: {
          jwt: { scope_to_policy: { [product.scope]: product.policyId } },
        },
      });
      await service.unmapScope({ apiId, ...product });
    },
  },
  {
    number: 51,
    title: 'a scope stands for one product or one plan',
    async run(target) {
      const { scopes: service } = target.provider;
      const { id: apiId } = target.api('jwt');
      const { product, plan } = await pairAt(target, [apiId]);
      await service.mapScope({ apiId, ...product });
      const taken = { ...plan, scope: product.scope };
      const refused = await failureOf(service.mapScope({ apiId, ...taken }));
      expect(refused.name).toBe('ProviderConflictError');
      expect(refused.message).toContain(
        `the scope ${product.scope} stands for policy ${product.policyId} already`,
      );
      expect(await service.listScopes(apiId)).toEqual([product]);
      await service.unmapScope({ apiId, ...product });
    },
  },
  {
    number: 66,
    title:
      'scopes of a product and of a plan are mapped together or not at all',
    async run(target) {
      const { scopes: service } = target.provider;
      const { id: apiId } = target.api('jwt');
      const pair = await pairAt(target, [apiId]);
      const both = [pair.product.scope, pair.plan.scope];
      const call = async (subject: string, carried: string[]) => {
        await target.adversary.untilApis([apiId]);
        const answer = await target.call(
          target.api('jwt'),
          jwtWith(carried, `${target.prefix}-${subject}`, target.now()),
        );
        return [answer.status, answer.headers.get('x-ratelimit-limit')];
      };

      await service.mapTogether(pair);
      expect(await call('both', both)).toEqual([200, '100']);
      // Why it has to be both: the product alone has no limits.
      expect(await call('product', [pair.product.scope])).toEqual([200, '0']);
      await service.unmapTogether(pair);
      expect(await call('after', both)).toEqual([403, null]);

      const refused = await failureOf(
        service.mapTogether({
          ...pair,
          apiIds: [apiId, target.api('first').id],
        }),
      );
      expect(refused.name).toBe('ProviderRejectedError');
      expect(refused.message).toContain('takes no JSON web tokens');
      expect(await service.listScopes(apiId)).toEqual([]);
    },
  },
];
