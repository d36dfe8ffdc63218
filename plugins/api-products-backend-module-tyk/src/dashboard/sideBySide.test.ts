/** Case 59: providers side by side, whose policies have the same ids, do not mix. */
import { CHOSEN_KEY, PLAN, PRODUCT } from '../__testUtils__/bench';
import { startBench } from '../__testUtils__/bench';
import type { Bench } from '../__testUtils__/bench';
import { startDashboardBench } from '../__testUtils__/dashboardBench';
import type { DashboardBench } from '../__testUtils__/dashboardBench';

const PRODUCT_ID = '5e9d9544a1dcd60001d0ed20';
const PLAN_ID = '5e9d9544a1dcd60001d0ed21';

let eu: DashboardBench;
let us: DashboardBench;
let gateway: Bench;

beforeEach(async () => {
  eu = await startDashboardBench();
  us = await startDashboardBench({ config: { id: 'tyk-us' } });
  gateway = await startBench({ config: { id: 'tyk-gw' } });
});
afterEach(() => Promise.all([eu.stop(), us.stop(), gateway.stop()]));

it('case 59: each provider has its own policies, keys and states under the same ids', async () => {
  const benches = [eu, us, gateway];
  const [product, plan] = [{ policyId: PRODUCT_ID }, { policyId: PLAN_ID }];
  for (const bench of benches) {
    expect(
      await bench.provider.putProduct({
        ...PRODUCT,
        title: `Payments of ${bench.provider.id}`,
        reference: product,
      }),
    ).toEqual(product);
    expect(await bench.provider.putPlan({ ...PLAN, reference: plan })).toEqual(
      plan,
    );
  }
  const credential = {
    credentialId: 'c-1',
    chosenKey: CHOSEN_KEY,
    products: [{ ...PRODUCT, reference: product }],
    plan: { ...PLAN, reference: plan },
    alias: '',
    tags: [],
    metadata: {},
  };
  const made = await Promise.all(
    benches.map(bench => bench.provider.putCredential(credential)),
  );

  await us.provider.putPlan({
    ...PLAN,
    reference: plan,
    quota: { requests: 99, per: 'P1D' },
  });
  await eu.provider.removeCredential({
    reference: made[0].reference,
    credentialId: 'c-1',
  });
  await eu.provider.removeProduct(product);

  const titles = await Promise.all(
    benches.map(async ({ provider }) =>
      (await provider.listOfferings()).map(({ name }) => name).sort(),
    ),
  );
  expect(titles).toEqual([
    ['Gold'],
    ['Gold', 'Payments of tyk-us'],
    ['Gold', 'Payments of tyk-gw'],
  ]);
  const quotas = await Promise.all(
    benches.map(
      async ({ provider }, index) =>
        (
          await provider.readCredential(made[index].reference)
        )?.quota,
    ),
  );
  expect(quotas).toEqual([
    undefined,
    { requests: 99, perSeconds: 86_400 },
    { requests: 10, perSeconds: 86_400 },
  ]);
});

it('case 59: one Dashboard under two ids is one Dashboard', async () => {
  const twin = eu.another({ id: 'tyk-twin', tags: ['other'] });
  const reference = await eu.provider.putProduct(PRODUCT);
  expect(await twin.listOfferings()).toMatchObject([
    { ...reference, selected: false },
  ]);
});
