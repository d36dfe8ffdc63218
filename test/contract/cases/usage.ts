/** Cases 52–54: what keys were used for. */
import { failureOf } from '../suite/behindProxy';
import {
  onlyDashboard,
  onlyGateway,
  onlySandbox,
  unless,
} from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import type { Target } from '../suite/Target';
import { withSettings } from '../suite/withSettings';

const DAY_SECONDS = 86_400;

/** Real installations count in their own time, some after an hour. */
const countsAtOnce = unless(onlyDashboard, onlySandbox);

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** A key with a quota of three calls, as it is called again and again. */
async function key(
  target: Target,
  offers?: Pick<Awaited<ReturnType<Target['credential']>>, 'products' | 'plan'>,
) {
  const wanted = await target.credential(
    offers ?? {
      plan: await target.plan({ quota: { requests: 3, per: 'P1D' } }),
    },
  );
  const made = await target.provider.putCredential(wanted);
  const { reference, secret } = made;
  return {
    wanted,
    reference,
    call: async (times: number) => {
      for (let call = 0; call < times; call += 1) {
        await target.call(target.api('first'), secret);
      }
    },
    remove: () =>
      target.provider.removeCredential({
        reference,
        credentialId: wanted.credentialId,
      }),
  };
}

export const usage: ContractCase[] = [
  {
    number: 52,
    title: 'calls are told by day, served and refused; no calls are none',
    cannot: countsAtOnce,
    async run(target) {
      const used = await key(target);
      const unused = await key(target);
      const from = dayOf(target.now());
      await used.call(4);
      await target.wait(DAY_SECONDS);
      const to = dayOf(target.now());
      await used.call(1);
      const { reference } = used;
      expect(
        await target.provider.usage({ references: [reference], from, to }),
      ).toEqual([
        { reference, day: from, calls: 4, succeeded: 3, failed: 1 },
        { reference, day: to, calls: 1, succeeded: 1, failed: 0 },
      ]);
      expect(
        await target.provider.usage({
          references: [unused.reference],
          from,
          to,
        }),
      ).toEqual([]);
    },
  },
  {
    number: 52,
    title: 'usage that nobody counts is “unsupported”, not zero',
    cannot: countsAtOnce,
    async run(target) {
      const { reference, call } = await key(target);
      await call(1);
      const today = dayOf(target.now());
      await withSettings(target, { analytics: false }, async () => {
        const failure = await failureOf(
          target.provider.usage({
            references: [reference],
            from: today,
            to: today,
          }),
        );
        expect(failure.name).toBe('ProviderUnsupportedError');
        expect(failure.message).toMatch(
          /enable_analytics.*Tyk Pump.*enable_aggregate_lookups/,
        );
      });
    },
  },
  {
    number: 52,
    title: 'a Dashboard answers for usage, or says what it lacks',
    cannot: onlyDashboard,
    async run(target) {
      const { reference, remove } = await key(target);
      const today = dayOf(target.now());
      const answer = await target.provider
        .usage({ references: [reference], from: today, to: today })
        .catch((error: unknown) => error);
      expect(answer).toEqual(
        Array.isArray(answer)
          ? []
          : expect.objectContaining({ name: 'ProviderUnsupportedError' }),
      );
      await remove();
    },
  },
  {
    number: 52,
    title: 'a Gateway has no usage, and says what would',
    cannot: onlyGateway,
    async run({ provider, now }) {
      const today = dayOf(now());
      const failure = await failureOf(
        provider.usage({ references: [], from: today, to: today }),
      );
      expect(failure.name).toBe('ProviderUnsupportedError');
      expect(failure.message).toContain('keeps no usage by day');
      expect(failure.message).toContain('tyk-dashboard');
    },
  },
  {
    number: 53,
    title: 'usage of two hashes adds up, and is the same when asked for again',
    cannot: countsAtOnce,
    async run(target) {
      const before = await key(target);
      await before.call(2);
      // What becomes of a credential that is rotated: another hash for the same subscription.
      const { products, plan } = before.wanted;
      const after = await key(target, { products, plan });
      await after.call(1);
      await before.remove();
      const today = dayOf(target.now());
      const query = {
        references: [before.reference, after.reference],
        from: today,
        to: today,
      };
      const found = await target.provider.usage(query);
      expect(found.map(({ calls }) => calls)).toEqual([2, 1]);
      expect(await target.provider.usage(query)).toEqual(found);
      await after.remove();
    },
  },
  {
    number: 54,
    title: 'what is left of a quota is told from the key',
    async run(target) {
      const { reference, call, remove } = await key(target);
      await call(2);
      const state = await target.provider.readCredential(reference);
      expect(state).toMatchObject({
        quota: { requests: 3, perSeconds: DAY_SECONDS },
        quotaRemaining: 1,
      });
      expect(state).not.toHaveProperty('productQuotas');
      const renewsIn = Number(state?.quotaRenewsAt) - target.now() / 1000;
      expect(Math.abs(renewsIn - DAY_SECONDS)).toBeLessThan(30);
      await remove();
    },
  },
  {
    number: 54,
    title: 'with several products, what is left is told for each',
    async run(target) {
      const second = target.api('second').id;
      const products = [
        await target.product(),
        await target.product({ apis: [{ id: second, name: second }] }),
      ];
      const { reference, call, remove } = await key(target, {
        products,
        plan: await target.plan({ quota: { requests: 3, per: 'P1D' } }),
      });
      await call(2);
      const state = await target.provider.readCredential(reference);
      expect(state?.quotaRemaining).toBe(1);
      const left = (state?.productQuotas ?? []).map(
        ({ policyId, apiIds, remaining }) => ({ policyId, apiIds, remaining }),
      );
      const [first, other] = products.map(product => product.reference);
      expect(left).toHaveLength(2);
      expect(left).toEqual(
        expect.arrayContaining([
          { ...first, apiIds: [target.api('first').id], remaining: 1 },
          { ...other, apiIds: [second], remaining: 3 },
        ]),
      );
      await remove();
    },
  },
];
