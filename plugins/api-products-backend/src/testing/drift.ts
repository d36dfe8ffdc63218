/** A provider that has what the records say, and somebody who looks for differences. */
import type { Knex } from 'knex';
import type {
  DriftAction,
  DriftItem,
} from 'backstage-plugin-api-products-common';
import type {
  FoundPlan,
  FoundProduct,
} from 'backstage-plugin-api-products-node';
import { providerPlanOf, providerProductOf } from '../records/offering';
import { Drift } from '../providers/drift/Drift';
import { ProviderRegistry } from '../registry/ProviderRegistry';
import { as } from './access';
import { demo } from './demo';
import { provisioningBench, type ProvisioningBench } from './provisioning';
import { idOf, writeRecords } from './records';
import { subscribe, type TestSubscription } from './subscriptions';

export interface DriftBench extends ProvisioningBench {
  service: Drift;
  /** Looks for differences, and does what follows from them. */
  look(): Promise<void>;
  /** Everything that is open or being repaired. */
  items(...status: DriftItem['status'][]): Promise<DriftItem[]>;
  /** Decides as a platform owner, and lets the jobs run that are due at once. */
  decide(item: DriftItem, action: DriftAction): Promise<DriftItem>;
  /** An item as it is now. */
  item(id: string): Promise<DriftItem>;
  /** A subscription with a key that works. */
  active(plan?: string): Promise<TestSubscription & { reference: string }>;
  plan(name: string): FoundPlan;
  product(name: string): FoundProduct;
  change(
    policyId: string,
    fields: Partial<FoundPlan> | Partial<FoundProduct>,
  ): void;
  idOfPlan(name: string): Promise<string>;
}

const PROVIDER = 'sandbox';

export async function driftBench(
  knex: Knex,
  options: { start?: string; origin?: 'catalog' | 'portal' } = {},
): Promise<DriftBench> {
  const bench = await provisioningBench(knex, options);
  const { clock, provider, worker } = bench;
  await writeRecords(knex, demo, { clock });
  if (options.origin) {
    await knex('products').update({ origin: options.origin });
    await knex('plans').update({ origin: options.origin });
  }
  provider.mirrors = true;
  provider.now = clock.now;
  for (const noun of ['product', 'plan'] as const) {
    const rows: { id: string }[] = await knex(`${noun}s`)
      .whereNotNull('policy_id')
      .select('id');
    for (const { id } of rows) {
      if (noun === 'product') {
        await provider.putProduct(await providerProductOf(knex, id));
      } else {
        await provider.putPlan(await providerPlanOf(knex, id));
      }
    }
  }
  provider.calls.length = 0;
  const registry = ProviderRegistry.create();
  registry.addProvider(provider);
  const service = Drift.create({ db: knex, clock, registry, worker });
  const paula = as('paula');
  const items: DriftBench['items'] = async (...status) =>
    (await service.list(paula, PROVIDER, { status, limit: 100 })).items;
  const find = (policyId: string) =>
    provider.offerings.find(offering => offering.policyId === policyId);
  return {
    ...bench,
    service,
    items,
    async look() {
      await service.check(paula, PROVIDER);
      await bench.work();
    },
    async decide(item, action) {
      const decided = await service.repair(paula, PROVIDER, item.id, action);
      await bench.work();
      return decided;
    },
    async item(id) {
      const all = await items(
        'open',
        'repairing',
        'repaired',
        'ignored',
        'gone',
      );
      const found = all.find(item => item.id === id);
      if (!found) throw new Error(`There is no item ${id}`);
      return found;
    },
    async active(plan) {
      const made = await subscribe(knex, bench.deps, {
        ...(plan ? { plan: `apiplan:default/${plan}` } : {}),
      });
      await bench.work();
      const { provider_reference: reference } = await bench.credential(
        made.credential.id,
      );
      if (reference === null) throw new Error('The key was not made');
      return { ...made, reference };
    },
    plan(name) {
      const found = find(`plan-default-${name}`);
      if (found?.kind !== 'plan') throw new Error(`No plan ${name}`);
      return found;
    },
    product(name) {
      const found = find(`product-default-${name}`);
      if (found?.kind !== 'product') throw new Error(`No product ${name}`);
      return found;
    },
    change(policyId, fields) {
      provider.offerings = provider.offerings.map(offering =>
        offering.policyId === policyId
          ? Object.assign({}, offering, fields)
          : offering,
      );
    },
    idOfPlan: name => idOf(knex, 'plan', `apiplan:default/${name}`),
  };
}
