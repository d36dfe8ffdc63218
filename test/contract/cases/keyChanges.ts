/** Cases 35–39: a key that exists is changed, and its secret and what was used stay. */
import type { ProviderPlan } from 'backstage-plugin-api-products-node';
import { asked, behindProxy, failureOf } from '../suite/behindProxy';
import { onlySandbox } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { updateOf, withKey } from '../suite/keys';
import type { KeyInUse } from '../suite/keys';
import { pathsOf } from '../suite/paths';
import type { Target } from '../suite/Target';
import { withSettings } from '../suite/withSettings';

/** Of ten calls a day, three are used. */
const tenADay = (
  target: Target,
  use: (key: KeyInUse) => Promise<void>,
  more: Partial<ProviderPlan> = {},
) =>
  target.plan({ quota: { requests: 10, per: 'P1D' }, ...more }).then(plan =>
    withKey(target, { credential: { plan } }, async key => {
      for (let call = 0; call < 3; call++) {
        expect(await key.status()).toBe(200);
      }
      await use(key);
    }),
  );

const suspendAndResume = (target: Target) =>
  tenADay(target, async key => {
    expect(await key.change({ suspended: true })).toMatchObject({
      suspended: true,
      quotaRemaining: 7,
    });
    expect(await key.status()).toBe(403);
    expect(await key.change({ suspended: false })).toMatchObject({
      suspended: false,
      quotaRemaining: 7,
    });
    expect(await key.status()).toBe(200);
    expect((await key.state()).quotaRemaining).toBe(6);
  });

export const keyChanges: ContractCase[] = [
  {
    number: 35,
    title:
      'a suspended key is refused, and served again when it is resumed, with its quota as it was',
    run: suspendAndResume,
  },
  {
    number: 35,
    title: 'the same on a version that goes by the flag of the key',
    cannot: onlySandbox,
    run: target =>
      withSettings(target, { version: '5.8.1' }, () =>
        suspendAndResume(target),
      ),
  },
  {
    number: 36,
    title: 'the expiry of a plan is kept by Tyk, told, and held',
    async run(target) {
      const seconds = 4;
      const plan = await target.plan({ keyLifetimeSeconds: seconds });
      const expiresAt = Math.floor(target.now() / 1000) + seconds;
      await withKey(target, { credential: { plan, expiresAt } }, async key => {
        expect(key.made.expiresAt).toBe(expiresAt);
        expect((await key.state()).expiresAt).toBe(expiresAt);
        expect(await key.status()).toBe(200);
        await target.wait(seconds + 1);
        const { id: _, ...api } = target.api('first');
        const answer = await target.call({ id: '', ...api }, key.secret);
        const { error } = await answer.json();
        // Redis forgets it by and by: an unknown key then.
        expect([
          [401, 'Key has expired, please renew'],
          [403, 'Access to this API has been disallowed'],
        ]).toContainEqual([answer.status, error]);
      });
    },
  },
  {
    number: 36,
    title: 'a key is never made or changed to end in the past',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const past = { expiresAt: Math.floor(target.now() / 1000) - 10 };
        await withKey(target, {}, async ({ wanted, reference }) => {
          for (const call of [
            provider.putCredential({ ...wanted, ...past }),
            provider.updateCredential(reference, {
              ...updateOf(wanted),
              ...past,
            }),
          ]) {
            expect((await failureOf(call)).name).toBe('ProviderRejectedError');
          }
          expect(
            proxy.requests.filter(
              asked(new RegExp(`^(POST|PUT) ${pathsOf(target).keys}/`)),
            ),
          ).toEqual([]);
        });
      }),
  },
  {
    number: 37,
    title:
      'another plan takes effect with what was used and the window as they were, and a shorter renewal as well',
    run: target =>
      tenADay(target, async key => {
        const before = await key.state();
        const { wanted } = key;
        const plan = await target.plan({
          rateLimit: { requests: 500, per: 60 },
          quota: { requests: 50, per: 'PT1H' },
        });
        expect(await key.change({ plan })).toMatchObject({
          policyIds: [
            ...wanted.products.map(item => item.reference.policyId),
            plan.reference.policyId,
          ],
          rateLimit: plan.rateLimit,
          quota: { requests: 50, perSeconds: 3_600 },
          quotaRemaining: 47,
          quotaRenewsAt: before.quotaRenewsAt,
        });
        expect(await key.status()).toBe(200);
        expect((await key.state()).quotaRemaining).toBe(46);
      }),
  },
  {
    number: 38,
    title:
      'a product is added and taken away, and secret, plan and counters stay',
    run: target =>
      tenADay(target, async key => {
        const { id } = target.api('second');
        const { products } = key.wanted;
        const added = await target.product({ apis: [{ id, name: id }] });
        expect(await key.status('second')).toBe(403);
        const both = await key.change({ products: [...products, added] });
        expect(both.apiIds).toContain(id);
        expect(await key.status('second')).toBe(200);
        expect(await key.status()).toBe(200);

        const one = await key.change({ products });
        expect(one).toMatchObject({
          apiIds: products.flatMap(({ apis }) => apis.map(api => api.id)),
          quota: { requests: 10, perSeconds: 86_400 },
        });
        expect(await key.status('second')).toBe(403);
        expect(await key.status()).toBe(200);
        // What was used before there were two was never forgotten.
        expect((await key.state()).quotaRemaining).toBeLessThanOrEqual(6);
      }),
  },
  {
    number: 39,
    title:
      'what is changed of a plan or a product reaches keys that exist, without a word to them',
    run: target =>
      behindProxy(target, {}, async (proxy, provider) => {
        const product = await target.product();
        const plan = await target.plan();
        const { id } = target.api('second');
        const credential = { products: [product], plan };
        await withKey(target, { credential }, async key => {
          expect(await key.status('second')).toBe(403);
          await provider.putPlan({
            ...plan,
            quota: { requests: 50, per: 'P1D' },
          });
          await provider.putProduct({
            ...product,
            apis: [...product.apis, { id, name: id }],
          });
          const answer = await target.call(target.api('first'), key.secret);
          expect(answer.headers.get('x-ratelimit-limit')).toBe('50');
          expect(await key.status('second')).toBe(200);
          expect(await key.state()).toMatchObject({
            apiIds: [target.api('first').id, id].sort(),
            quota: { requests: 50 },
          });
          // A Dashboard is asked with `preview` whether the gateway has a policy.
          expect(
            proxy.requests.filter(
              ({ path }) => path.includes('/keys') && !/preview$/.test(path),
            ),
          ).toEqual([]);
        });
      }),
  },
];
