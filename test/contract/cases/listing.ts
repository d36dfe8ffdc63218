/** Cases 21 and 22: which policies are products and plans, and which of them are ours to import. */
import type { ContractCase } from '../suite/contractCase';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import type { Partition } from '../suite/rawPolicy';
import type { Target } from '../suite/Target';

/** Partitions, what they make of a policy, and where it is neither, words of the reason. */
const KINDS: [Partition[], 'product' | 'plan' | 'other', RegExp?][] = [
  [['acl'], 'product'],
  [['quota', 'rate_limit'], 'plan'],
  [['quota'], 'plan'],
  [['rate_limit'], 'plan'],
  [['quota', 'rate_limit', 'complexity'], 'plan'],
  [[], 'other', /not partitioned/],
  [['acl', 'quota'], 'other', /both gives access and sets limits/],
  [['acl', 'quota', 'rate_limit'], 'other', /both gives access and sets/],
  [['acl', 'complexity'], 'other', /depth of GraphQL/],
  [['complexity'], 'other', /only limits the depth/],
  [['per_api'], 'other', /per_api/],
];

/** Lends a case an MCP proxy, and what a policy says of it. */
async function withMcpProxy(
  target: Target,
  use: (right: {
    api_id: string;
    api_name: string;
    versions: string[];
  }) => Promise<void>,
): Promise<void> {
  const id = `${target.prefix}-agents`;
  const right = { api_id: id, api_name: id, versions: ['Default'] };
  if (target.sandbox && target.mode === 'dashboard') {
    target.sandbox.edit.putApi({
      api_id: id,
      name: id,
      application_protocol: 'mcp',
      json_rpc_version: '2.0',
    });
    await use(right);
    target.sandbox.edit.removeApi(id);
    return;
  }
  const { send } = target.adversary;
  const made = await send('POST', '/tyk/mcps', {
    openapi: '3.0.3',
    info: { title: id, version: '1.0.0' },
    paths: {},
    'x-tyk-api-gateway': {
      info: {
        id,
        name: id,
        orgId: target.organisation,
        state: { active: true },
      },
      server: { listenPath: { value: `/${id}/`, strip: true } },
      upstream: { url: 'http://127.0.0.1:9/' },
    },
  });
  expect(made.status).toBe(200);
  await send('GET', '/tyk/reload?block=true');
  try {
    await use(right);
  } finally {
    await send('DELETE', `/tyk/mcps/${id}`);
  }
}

export const listing: ContractCase[] = [
  {
    number: 21,
    title:
      'partitions tell products and plans; the rest is left out with a reason',
    async run(target) {
      const { adversary, provider } = target;
      const made = await adversary.createPolicies(
        KINDS.map(([partitions]) => rawPolicy(target, partitions)),
      );
      const expected = new Map(
        made.map((policyId, index) => [policyId, KINDS[index]]),
      );
      const found = await provider.listOfferings();
      for (const [policyId, [partitions, kind, reason]] of expected) {
        const offering = found.find(item => item.policyId === policyId);
        expect([partitions, offering?.kind]).toEqual([partitions, kind]);
        if (reason) {
          expect(offering).toMatchObject({
            reason: expect.stringMatching(reason),
          });
        }
      }
      const limited = (partition: Partition) =>
        found.find(
          ({ policyId }) => expected.get(policyId)?.[0].join() === partition,
        );
      expect(limited('quota')).toMatchObject({
        rateLimit: 'unlimited',
        quota: { requests: 100, perSeconds: 3600 },
      });
      expect(limited('rate_limit')).toMatchObject({
        rateLimit: { requests: 10, per: 60 },
        quota: 'unlimited',
      });
    },
  },
  {
    number: 21,
    title: 'a policy on an MCP proxy is left out with a reason',
    cannot: target =>
      target.live && target.mode === 'dashboard'
        ? 'how a Dashboard administers MCP proxies is not documented'
        : undefined,
    run: target =>
      withMcpProxy(target, async right => {
        const rules = { mcp_access_rights: { tools: { allowed: ['search'] } } };
        const made = await target.adversary.createPolicies(
          [right, { ...right, ...rules }].map(access =>
            rawPolicy(target, ['acl'], {
              access_rights: { [right.api_id]: access },
            }),
          ),
        );
        const found = await target.provider.listOfferings();
        for (const policyId of made) {
          expect(
            found.find(offering => offering.policyId === policyId),
          ).toMatchObject({
            kind: 'other',
            reason: expect.stringContaining('is an MCP proxy'),
          });
        }
        const apis = await target.provider.listApis();
        expect(apis.map(({ id }) => id)).not.toContain(right.api_id);
      }),
  },
  {
    number: 21,
    title: 'our own technical policies are not listed',
    async run(target) {
      const wanted = await target.credential();
      const { secret, reference } = await target.provider.putCredential(wanted);
      await target.provider.updateCredential(reference, {
        ...wanted,
        suspended: true,
      });
      expect((await target.call(target.api('first'), secret)).status).toBe(403);
      const technical = (await target.adversary.policies()).filter(
        ({ name, id }) => name === 'bs-suspended' || id === 'bs-suspended',
      );
      expect(technical).toHaveLength(1);
      const found = await target.provider.listOfferings();
      expect(found.map(({ name }) => name)).not.toContain('bs-suspended');
      await target.provider.removeCredential({
        reference,
        credentialId: wanted.credentialId,
      });
    },
  },
  {
    number: 22,
    title: 'one tag of several selects; without tags all are selected',
    async run(target) {
      const { adversary, prefix } = target;
      const [east, west] = [`${prefix}-east`, `${prefix}-west`];
      const both = target.another({ tags: [east, west] });
      const none = target.another({ tags: [] });
      const ids = await adversary.createPolicies(
        [[east, 'other'], ['other'], []].map(tags =>
          rawPolicy(target, ['acl'], { tags }),
        ),
      );
      const selected = async (provider: typeof both) => {
        const found = await provider.listOfferings();
        return ids.map(
          id => found.find(({ policyId }) => policyId === id)?.selected,
        );
      };
      expect(await selected(both)).toEqual([true, false, false]);
      expect(await selected(none)).toEqual([true, true, true]);
    },
  },
  {
    number: 22,
    title: 'what we make carries all our tags, and keeps those of others',
    async run(target) {
      const tags = [`${target.prefix}-east`, `${target.prefix}-west`];
      const provider = target.another({ tags });
      const key = `default/${target.prefix}-tagged`;
      const product = { key, title: `${target.prefix} tagged`, apis: [] };
      const reference = await provider.putProduct(product);
      expect(await policyAt(target, reference)).toMatchObject({ tags });

      await target.adversary.editPolicy(reference.policyId, policy => ({
        ...policy,
        tags: ['theirs', tags[0]],
      }));
      await provider.putProduct({ ...product, reference });
      expect(await policyAt(target, reference)).toMatchObject({
        tags: ['theirs', ...tags],
      });
    },
  },
];
