/** Cases 7–11: lists of policies, and what a product and a plan become at Tyk. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import {
  onlyDashboard,
  onlyGateway,
  onlySandbox,
  unless,
} from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { saysJson } from '../suite/FaultyProxy';
import { opens } from '../suite/opens';
import { pathsOf, requestFor } from '../suite/paths';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import { withSettings } from '../suite/withSettings';

const MANY = 25;

export const policies: ContractCase[] = [
  {
    number: 7,
    title: `a list of ${MANY} policies is whole`,
    cannot: onlyDashboard,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const made = Array.from({ length: MANY }, () =>
          rawPolicy(target, ['acl']),
        );
        await target.adversary.createPolicies(made);
        // The portal's own policy is there from now on, if it was not before.
        await provider.listOfferings();
        proxy.requests.length = 0;
        const found = await provider.listOfferings();
        expect(found.map(({ name }) => name)).toEqual(
          expect.arrayContaining(made.map(({ name }) => name)),
        );
        expect(proxy.matching(/policies\?p=-2/)).toHaveLength(1);
      }),
  },
  {
    number: 7,
    title:
      '`Data: null` is an empty list, not believed without what must be on it',
    cannot: onlyDashboard,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        proxy.add({
          when: asked(requestFor('GET', pathsOf(target).policies)),
          effect: saysJson(200, { Data: null, Pages: 0 }),
        });
        const failure = await failureOf(provider.listOfferings());
        expect(failure.name).toBe('ProviderUnavailableError');
        expect(failure.message).toContain('is not believed');
      }),
  },
  {
    number: 8,
    title:
      'the list is a bare array, and `null` an empty one, not believed without what must be on it',
    cannot: onlyGateway,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { reference } = await target.plan();
        const { policies: path } = pathsOf(target);
        expect((await target.adversary.send('GET', path)).body).toBeInstanceOf(
          Array,
        );
        const found = await provider.listOfferings();
        expect(found.map(({ policyId }) => policyId)).toContain(
          reference.policyId,
        );
        proxy.add({
          when: asked(requestFor('GET', path)),
          effect: saysJson(200, null),
        });
        const failure = await failureOf(provider.listOfferings());
        expect(failure.name).toBe('ProviderUnavailableError');
        expect(failure.message).toContain('is not believed');
      }),
  },
  {
    number: 9,
    title: 'a product has the partition acl only, its APIs, and our tags',
    async run(target) {
      const apis = [target.api('first'), target.api('second')].map(
        ({ id }) => ({ id, name: `Name of ${id}` }),
      );
      const product = await target.product({ apis });
      const policy = await policyAt(target, product.reference);
      expect(policy).toMatchObject({
        name: product.title,
        org_id: target.organisation,
        tags: [target.prefix],
        partitions: {
          acl: true,
          quota: false,
          rate_limit: false,
          per_api: false,
        },
        access_rights: Object.fromEntries(
          apis.map(({ id, name }) => [
            id,
            { api_id: id, api_name: name, versions: ['Default'] },
          ]),
        ),
      });
      expect(Object.keys(Object(policy.access_rights))).toHaveLength(2);
      expect([policy.id, policy._id]).toContain(product.reference.policyId);
      await opens(target, { products: [product] }, ['first', 'second']);
    },
  },
  {
    number: 10,
    title:
      'a plan has the partitions quota and rate_limit only, and its limits',
    async run(target) {
      const plan = await target.plan({
        rateLimit: { requests: 7, per: 30 },
        quota: { requests: 500, per: 'P7D' },
        keyLifetimeSeconds: 3600,
        credentialMetadata: { plan_tier: 'gold' },
      });
      expect(await policyAt(target, plan.reference)).toMatchObject({
        name: plan.title,
        tags: [target.prefix],
        partitions: {
          acl: false,
          quota: true,
          rate_limit: true,
          per_api: false,
        },
        rate: 7,
        per: 30,
        quota_max: 500,
        quota_renewal_rate: 604_800,
        key_expires_in: 3600,
        meta_data: { plan_tier: 'gold' },
      });
    },
  },
  {
    number: 10,
    title: 'unlimited is −1 everywhere',
    async run(target) {
      const { reference } = await target.plan({
        rateLimit: 'unlimited',
        quota: 'unlimited',
      });
      expect(await policyAt(target, reference)).toMatchObject({
        rate: -1,
        per: -1,
        quota_max: -1,
        quota_renewal_rate: -1,
        key_expires_in: 0,
      });
      const found = await target.provider.listOfferings();
      expect(
        found.find(({ policyId }) => policyId === reference.policyId),
      ).toMatchObject({ rateLimit: 'unlimited', quota: 'unlimited' });
    },
  },
  {
    number: 11,
    title: 'a plan without APIs is made; where one is wanted, with one',
    cannot: onlyDashboard,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { reference } = await target.plan({ apiIds: [] });
        await opens(target, {
          plan: { ...(await target.plan()), reference },
        });

        proxy.add({
          when: asked(requestFor('POST', pathsOf(target).policies)),
          times: 1,
          effect: saysJson(400, {
            Status: 'Error',
            Message: 'A policy must have at least one API.',
            Meta: null,
          }),
        });
        const { reference: _, ...plan } = await target.plan();
        const title = `${plan.title}, with an API`;
        const policy = await policyAt(
          target,
          await provider.putPlan({
            ...plan,
            key: `${plan.key}-2`,
            title,
            apiIds: [],
          }),
        );
        expect(policy.name).toBe(title);
        expect(Object.keys(Object(policy.access_rights))).toHaveLength(1);
      }),
  },
  {
    number: 11,
    title: 'a plan without APIs is made; where one is wanted, with one',
    cannot: unless(onlyDashboard, onlySandbox),
    run: target =>
      withSettings(target, { requirePolicyApis: true }, async () => {
        const { reference } = await target.plan({ apiIds: [] });
        const { access_rights: rights } = await policyAt(target, reference);
        expect(Object.keys(Object(rights))).toHaveLength(1);
      }),
  },
];
