import fc from 'fast-check';
import type { JsonObject } from '@backstage/types';
import { toOfferings } from './classification';
import type { OfferingFrame } from './classification';
import { planPolicy, productPolicy, withMark } from './policies';

const FRAME: OfferingFrame = {
  organisation: 'default',
  tags: ['portal'],
  states: true,
  foreignApis: new Map(),
};

const one = (policy: JsonObject, frame: Partial<OfferingFrame> = {}) => {
  const found = toOfferings([{ id: 'p', ...policy }], { ...FRAME, ...frame });
  expect(found).toHaveLength(1);
  return found[0];
};

const ACL = { partitions: { acl: true } };
const LIMITS = { partitions: { quota: true, rate_limit: true } };

describe('toOfferings', () => {
  it.each<[JsonObject, string, string]>([
    [{ state: 'active', active: true, is_inactive: false }, 'active', 'active'],
    [{ state: 'draft', active: true, is_inactive: true }, 'draft', 'draft'],
    [{ state: 'deny', active: false }, 'unpublished', 'active'],
    [{ state: 'draft', is_inactive: false }, 'draft', 'active'],
    [{ state: 'active', is_inactive: true }, 'active', 'draft'],
    [{ active: false }, 'unpublished', 'active'],
    [{ is_inactive: true }, 'draft', 'draft'],
    [{}, 'active', 'active'],
  ])(
    'case 16: %j is %s at a Dashboard and %s at a gateway',
    (fields, dashboard, gateway) => {
      expect(one({ ...ACL, ...fields }).state).toBe(dashboard);
      expect(one({ ...ACL, ...fields }, { states: false }).state).toBe(gateway);
    },
  );

  it('case 12: takes the id, and the database’s where there is none, plain or encoded twice', () => {
    const database = '66570989d98dd00001da17f1';
    const twice = Buffer.from(database, 'ascii').toString('hex');
    const ids = toOfferings(
      [
        { id: 'own', _id: database },
        { id: '', _id: database },
        { _id: twice },
        { name: 'without any' },
      ],
      FRAME,
    ).map(({ policyId }) => policyId);
    expect(ids).toEqual(['own', database, database]);
  });

  it.each<[JsonObject]>([
    [{ rate: '5', per: '10', quota_max: '20', quota_renewal_rate: '86400' }],
    [{ rate: 5.0, per: 10, quota_max: 20, quota_renewal_rate: 86400.0 }],
  ])('case 45: reads numbers however they are written', limits => {
    expect(one({ ...LIMITS, ...limits })).toMatchObject({
      rateLimit: { requests: 5, per: 10 },
      quota: { requests: 20, perSeconds: 86_400 },
    });
  });

  it('case 21: a policy on an MCP proxy is neither, known by the API or by its rules', () => {
    const rights = { agent: { api_id: 'agent', versions: ['Default'] } };
    const foreignApis = new Map([['agent', 'an MCP']]);
    expect(one({ ...ACL, access_rights: rights })).toMatchObject({
      kind: 'product',
    });
    expect(
      one({ ...ACL, access_rights: rights }, { foreignApis }),
    ).toMatchObject({
      kind: 'other',
      reason: 'API agent is an MCP proxy, which the portal does not offer',
    });
    const ruled = {
      agent: { ...rights.agent, mcp_primitives: [{ type: 'tool' }] },
    };
    expect(one({ ...ACL, access_rights: ruled }).kind).toBe('other');
    const unruled = { agent: { ...rights.agent, mcp_primitives: [] } };
    expect(one({ ...ACL, access_rights: unruled }).kind).toBe('product');
  });

  it('does not show the mark that it leaves itself', () => {
    const marked = withMark({ ...LIMITS, meta_data: { a: 'b' } }, 'bs-plan-x');
    expect(one(marked)).toMatchObject({
      credentialMetadata: { a: 'b' },
      ours: true,
    });
  });

  it.each([
    ['bs-product-default.payments', true],
    ['bs-plan-default.gold', true],
    ['payments', undefined],
  ])('knows by its id whether a portal has made it: %s', (id, ours) => {
    expect(one({ ...ACL, id }).ours).toBe(ours);
  });

  it('gives APIs in the same order, whatever the order they came in', () => {
    const right = { versions: ['Default'] };
    const forth = one({ ...ACL, access_rights: { a: right, b: right } });
    const back = one({ ...ACL, access_rights: { b: right, a: right } });
    expect(forth).toEqual(back);
  });

  it('copes with whatever comes, and leaves nothing out but what it should', () => {
    const field = fc.constantFrom(
      'name',
      'tags',
      'partitions',
      'access_rights',
      'rate',
      'per',
      'quota_max',
      'state',
      'meta_data',
      'key_expires_in',
    );
    fc.assert(
      fc.property(fc.array(fc.dictionary(field, fc.jsonValue())), policies => {
        const offerings = toOfferings(
          policies.map((policy, index) => ({
            // JSON as it comes from the wire.
            ...JSON.parse(JSON.stringify(policy)),
            name: `policy ${index}`,
            id: `p${index}`,
          })),
          FRAME,
        );
        expect(offerings).toHaveLength(policies.length);
      }),
    );
  });

  it('reads back what was written of every plan and product', () => {
    const id = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    const frame = {
      id: 'p',
      organisation: 'default',
      tags: ['portal'],
      states: true,
    };
    fc.assert(
      fc.property(
        fc.uniqueArray(id, { maxLength: 4 }),
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 1, max: 86_400 }),
        fc.option(fc.integer({ min: 1, max: 1e9 }), { nil: undefined }),
        (apiIds, requests, per, lifetime) => {
          const plan = planPolicy(
            undefined,
            {
              key: 'n/p',
              title: 'Plan',
              rateLimit: { requests, per },
              quota: { requests, per: 'PT1H' },
              keyLifetimeSeconds: lifetime,
              credentialMetadata: {},
              apiIds,
            },
            frame,
          ).policy;
          expect(one(plan)).toMatchObject({
            kind: 'plan',
            rateLimit: { requests, per },
            quota: { requests, perSeconds: 3_600 },
            apiIds: [...apiIds].sort(),
          });
          const product = productPolicy(
            undefined,
            {
              key: 'n/p',
              title: 'Product',
              apis: apiIds.map(api => ({ id: api, name: api })),
            },
            frame,
          ).policy;
          expect(one(product)).toMatchObject({
            kind: 'product',
            state: apiIds.length === 0 ? 'draft' : 'active',
            apis: [...apiIds].sort().map(api => ({ id: api, name: api })),
          });
        },
      ),
    );
  });
});
