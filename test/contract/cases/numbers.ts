/** Cases 45 and 46: how Tyk writes down numbers, and what it leaves out. */
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import type { Effect } from '../suite/FaultyProxy';
import { withKey } from '../suite/keys';
import { pathsOf, requestFor } from '../suite/paths';
import { policyAt, rawPolicy } from '../suite/rawPolicy';

/** The same answer in other words. */
const rewritten =
  (change: (text: string) => string): Effect =>
  async pass => {
    const answer = await pass();
    return { ...answer, text: change(answer.text) };
  };

const withoutZeros = (text: string) =>
  JSON.stringify(
    JSON.parse(text, (_, value) =>
      [0, '', false, null].includes(value) ? undefined : value,
    ),
  );

/** `100` as `100.0`, as some installations do. */
const floats = (text: string) => text.replace(/(":-?\d+)(?=[,}\]])/g, '$1.0');

export const numbers: ContractCase[] = [
  {
    number: 45,
    title:
      'fields that are left out and numbers with fractions are read as what they mean',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const plan = await target.plan({
          quota: { requests: 10, per: 'P1D' },
          rateLimit: 'unlimited',
        });
        await withKey(target, { provider, credential: { plan } }, async key => {
          expect(await key.status()).toBe(200);
          const before = await key.state();
          expect(before).toMatchObject({
            rateLimit: 'unlimited',
            quota: { requests: 10, perSeconds: 86_400 },
            quotaRemaining: 9,
            suspended: false,
          });
          expect(before.expiresAt).toBeUndefined();
          const when = asked(requestFor('GET', '', `.*/keys/.+`));
          for (const change of [withoutZeros, floats]) {
            proxy.clear();
            proxy.add({ when, effect: rewritten(change) });
            expect(await key.state()).toEqual(before);
            const changed = await key.change({});
            expect({
              ...changed,
              confirmAfterMs: undefined,
              warning: undefined,
            }).toEqual(before);
          }
        });
      }),
  },
  {
    number: 46,
    title: 'a quota of 0 at Tyk is shown as unlimited',
    async run(target) {
      const policy = rawPolicy(target, ['quota', 'rate_limit'], {
        quota_max: 0,
        rate: 0,
      });
      const policyId = await target.adversary.createPolicy(policy);
      const offerings = await target.provider.listOfferings();
      expect(offerings.find(item => item.policyId === policyId)).toMatchObject({
        kind: 'plan',
        quota: 'unlimited',
        rateLimit: 'unlimited',
      });
      const plan = await target.plan({
        quota: 'unlimited',
        rateLimit: 'unlimited',
      });
      const credential = { plan: { ...plan, reference: { policyId } } };
      await withKey(target, { credential }, async key => {
        expect(await key.state()).toMatchObject({
          quota: 'unlimited',
          rateLimit: 'unlimited',
        });
        expect((await key.state()).quotaRemaining).toBeUndefined();
        expect(await key.status()).toBe(200);
      });
    },
  },
  {
    number: 46,
    title: 'a quota of 0 is never written: unlimited is −1, and 0 refused',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const { reference, ...plan } = await target.plan({
          quota: 'unlimited',
          rateLimit: 'unlimited',
        });
        expect(await policyAt(target, reference)).toMatchObject({
          quota_max: -1,
          rate: -1,
          per: -1,
        });
        for (const zero of [
          { quota: { requests: 0, per: 'P1D' } },
          { rateLimit: { requests: 0, per: 60 } },
          { rateLimit: { requests: 1, per: 0 } },
        ]) {
          const refused = await failureOf(
            provider.putPlan({ ...plan, key: `${plan.key}-zero`, ...zero }),
          );
          expect(refused.name).toBe('ProviderRejectedError');
          expect(refused.message).toContain('Tyk takes 0 for unlimited');
        }
        const { policies } = pathsOf(target);
        expect(
          proxy.requests.filter(asked(new RegExp(`^(POST|PUT) ${policies}`))),
        ).toEqual([]);
      }),
  },
];
