/** Cases 27–30, 41–43, and 61–63: keys are made with exactly what product and plan say, or not at all. */
import { isObject } from '../suite/adversary';
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import { cutAfter } from '../suite/FaultyProxy';
import { bareOf, nothingLeft, parts, tokenOf, withKey } from '../suite/keys';
import { pathsOf } from '../suite/paths';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import type { Target } from '../suite/Target';

/** For the rule of a fault: a key is made. */
const creation = (target: Target) =>
  asked(new RegExp(`^POST ${pathsOf(target).keys}/(?!preview|bs-witness)`));

/** Of a call to the API `first`. */
const quotaOf = async (target: Target, secret: string) => {
  const { headers } = await target.call(target.api('first'), secret);
  return [
    headers.get('x-ratelimit-limit'),
    headers.get('x-ratelimit-remaining'),
  ].map(Number);
};

export const keyCreation: ContractCase[] = [
  {
    number: 27,
    title:
      'a key opens the product with the limits of the plan, and carries alias, tags and metadata',
    async run(target) {
      const plan = await target.plan({ credentialMetadata: { level: 'gold' } });
      const credential = { plan, products: [await target.product()] };
      await withKey(target, { credential }, async key => {
        const { wanted, made, reference, secret } = key;
        expect(made).toMatchObject({
          headerName: 'Authorization',
          headerPrefix: '',
        });
        expect(reference).toMatch(/^[0-9a-f]{8,64}$/);
        expect(await quotaOf(target, secret)).toEqual([100, 99]);
        const session = await target.adversary.session(reference);
        expect(session).toMatchObject({
          alias: `${wanted.alias} [api-portal ${wanted.credentialId}]`,
          tags: expect.arrayContaining([target.prefix]),
          apply_policies: [
            ...wanted.products.map(item => item.reference.policyId),
            plan.reference.policyId,
          ],
          meta_data: {
            ApplicationID: target.prefix,
            credential_id: wanted.credentialId,
            level: 'gold',
          },
        });
        expect(JSON.stringify(session).includes(wanted.chosenKey)).toBe(false);
        expect(await key.state()).toMatchObject({
          apiIds: [target.api('first').id],
          rateLimit: plan.rateLimit,
          quota: { requests: 100, perSeconds: 86_400 },
          quotaRemaining: 99,
          credentialId: wanted.credentialId,
        });
        expect(await key.status('second')).toBe(403);
      });
    },
  },
  {
    number: 28,
    title:
      'two products open the APIs of both, and each counts the quota of the plan for itself, which is told',
    async run(target) {
      const other = target.api('second');
      const products = [
        await target.product(),
        await target.product({ apis: [{ id: other.id, name: other.id }] }),
      ];
      const plan = await target.plan({ quota: { requests: 10, per: 'P1D' } });
      await withKey(target, { credential: { products, plan } }, async key => {
        expect(await key.status()).toBe(200);
        expect(await key.status('second')).toBe(200);
        expect(await quotaOf(target, key.secret)).toEqual([10, 8]);
        const state = await key.state();
        expect(state.apiIds).toEqual([target.api('first').id, other.id].sort());
        expect(state.quotaRemaining).toBe(8);
        const left = new Map(
          state.productQuotas?.map(item => [item.policyId, item.remaining]),
        );
        expect(left).toEqual(
          new Map([
            [products[0].reference.policyId, 8],
            [products[1].reference.policyId, 9],
          ]),
        );
      });
    },
  },
  {
    number: 29,
    title: 'a key without a product, or without any API, is never asked for',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { plan } = await parts(target);
        const empty = await target.product({ apis: [] });
        for (const products of [[], [empty]]) {
          const wanted = await target.credential({ products, plan });
          const refused = await failureOf(provider.putCredential(wanted));
          expect(refused.name).toBe('ProviderRejectedError');
          expect(refused.message).toContain('without any API');
        }
        expect(proxy.requests.filter(creation(target))).toEqual([]);
      }),
  },
  {
    number: 30,
    title:
      'a policy that the gateway does not know is named, and the key made when it does',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { products } = await parts(target);
        const plan = await target.plan();
        const { policyId } = plan.reference;
        const policy = await policyAt(target, plan.reference);
        await target.adversary.removePolicy(policyId);
        const wanted = await target.credential({ products, plan });
        for (let times = 0; times < 2; times++) {
          const failure = await failureOf(provider.putCredential(wanted));
          expect(failure.name).toBe('ProviderUnavailableError');
          expect(failure.message).toContain(policyId);
        }
        expect(proxy.requests.filter(creation(target))).toEqual([]);

        // A Dashboard chooses another id.
        const { _id: _, id, ...again } = policy;
        const reference = {
          policyId: await target.adversary.createPolicy(
            target.mode === 'gateway' ? { ...again, id } : again,
          ),
        };
        await withKey(
          target,
          { provider, credential: { products, plan: { ...plan, reference } } },
          async key => expect(await key.status()).toBe(200),
        );
      }),
  },
  {
    number: 41,
    title:
      'a plan that was made “per API” at Tyk is named, and nothing is left behind',
    async run(target) {
      const { products } = await parts(target);
      const plan = await target.plan();
      await target.adversary.editPolicy(plan.reference.policyId, policy => ({
        ...policy,
        partitions: {
          ...(isObject(policy.partitions) ? policy.partitions : {}),
          quota: false,
          rate_limit: false,
          per_api: true,
        },
      }));
      const wanted = await target.credential({ products, plan });
      const refused = await failureOf(target.provider.putCredential(wanted));
      expect(refused.name).toBe('ProviderRejectedError');
      expect(refused.message).toContain(plan.reference.policyId);
      expect(refused.message).toContain('partitions');
      await nothingLeft(target, wanted);
    },
  },
  {
    number: 42,
    title: 'a policy of another organisation is named, and nothing is left',
    async run(target) {
      const { products, plan } = await parts(target);
      const foreign = {
        ...rawPolicy(target, ['quota', 'rate_limit']),
        org_id: 'cccccccccccccccccccccccc',
      };
      let policyId = `${target.prefix}-foreign`;
      if (target.mode === 'gateway') {
        policyId = await target.adversary.createPolicy(foreign);
      } else {
        // A Dashboard makes none but its own; another one has.
        target.sandbox?.edit.putPolicy({ ...foreign, id: policyId });
      }
      const wanted = await target.credential({
        products,
        plan: { ...plan, reference: { policyId } },
      });
      const refused = await failureOf(target.provider.putCredential(wanted));
      expect(refused.message).toContain(policyId);
      expect(refused.message).toMatch(/org_id|does not know policy/);
      await nothingLeft(target, wanted);
    },
  },
  {
    number: 43,
    title: 'a key that is too short is refused before any call',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const wanted = await target.credential(await parts(target));
        for (const chosenKey of ['', 'ab', 'a/b'.repeat(20)]) {
          const refused = await failureOf(
            provider.putCredential({ ...wanted, chosenKey }),
          );
          expect(refused.name).toBe('ProviderRejectedError');
          expect(refused.message).toContain('that is not a chosen key');
        }
        expect(proxy.requests.filter(creation(target))).toEqual([]);
      }),
  },
  {
    number: 61,
    title: 'a key that is put twice is one key, and nothing of it starts anew',
    async run(target) {
      const seconds = 3_600;
      const plan = await target.plan({ keyLifetimeSeconds: seconds });
      const expiresAt = Math.floor(target.now() / 1000) + seconds;
      const credential = { plan, expiresAt };
      await withKey(target, { credential }, async key => {
        expect(await quotaOf(target, key.secret)).toEqual([100, 99]);
        const before = await key.state();
        const known = await target.provider.listCredentials();
        const again = await target.provider.putCredential(key.wanted);
        expect(again).toEqual(key.made);
        expect(again.expiresAt).toBe(expiresAt);
        expect(await target.provider.listCredentials()).toHaveLength(
          known.length,
        );
        // Tyk tells the window again when the key is called.
        expect({
          ...(await key.state()),
          quotaRenewsAt: before.quotaRenewsAt,
        }).toEqual(before);
        expect(await quotaOf(target, key.secret)).toEqual([100, 98]);
        expect(await key.state()).toEqual({ ...before, quotaRemaining: 98 });
      });
    },
  },
  {
    number: 62,
    title:
      'a plan that vanishes between check and call is noticed, and the key without limits taken away',
    run: target =>
      behindProxy(target, { retries: 0 }, async (proxy, provider) => {
        const { products } = await parts(target);
        const plan = await target.plan();
        const { policyId } = plan.reference;
        proxy.add({
          when: creation(target),
          times: 1,
          effect: async pass => {
            await target.adversary.removePolicy(policyId);
            return pass();
          },
        });
        const wanted = await target.credential({ products, plan });
        const failure = await failureOf(provider.putCredential(wanted));
        expect(failure.name).toBe('ProviderUnavailableError');
        expect(failure.message).toContain(policyId);
        expect(proxy.requests.filter(creation(target))).not.toEqual([]);
        await nothingLeft(target, wanted);

        proxy.clear();
        proxy.requests.length = 0;
        await failureOf(provider.putCredential(wanted));
        expect(proxy.requests.filter(creation(target))).toEqual([]);
      }),
  },
  {
    number: 62,
    title: 'an answer that is lost leaves one key, found by the next put',
    run: target =>
      behindProxy(target, { retries: 0 }, async (proxy, provider) => {
        proxy.add({ when: creation(target), times: 1, effect: cutAfter });
        const wanted = await target.credential(await parts(target));
        const failure = await failureOf(provider.putCredential(wanted));
        expect(failure.name).toBe('ProviderUnavailableError');
        await withKey(target, { provider, credential: wanted }, async key => {
          expect(await key.status()).toBe(200);
          expect(proxy.requests.filter(creation(target))).toHaveLength(2);
        });
        await nothingLeft(target, wanted);
      }),
  },
  {
    number: 63,
    title:
      'what is revealed is the token form, which is accepted, and refused once it is removed',
    async run(target) {
      await withKey(target, {}, async key => {
        const { secret, wanted } = key;
        expect(tokenOf(secret)).toEqual({
          org: target.organisation,
          id: `bsk_${wanted.chosenKey}`,
          h: expect.stringMatching(/^(murmur|sha)/),
        });
        expect(await key.status()).toBe(200);
        const { warning } = await key.remove();
        // Where the hash function is another than that of the session cache, that is case 64.
        if (warning !== undefined) return;
        expect(await key.status()).toBe(403);
        await target.wait(1);
        expect(await key.status()).toBe(403);
      });
    },
  },
  {
    number: 43,
    title: 'the gateway takes the bare value of a chosen key as well',
    async run(target) {
      await withKey(target, {}, async ({ secret }) => {
        const answer = await target.call(target.api('first'), bareOf(secret));
        expect(answer.status).toBe(200);
      });
    },
  },
];
