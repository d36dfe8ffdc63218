/** Cases 1–3 and 5: who is let in at Tyk, for which organisation, and what is said where that fails. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import {
  onlyDashboard,
  onlyGateway,
  onlySandbox,
  unless,
} from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { saysJson } from '../suite/FaultyProxy';
import { pathsOf, requestFor } from '../suite/paths';
import { withSettings } from '../suite/withSettings';

export const connection: ContractCase[] = [
  {
    number: 1,
    title: 'a right key is taken; a wrong one and none are refused by name',
    cannot: onlyDashboard,
    async run({ another, provider, url }) {
      const { findings } = await provider.probe();
      expect(findings.length).toBeGreaterThan(0);
      for (const token of ['wrong', 'Bearer wrong']) {
        const refused = await failureOf(another({ token }).probe());
        expect(refused.name).toBe('ProviderUnauthorisedError');
        expect(refused.message).toContain('check the token of the provider');
      }
      expect(() => another({ token: '' })).toThrow(
        /providers\.contract\.token is required/,
      );
      expect((await fetch(`${url}/api/portal/policies`)).status).toBe(401);
    },
  },
  {
    number: 2,
    title: 'a missing permission is named',
    cannot: unless(onlyDashboard, onlySandbox),
    run: target =>
      withSettings(
        target,
        { dashboardPermissions: { policies: 'read' } },
        async () => {
          const refused = await failureOf(target.plan());
          expect(refused.name).toBe('ProviderUnauthorisedError');
          expect(refused.message).toContain('POST /api/portal/policies');
          expect(refused.message).toContain('Policies (write)');
        },
      ),
  },
  {
    number: 2,
    title: 'a 403 is a missing permission or a refused body, and told apart',
    cannot: onlyDashboard,
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const when = asked(requestFor('POST', pathsOf(target).policies));
        const answer = (Message: string) =>
          saysJson(403, { Status: 'Error', Message, Meta: null });
        proxy.add({
          when,
          times: 1,
          effect: answer(
            'access denied: You do not have permission to access  /api/portal/policies',
          ),
        });
        proxy.add({ when, effect: answer('Request body malformed.') });
        const { reference: _, ...plan } = await target.plan();
        const again = () =>
          provider.putPlan({ ...plan, key: `${plan.key}-2`, title: 'Other' });

        const denied = await failureOf(again());
        expect(denied.name).toBe('ProviderUnauthorisedError');
        expect(denied.message).toContain('POST /api/portal/policies');
        const malformed = await failureOf(again());
        expect(malformed.name).toBe('ProviderRejectedError');
        expect(malformed.message).toContain('Request body malformed.');
      }),
  },
  {
    number: 3,
    title: 'a wrong secret is a 403 in lower case, and refused by name',
    cannot: onlyGateway,
    async run({ another, provider, url }) {
      const { findings } = await provider.probe();
      expect(findings.length).toBeGreaterThan(0);
      const refused = await failureOf(another({ token: 'wrong' }).probe());
      expect(refused.name).toBe('ProviderUnauthorisedError');
      expect(refused.message).toContain('check the token of the provider');

      const answer = await fetch(`${url}/tyk/policies`, {
        headers: { 'x-tyk-authorization': 'wrong' },
      });
      expect([answer.status, await answer.json()]).toEqual([
        403,
        {
          status: 'error',
          message:
            'Attempted administrative access with invalid or missing key!',
        },
      ]);
    },
  },
  {
    number: 5,
    title: 'the organisation is found out; a configured one wins',
    cannot: onlyDashboard,
    run: target =>
      behindProxy(target, { organisation: '' }, async (proxy, provider) => {
        const apis = await provider.listApis();
        expect(apis.map(({ id }) => id)).toContain(target.api('first').id);
        expect(proxy.matching(/\/api\/users/)).toMatchObject([
          { path: '/api/users?p=-2' },
        ]);

        const elsewhere = target.another({
          url: proxy.url,
          organisation: 'aaaaaaaaaaaaaaaaaaaaaaaa',
        });
        expect(await elsewhere.listApis()).toEqual([]);
        expect(proxy.matching(/\/api\/users/)).toHaveLength(1);
      }),
  },
  {
    number: 5,
    title: 'the organisation has to be configured',
    cannot: onlyGateway,
    async run({ another, api }) {
      expect(() => another({ organisation: '' })).toThrow(
        /providers\.contract\.organisation is required/,
      );
      const elsewhere = await another({ organisation: 'other' }).listApis();
      expect(elsewhere.map(({ id }) => id)).not.toContain(api('first').id);
    },
  },
];
