import type { PolicyInput } from 'tyk-sandbox';
import {
  PLAN,
  PRODUCT,
  rejection,
  startBench,
  tokenApi,
} from '../__testUtils__/bench';
import type { Bench, BenchOptions } from '../__testUtils__/bench';

let bench: Bench;

afterEach(() => bench.stop());

const PLAIN = { org_id: 'default', tags: ['portal'] };
const ACL = { acl: true };
const LIMITS = { quota: true, rate_limit: true };

async function list(
  policies: PolicyInput[],
  { config }: Pick<BenchOptions, 'config'> = {},
) {
  bench = await startBench({
    config,
    sandbox: {
      seed: { apis: [tokenApi('echo'), tokenApi('second')], policies },
    },
  });
  return bench.provider.listOfferings();
}

describe('listOfferings', () => {
  it('case 21: a policy with only the acl partition is a product, with its versions and paths', async () => {
    const [product] = await list([
      {
        ...PLAIN,
        id: 'p',
        name: 'Payments',
        partitions: ACL,
        access_rights: {
          second: { api_name: 'Second', versions: ['v1', 'Default'] },
          echo: {
            api_name: 'Echo',
            versions: ['Default'],
            allowed_urls: [{ url: '/refunds/.*', methods: ['GET'] }],
          },
        },
      },
    ]);
    expect(product).toEqual({
      kind: 'product',
      policyId: 'p',
      name: 'Payments',
      tags: ['portal'],
      selected: true,
      state: 'active',
      apis: [
        {
          id: 'echo',
          name: 'Echo',
          allowedUrls: [{ url: '/refunds/.*', methods: ['GET'] }],
        },
        { id: 'second', name: 'Second', versions: ['v1', 'Default'] },
      ],
    });
  });

  it('case 21: one with quota and rate_limit, or either of them, is a plan', async () => {
    const limits = {
      rate: 5,
      per: 10,
      quota_max: 20,
      quota_renewal_rate: 86_400,
    };
    const both = {
      ...PLAIN,
      ...limits,
      id: 'both',
      partitions: LIMITS,
      key_expires_in: 3_600,
      meta_data: { plan_tier: 'free', weight: 3, nested: { no: 'text' } },
      access_rights: { echo: { versions: ['Default'] } },
    };
    const found = await list([
      both,
      { ...both, id: 'quota', partitions: { quota: true } },
      { ...both, id: 'rate', partitions: { rate_limit: true } },
    ]);
    const byId = new Map(found.map(item => [item.policyId, item]));
    expect(byId.get('both')).toEqual({
      kind: 'plan',
      policyId: 'both',
      name: 'both',
      tags: ['portal'],
      selected: true,
      state: 'active',
      rateLimit: { requests: 5, per: 10 },
      quota: { requests: 20, perSeconds: 86_400 },
      keyLifetimeSeconds: 3_600,
      credentialMetadata: { plan_tier: 'free', weight: '3' },
      apiIds: ['echo'],
    });
    expect(byId.get('quota')).toMatchObject({
      kind: 'plan',
      rateLimit: 'unlimited',
      quota: { requests: 20 },
    });
    expect(byId.get('rate')).toMatchObject({
      kind: 'plan',
      rateLimit: { requests: 5 },
      quota: 'unlimited',
    });
  });

  it('case 46: 0 and less are unlimited, and a renewal of 0 is never', async () => {
    const found = await list([
      { ...PLAIN, id: 'zero', partitions: LIMITS, quota_max: 0, rate: 0 },
      { ...PLAIN, id: 'never', partitions: LIMITS, quota_max: 5 },
    ]);
    const byId = new Map(found.map(item => [item.policyId, item]));
    expect(byId.get('zero')).toMatchObject({
      rateLimit: 'unlimited',
      quota: 'unlimited',
    });
    expect(byId.get('never')).toMatchObject({ quota: { requests: 5 } });
    expect(byId.get('zero')).not.toHaveProperty('keyLifetimeSeconds');
  });

  it.each<[string, PolicyInput['partitions'], RegExp]>([
    ['not partitioned', {}, /not partitioned/],
    ['acl and quota', { acl: true, quota: true }, /both gives access/],
    ['acl and rate', { acl: true, rate_limit: true }, /both gives access/],
    ['limits per API', { per_api: true }, /per_api/],
    ['only GraphQL depth', { complexity: true }, /depth of GraphQL/],
    ['access and depth', { acl: true, complexity: true }, /depth of GraphQL/],
  ])('case 21: %s is neither, and says why', async (_, partitions, reason) => {
    expect(await list([{ ...PLAIN, id: 'x', partitions }])).toEqual([
      expect.objectContaining({
        kind: 'other',
        policyId: 'x',
        selected: true,
        reason: expect.stringMatching(reason),
      }),
    ]);
  });

  it('case 22: one matching tag of several selects; without configured tags all are selected', async () => {
    const policies: PolicyInput[] = [
      { ...PLAIN, id: 'one', partitions: ACL, tags: ['theirs', 'portal'] },
      { ...PLAIN, id: 'none', partitions: ACL, tags: ['theirs'] },
      { ...PLAIN, id: 'bare', partitions: ACL, tags: [] },
    ];
    const chosen = (items: { policyId: string; selected: boolean }[]) =>
      items
        .filter(({ selected }) => selected)
        .map(({ policyId }) => policyId)
        .sort();
    const found = await list(policies, {
      config: { tags: ['other', 'portal'] },
    });
    expect(found).toHaveLength(3);
    expect(chosen(found)).toEqual(['one']);
    const all = await bench.another({ tags: [] }).listOfferings();
    expect(chosen(all)).toEqual(['bare', 'none', 'one']);
  });

  it('leaves out its own technical policies and those of other organisations', async () => {
    expect(
      await list([
        { ...PLAIN, id: 'bs-probe', partitions: ACL },
        { ...PLAIN, id: 'bs-suspended', partitions: ACL },
        { ...PLAIN, id: 'bs-off-c-1', partitions: ACL },
        { ...PLAIN, id: 'named', name: 'bs-off-c-2', partitions: ACL },
        { ...PLAIN, id: 'foreign', org_id: 'other', partitions: ACL },
        { ...PLAIN, id: 'ours', partitions: ACL },
      ]),
    ).toEqual([expect.objectContaining({ policyId: 'ours' })]);
  });

  it('finds what the portal has put there, equal to what was put', async () => {
    bench = await startBench();
    const product = {
      ...PRODUCT,
      apis: [
        {
          id: 'echo',
          name: 'Echo',
          allowedUrls: [{ url: '/a', methods: ['GET'] }],
        },
      ],
    };
    const references = [
      await bench.provider.putProduct(product),
      await bench.provider.putPlan({ ...PLAN, credentialMetadata: { a: 'b' } }),
    ];
    const found = await bench.provider.listOfferings();
    expect(found.map(({ policyId }) => ({ policyId }))).toEqual(
      expect.arrayContaining(references),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'product',
          name: product.title,
          apis: product.apis,
        }),
        expect.objectContaining({
          kind: 'plan',
          name: PLAN.title,
          rateLimit: PLAN.rateLimit,
          quota: { requests: 10, perSeconds: 86_400 },
          credentialMetadata: { a: 'b' },
          apiIds: PLAN.apiIds,
        }),
      ]),
    );
  });

  it('case 8: an empty list is null or empty; a failure is never one', async () => {
    bench = await startBench();
    const match = { path: '^/tyk/policies' };
    expect(await bench.provider.listOfferings()).toEqual([]);
    bench.sandbox.faults.add({
      kind: 'wrong-json',
      body: null,
      match,
      times: 1,
    });
    expect(await bench.provider.listOfferings()).toEqual([]);
    for (const body of [{}, { error: 'later' }, ['text'], 'text']) {
      bench.sandbox.faults.clear();
      bench.sandbox.faults.add({ kind: 'wrong-json', body, match });
      const error = await rejection(bench.provider.listOfferings());
      expect(error.name).toBe('ProviderUnavailableError');
    }
  });

  it('case 58: asks once for all policies and once for all APIs', async () => {
    await list(
      Array.from({ length: 50 }, (_, index) => ({
        ...PLAIN,
        id: `p${index}`,
        partitions: ACL,
      })),
    );
    expect(bench.requests().sort()).toEqual([
      'GET /tyk/apis',
      'GET /tyk/policies',
    ]);
  });

  it('case 58: asks once for what two questions of the same work need', async () => {
    await list([]);
    const before = bench.requests().length;
    const { signal } = new AbortController();
    await Promise.all([
      bench.provider.listOfferings({ signal }),
      bench.provider.listApis({ signal }),
    ]);
    expect(bench.requests().slice(before).sort()).toEqual([
      'GET /tyk/apis',
      'GET /tyk/policies',
    ]);
  });

  it('case 21: knows an MCP proxy, which a Gateway lists only when it is asked for, and does not offer it', async () => {
    const proxy = {
      ...tokenApi('agent'),
      application_protocol: 'mcp',
      json_rpc_version: '2.0',
    };
    bench = await startBench({
      sandbox: {
        seed: {
          apis: [tokenApi('echo'), proxy],
          policies: [
            {
              ...PLAIN,
              id: 'p',
              name: 'Agents',
              partitions: ACL,
              access_rights: { agent: { versions: ['Default'] } },
            },
          ],
        },
      },
    });
    expect(await bench.provider.listOfferings()).toMatchObject([
      {
        kind: 'other',
        reason: 'API agent is an MCP proxy, which the portal does not offer',
      },
    ]);
    expect(await bench.provider.listApis()).toMatchObject([{ id: 'echo' }]);
  });

  it('case 59: two providers with the same ids do not mix', async () => {
    await list([{ ...PLAIN, id: 'p', name: 'Ours', partitions: ACL }]);
    const other = await startBench({
      sandbox: {
        seed: {
          policies: [{ ...PLAIN, id: 'p', name: 'Theirs', partitions: ACL }],
        },
      },
    });
    const names = await Promise.all(
      [bench, other].map(async ({ provider }) =>
        (await provider.listOfferings()).map(({ name }) => name),
      ),
    );
    await other.stop();
    expect(names).toEqual([['Ours'], ['Theirs']]);
  });
});
