import { mockCredentials } from '@backstage/backend-test-utils';
import { ConflictError } from '@backstage/errors';
import {
  ProviderRejectedError,
  ProviderUnavailableError,
} from 'backstage-plugin-api-products-node';
import type { Knex } from 'knex';
import { planSpecOf, productSpecOf } from '../../../records/specs';
import { as } from '../../../testing/access';
import { migratedDatabase, testDatabases } from '../../../testing/databases';
import { driftBench, type DriftBench } from '../../../testing/drift';
import type { Person } from '../../../identity/Caller';

jest.setTimeout(120_000);

const databases = testDatabases();
const GOLD = 'plan-default-gold';
const paula = as('paula');
const petra: Person = {
  caller: { ...paula.caller, ref: 'user:default/petra' },
  credentials: mockCredentials.user('user:default/petra'),
};

describe.each(databases.eachSupportedId())('repair, %p', databaseId => {
  let knex: Knex;
  let bench: DriftBench;

  const begin = async (origin: 'catalog' | 'portal' = 'catalog') => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await driftBench(knex, { origin });
  };
  afterEach(() => bench.worker.stop());

  const drifted = async () => {
    bench.change(GOLD, { rateLimit: { requests: 9, per: 1 } });
    await bench.look();
    const [item] = await bench.items();
    expect(item).toMatchObject({ kind: 'limits', status: 'open' });
    return item;
  };
  const events = async () => {
    const rows: { event: string; actor: string | null }[] = await knex(
      'history',
    )
      .where('event', 'like', 'drift.%')
      .orderBy('sequence');
    return rows.map(({ event, actor }) => [event, actor]);
  };

  it('pushes ours, sees that it is there, and says who wanted it', async () => {
    await begin();
    const item = await drifted();
    expect(await bench.decide(item, 'push-ours')).toMatchObject({
      status: 'repairing',
      actions: [],
    });
    await bench.pass(1_000);
    expect(bench.plan('gold').rateLimit).toEqual({ requests: 100, per: 60 });
    expect(await bench.item(item.id)).toMatchObject({
      status: 'repaired',
      resolution: { action: 'push-ours', by: paula.caller.ref },
    });
    expect(await events()).toEqual([
      ['drift.found', null],
      ['drift.repair-requested', paula.caller.ref],
      ['drift.repaired', paula.caller.ref],
    ]);
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('takes theirs into a record of the portal, and refuses it for one from Git, saying where to edit', async () => {
    await begin('catalog');
    await knex('plans').update({ edit_url: 'https://git.example.com/gold' });
    const fromGit = await drifted();
    await expect(bench.decide(fromGit, 'take-theirs')).rejects.toThrow(
      'It is managed in Git: change it there, at https://git.example.com/gold',
    );
    await knex('plans').update({ origin: 'portal' });
    const item = await bench.item(fromGit.id);
    expect(item.actions).toEqual(['push-ours', 'take-theirs', 'ignore']);
    bench.change(GOLD, { quota: { requests: 5, perSeconds: 86_400 } });
    await bench.decide(item, 'take-theirs');
    const row = await knex('plans')
      .where({ id: await bench.idOfPlan('gold') })
      .first();
    expect(planSpecOf(row)).toMatchObject({
      rateLimit: { requests: 9, per: 1 },
      quota: { requests: 5, per: 'P1D' },
      keyLifetime: 'P90D',
      title: 'Gold',
    });
    expect(row).toMatchObject({ revision: 2, provider_status: 'ready' });
    expect(await bench.item(item.id)).toMatchObject({
      status: 'repaired',
      resolution: { action: 'take-theirs', by: paula.caller.ref },
    });
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('takes the APIs of a product over, and keeps what it knew of those that stay', async () => {
    await begin('portal');
    bench.change('product-default-shipments', {
      apis: [{ id: 'labels' }, { id: 'tracking', name: 'Tracking' }],
    });
    await bench.look();
    const [item] = await bench.items();
    await bench.decide(item, 'take-theirs');
    const row = await knex('products')
      .where({ ref: 'apiproduct:default/shipments' })
      .first();
    // An API was removed, as if somebody had edited it.
    expect(productSpecOf(row).version).toBe('2.0.0');
    expect(productSpecOf(row).apis).toMatchObject([
      { ref: 'api:default/labels', providerApiId: 'labels' },
      { providerApiId: 'tracking', title: 'Tracking' },
    ]);
    expect(
      (await knex('product_apis').where({ product_id: row.id })).map(
        api => api.provider_api_id,
      ),
    ).toEqual(['labels', 'tracking']);
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('does not offer to take over what a plan cannot say', async () => {
    await begin('portal');
    bench.change(GOLD, { quota: { requests: 5 } });
    await bench.look();
    const [item] = await bench.items();
    expect(item.actions).toEqual(['push-ours', 'ignore']);
    await expect(bench.decide(item, 'take-theirs')).rejects.toThrow(
      'The provider has limits that a plan here cannot say',
    );
  });

  it('lets one of two platform owners win, and tells the other who', async () => {
    await begin('portal');
    const item = await drifted();
    const asked = await Promise.allSettled(
      [paula, petra, paula, petra].map((who, i) =>
        bench.service.repair(
          who,
          'sandbox',
          item.id,
          i % 2 ? 'take-theirs' : 'push-ours',
        ),
      ),
    );
    const lost = asked.flatMap(one =>
      one.status === 'rejected' ? [one.reason] : [],
    );
    expect(lost).toHaveLength(3);
    const { resolution } = await bench.item(item.id);
    for (const error of lost) {
      expect(error).toBeInstanceOf(ConflictError);
      expect(error.message).toContain(`by ${resolution?.by}`);
    }
    await bench.work();
    await bench.pass(1_000);
    expect((await bench.item(item.id)).status).toBe('repaired');
    await bench.look();
    expect(await bench.items()).toEqual([]);
  });

  it('opens the difference again with the provider’s own words when it refuses', async () => {
    await begin();
    const item = await drifted();
    bench.provider.fault = ({ method }) => {
      if (method === 'putPlan') throw new ProviderRejectedError('name taken');
    };
    await bench.decide(item, 'push-ours');
    await bench.pass(1_000);
    expect(await bench.item(item.id)).toMatchObject({
      status: 'open',
      lastError: 'name taken',
      actions: ['push-ours', 'ignore'],
    });
    bench.provider.fault = undefined;
    await bench.decide(await bench.item(item.id), 'push-ours');
    await bench.pass(1_000);
    expect(await bench.item(item.id)).toMatchObject({ status: 'repaired' });
    expect((await bench.item(item.id)).lastError).toBeUndefined();
  });

  it('goes on where it was when the answer is lost after the provider has acted', async () => {
    await begin();
    const item = await drifted();
    let lost = 0;
    bench.provider.fault = ({ method, when }) => {
      const counts = method === 'putPlan' || method === 'listOfferings';
      if (counts && when === 'after' && lost < 4) {
        lost += 1;
        throw new ProviderUnavailableError('no answer');
      }
    };
    await bench.decide(item, 'push-ours');
    for (let tries = 0; tries < 6; tries++) {
      await bench.pass(10_000);
    }
    expect(lost).toBe(4);
    expect((await bench.item(item.id)).status).toBe('repaired');
    expect(bench.plan('gold').rateLimit).toEqual({ requests: 100, per: 60 });
  });

  it('takes over what a record is then, when a synchronisation changes it meanwhile', async () => {
    await begin('portal');
    const item = await drifted();
    const id = await bench.idOfPlan('gold');
    let synced = false;
    bench.provider.fault = async ({ method, when }) => {
      if (method === 'listOfferings' && when === 'after' && !synced) {
        synced = true;
        const row = await knex('plans').where({ id }).first();
        await knex('plans')
          .where({ id })
          .update({
            title: 'Gold plus',
            spec: JSON.stringify({ ...planSpecOf(row), title: 'Gold plus' }),
            revision: 2,
            provider_revision: 2,
          });
      }
    };
    await bench.decide(item, 'take-theirs');
    expect(await knex('plans').where({ id }).first()).toMatchObject({
      title: 'Gold plus',
      revision: 3,
    });
    const row = await knex('plans').where({ id }).first();
    expect(planSpecOf(row).rateLimit).toEqual({ requests: 9, per: 1 });
    expect((await bench.item(item.id)).status).toBe('repaired');
  });

  it('repairs by itself where it is configured so, and deletes nothing', async () => {
    await begin();
    bench.drift.repair = 'automatic';
    const made = await bench.active('metered');
    const key = bench.provider.keys.get(made.reference);
    if (!key) throw new Error('no key');
    bench.provider.keys.set('copy', key);
    bench.provider.offerings = bench.provider.offerings.filter(
      ({ policyId }) => policyId !== 'plan-default-metered',
    );
    bench.change(GOLD, { rateLimit: 'unlimited' });
    const lost = await bench.active('free');
    bench.provider.keys.delete(lost.reference);
    bench.provider.calls.length = 0;
    await bench.look();
    for (let tries = 0; tries < 5; tries++) {
      await bench.pass(12_000);
    }
    expect((await bench.items()).map(({ kind }) => kind).sort()).toEqual([
      'missing',
      'unknown',
    ]);
    expect(bench.plan('gold').rateLimit).toEqual({ requests: 100, per: 60 });
    expect(bench.plan('metered').rateLimit).toEqual({ requests: 200, per: 60 });
    expect(bench.provider.calls).not.toContain('putCredential');
    expect(bench.provider.calls).not.toContain('removeCredential');
    expect(bench.provider.keys.has('copy')).toBe(true);
    const repaired = (await bench.items('repaired')).map(
      ({ kind, resolution }) => [kind, resolution?.by],
    );
    expect(repaired.sort()).toEqual([
      ['limits', undefined],
      ['missing', undefined],
      ['orphaned', undefined],
    ]);
  });
});
