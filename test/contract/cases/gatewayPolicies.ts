/** Cases 18–20: policies of an open-source Gateway are files, in force only once they are loaded. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import { onlyGateway, onlySandbox, unless } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { saysJson } from '../suite/FaultyProxy';
import { isObject } from '../suite/adversary';
import { pathsOf, requestFor } from '../suite/paths';
import { policyAt, rawPolicy } from '../suite/rawPolicy';
import { withSettings } from '../suite/withSettings';

const SERVICE =
  'Due to enabled service policy source, please use the Dashboard API';

const SHORTLY = { timeouts: { loading: { milliseconds: 200 } } };

export const gatewayPolicies: ContractCase[] = [
  {
    number: 18,
    title: 'a policy is there after a reload, which a put waits for',
    cannot: onlyGateway,
    async run(target) {
      const { adversary } = target;
      const { policies: path } = pathsOf(target);
      const policy = rawPolicy(target, ['acl']);
      // What was asked for by somebody else is loaded before, not in between.
      await target.wait(1);
      await adversary.policies();
      expect(await adversary.send('POST', path, policy)).toEqual({
        status: 200,
        body: { key: policy.id, status: 'ok', action: 'added' },
      });
      expect(await adversary.policy(String(policy.id))).toBeUndefined();

      const plan = await target.plan();
      expect(await policyAt(target, plan.reference)).toMatchObject({
        name: plan.title,
      });
      // That reload brought the other one into force as well.
      expect(await adversary.policy(String(policy.id))).toMatchObject({
        name: policy.name,
      });
    },
  },
  {
    number: 18,
    title: 'a policy that is never loaded is “unavailable”, with the setting',
    cannot: onlyGateway,
    run: target =>
      behindProxy(target, SHORTLY, async (proxy, provider) => {
        const { reference, ...plan } = await target.plan();
        proxy.add({
          when: asked(requestFor('GET', pathsOf(target).policies, '/.+')),
          effect: saysJson(404, {
            status: 'error',
            message: 'Policy not found',
          }),
        });
        const failure = await failureOf(provider.putPlan(plan));
        expect(failure.name).toBe('ProviderUnavailableError');
        expect(failure.message).toContain(reference.policyId);
        expect(failure.message).toContain('set policies.policy_path');
        expect(proxy.matching(/reload\/group/)).not.toHaveLength(0);
      }),
  },
  {
    number: 18,
    title: 'a policy that is never loaded is “unavailable”, with the setting',
    cannot: unless(onlyGateway, onlySandbox),
    run: target =>
      withSettings(target, { policyPath: false }, async () => {
        const provider = target.another(SHORTLY);
        const failure = await failureOf(
          provider.putPlan({
            key: `default/${target.prefix}-nowhere`,
            title: 'Nowhere',
            rateLimit: 'unlimited',
            quota: 'unlimited',
            credentialMetadata: {},
            apiIds: [],
          }),
        );
        expect(failure.name).toBe('ProviderUnavailableError');
        expect(failure.message).toContain('set policies.policy_path');
      }),
  },
  {
    number: 19,
    title: 'where policies come from a Dashboard, that is said',
    cannot: unless(onlyGateway, onlySandbox),
    async run(target) {
      const plan = await target.plan();
      await withSettings(target, { policySource: 'service' }, async () => {
        const failure = await failureOf(
          target.provider.putPlan({ ...plan, title: 'Another' }),
        );
        expect(failure.name).toBe('ProviderUnsupportedError');
        expect(failure.message).toContain('policies.policy_source is service');
      });
    },
  },
  {
    number: 19,
    title: 'where policies come from a Dashboard, that is said',
    cannot: onlyGateway,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const plan = await target.plan();
        proxy.add({
          when: asked(requestFor('(POST|PUT)', pathsOf(target).policies, '.*')),
          effect: saysJson(500, { status: 'error', message: SERVICE }),
        });
        for (const put of [
          () => provider.putPlan({ ...plan, title: 'Another' }),
          () => provider.putProduct({ key: 'a/b', title: 'New', apis: [] }),
        ]) {
          const failure = await failureOf(put());
          expect(failure.name).toBe('ProviderUnsupportedError');
          expect(failure.message).toContain(
            'takes its policies from a Dashboard',
          );
        }
        expect(proxy.matching(/^(POST|PUT) .*policies/)).toHaveLength(2);
      }),
  },
  {
    number: 20,
    title: 'the id in the path and in the body are never different',
    cannot: onlyGateway,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { policies: path } = pathsOf(target);
        const plan = await target.plan();
        const id = `${target.prefix}-theirs`;
        const theirs = await target.adversary.createPolicy(
          rawPolicy(target, ['acl'], { id }),
        );
        await provider.putPlan({ ...plan, title: 'Another' });
        const product = await target.product();
        await provider.putProduct({
          ...product,
          title: 'Taken over',
          reference: { policyId: theirs },
        });
        const puts = proxy.matching(requestFor('PUT', path, '/.+'));
        expect(puts).toHaveLength(2);
        for (const put of puts) {
          const named = isObject(put.body) ? put.body.id : undefined;
          expect(put.path).toBe(`${path}/${named}`);
        }

        const refused = await target.adversary.send('PUT', `${path}/${id}`, {
          ...(await policyAt(target, { policyId: id })),
          id: `${id}-other`,
        });
        expect(refused).toEqual({
          status: 400,
          body: {
            status: 'error',
            message:
              'Request ID does not match that in policy! For Update operations these must match.',
          },
        });
      }),
  },
];
