/** Cases 14–17: what a change of a product or a plan leaves alone, states, and what is not there. */
import { failureOf } from '../suite/behindProxy';
import { onlyDashboard, onlyGateway } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { pathsOf } from '../suite/paths';
import { policyAt, rawPolicy, withRight } from '../suite/rawPolicy';
import type { Target } from '../suite/Target';

/** Written by hand at Tyk; nothing here knows what it means. */
const SMOOTHING = {
  enabled: true,
  threshold: 100,
  trigger: 0.8,
  step: 20,
  delay: 60,
};
const RIGHT = {
  allowed_urls: [{ url: '/refunds/.*', methods: ['GET', 'POST'] }],
  endpoints: [
    {
      path: '/refunds',
      methods: [{ name: 'GET', limit: { rate: 5, per: 10 } }],
    },
  ],
  disable_introspection: true,
};
const FOREIGN = { somebody: 'else', nested: { deep: [1, 2] } };

async function stateOf({ provider }: Target, policyId: string) {
  const found = await provider.listOfferings();
  return found.find(item => item.policyId === policyId)?.state;
}

export const policyUpdates: ContractCase[] = [
  {
    number: 14,
    title: 'a change of a product leaves alone what it does not know',
    async run(target) {
      const [first, second] = [target.api('first').id, target.api('second').id];
      const product = await target.product();
      await target.adversary.editPolicy(product.reference.policyId, policy => ({
        ...withRight(policy, first, RIGHT),
        meta_data: FOREIGN,
        max_query_depth: 7,
      }));
      const before = await policyAt(target, product.reference);
      await target.provider.putProduct({
        ...product,
        title: `${product.title}, renamed`,
        apis: [...product.apis, { id: second, name: second }],
      });
      const after = await policyAt(target, product.reference);
      const { last_updated: _then, ...kept } = before;
      expect(after).toMatchObject({
        ...kept,
        name: `${product.title}, renamed`,
        access_rights: { [first]: RIGHT, [second]: { api_id: second } },
        ...(target.mode === 'dashboard' && {
          access_rights_array: [RIGHT, { api_id: second }],
        }),
      });
    },
  },
  {
    number: 14,
    title: 'a change of a plan leaves alone what it does not know',
    async run(target) {
      const plan = await target.plan({ credentialMetadata: { tier: 'gold' } });
      await target.adversary.editPolicy(plan.reference.policyId, policy => ({
        ...policy,
        smoothing: SMOOTHING,
        meta_data: { ...FOREIGN, ...Object(policy.meta_data) },
        throttle_interval: 5,
        throttle_retry_limit: 3,
      }));
      const before = await policyAt(target, plan.reference);
      await target.provider.putPlan({
        ...plan,
        rateLimit: { requests: 20, per: 60 },
        credentialMetadata: { tier: 'platinum' },
      });
      const { last_updated: _then, ...kept } = before;
      expect(await policyAt(target, plan.reference)).toMatchObject({
        ...kept,
        rate: 20,
        per: 60,
        smoothing: SMOOTHING,
        meta_data: { ...FOREIGN, tier: 'platinum' },
        throttle_interval: 5,
        throttle_retry_limit: 3,
      });
    },
  },
  {
    number: 15,
    title: 'without APIs a product is a draft, and active again with one',
    async run(target) {
      const product = await target.product();
      const { policyId } = product.reference;
      await target.provider.putProduct({ ...product, apis: [] });
      expect(await policyAt(target, product.reference)).toMatchObject({
        active: true,
        is_inactive: true,
        access_rights: {},
        ...(target.mode === 'dashboard' && { state: 'draft' }),
      });
      expect(await stateOf(target, policyId)).toBe('draft');

      await target.provider.putProduct(product);
      expect(await policyAt(target, product.reference)).toMatchObject({
        active: true,
        is_inactive: false,
        ...(target.mode === 'dashboard' && { state: 'active' }),
      });
      expect(await stateOf(target, policyId)).toBe('active');
    },
  },
  {
    number: 16,
    title:
      'active, draft and deny, and what they mean for `active` and `is_inactive`',
    cannot: onlyDashboard,
    async run(target) {
      const policyId = await target.adversary.createPolicy(
        rawPolicy(target, ['acl']),
      );
      for (const [state, active, inactive, said] of [
        ['draft', true, true, 'draft'],
        ['deny', false, false, 'unpublished'],
        ['active', true, false, 'active'],
      ] as const) {
        await target.adversary.editPolicy(policyId, policy => ({
          ...policy,
          state,
          active,
          is_inactive: inactive,
        }));
        expect(await policyAt(target, { policyId })).toMatchObject({
          state,
          active,
          is_inactive: inactive,
        });
        expect(await stateOf(target, policyId)).toBe(said);
      }
    },
  },
  {
    number: 16,
    title: '`is_inactive` is a draft; `active: false` changes nothing',
    cannot: onlyGateway,
    async run(target) {
      const product = await target.product();
      const wanted = await target.credential({ products: [product] });
      const { secret, reference } = await target.provider.putCredential(wanted);
      const { policyId } = product.reference;
      for (const [fields, said, status] of [
        [{ active: true, is_inactive: true }, 'draft', 403],
        [{ active: false, is_inactive: false }, 'active', 200],
      ] as const) {
        await target.adversary.editPolicy(policyId, policy => ({
          ...policy,
          ...fields,
        }));
        expect(await stateOf(target, policyId)).toBe(said);
        const answer = await target.call(target.api('first'), secret);
        expect(answer.status).toBe(status);
      }
      await target.provider.removeCredential({
        reference,
        credentialId: wanted.credentialId,
      });
    },
  },
  {
    number: 17,
    title: 'what is not there is not found, and removed as often as you like',
    async run(target) {
      const { provider, adversary } = target;
      const [product, plan] = [await target.product(), await target.plan()];
      const gone = { policyId: '5fffffffffffffffffffffff' };
      await provider.removePlan(gone);
      for (const _again of ['once', 'twice']) {
        await provider.removeProduct(product.reference);
        await provider.removePlan(plan.reference);
      }
      expect(
        await adversary.policy(product.reference.policyId),
      ).toBeUndefined();
      expect(await adversary.policy(plan.reference.policyId)).toBeUndefined();

      const { policies: path } = pathsOf(target);
      const { status } = await adversary.send(
        'GET',
        `${path}/${gone.policyId}`,
      );
      expect(status).toBe(404);

      const unknown = '00000000deadbeef';
      expect(await provider.readCredential(unknown)).toBeUndefined();
      await provider.removeCredential({
        reference: unknown,
        credentialId: target.prefix,
      });
      const failure = await failureOf(
        provider.updateCredential(unknown, await target.credential()),
      );
      expect(failure.name).toBe('ProviderConflictError');
    },
  },
  {
    number: 17,
    title: 'a policy that has gone is made anew, under the name that keys know',
    async run(target) {
      const product = await target.product();
      const wanted = await target.credential({ products: [product] });
      const { secret, reference } = await target.provider.putCredential(wanted);
      await target.adversary.removePolicy(product.reference.policyId);
      const api = target.api('first');
      expect((await target.call(api, secret)).status).toBe(403);

      expect(await target.provider.putProduct(product)).toEqual(
        product.reference,
      );
      expect((await target.call(api, secret)).status).toBe(200);
      await target.provider.removeCredential({
        reference,
        credentialId: wanted.credentialId,
      });
    },
  },
  {
    number: 17,
    title: 'the 500 for a removal of nothing is none',
    cannot: onlyGateway,
    async run(target) {
      const path = `${pathsOf(target).policies}/${target.prefix}-nothing`;
      expect(await target.adversary.send('DELETE', path)).toEqual({
        status: 500,
        body: { status: 'error', message: 'Delete failed' },
      });
      await target.provider.removePlan({
        policyId: `${target.prefix}-nothing`,
      });
    },
  },
];
