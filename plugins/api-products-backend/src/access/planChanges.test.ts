import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  outcomes,
  paymentsTerms,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import type { NewAccessRequest } from './types';

jest.setTimeout(120_000);

const FORGOTTEN_MS = 11_000;
const DAY_MS = 24 * 60 * 60_000;
const databases = testDatabases();

describe.each(databases.eachSupportedId())('plan change on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
    bench.provider.now = () => bench.clock.now();
  });
  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;
  const subscriptions = () => bench.access.subscriptions;
  const subscribe = async (plan: 'free' | 'gold' = 'free') => {
    const made = await requests().create(as('dana'), askFor({ plan }));
    if (plan === 'gold') {
      await requests().approve(as('olga'), made.id, {});
    }
    await bench.work();
    const { subscription } = await requests().get(as('dana'), made.id);
    return subscription ?? '';
  };
  const change = (
    id: string,
    plan: string,
    fields: Partial<NewAccessRequest> = {},
  ) =>
    requests().changePlan(as('dana'), id, {
      plan,
      acceptedTerms: paymentsTerms,
      ...fields,
    });
  const planOf = async (id: string) => {
    const { plan, planChange } = await subscriptions().get(as('dana'), id);
    return [plan.ref, planChange?.plan.ref, planChange?.at];
  };
  const planAtGateway = () => {
    const [key] = [...bench.provider.keys.values()];
    return key.plan.reference.policyId;
  };
  const pass = async (ms: number) => {
    bench.clock.advance(ms);
    await bench.work();
  };
  const ref = (name: string) => `apiplan:default/${name}`;

  it('is decided like access; the plan it has works until the gateway is known to have the other one', async () => {
    const id = await subscribe();
    const [reference] = [...bench.provider.keys.keys()];
    const asked = await change(id, 'gold', { reason: 'we grow' });
    expect(asked).toMatchObject({
      status: 'pending',
      subscription: id,
      plan: { ref: ref('gold') },
      change: { from: { ref: ref('free') } },
      reason: 'we grow',
    });
    await bench.work();
    expect(planAtGateway()).toBe('plan-default-free');

    await requests().approve(as('olga'), asked.id, {});
    expect(await planOf(id)).toEqual([
      ref('free'),
      ref('gold'),
      new Date(bench.clock.now()).toISOString(),
    ]);
    await bench.work();
    expect(planAtGateway()).toBe('plan-default-gold');
    expect((await planOf(id))[0]).toBe(ref('free'));
    await pass(FORGOTTEN_MS);
    expect(await planOf(id)).toEqual([ref('gold'), undefined, undefined]);
    expect([...bench.provider.keys.keys()]).toEqual([reference]);
    expect(bench.provider.resets).toEqual([]);
    expect(await knex('subscriptions')).toHaveLength(1);
    expect(
      await knex('history')
        .where({ event: 'subscription.plan-changed' })
        .pluck('message'),
    ).toEqual(['“Shop backend” has Payments API on Gold now']);
    expect(await knex('jobs').where({ kind: 'reconcile-credential' })).toEqual(
      [],
    );
  });

  it('waits for the end of the month where the other plan gives less', async () => {
    const id = await subscribe('gold');
    const made = await change(id, 'free');
    expect(made.status).toBe('approved');
    const firstOfNext = new Date(bench.clock.now());
    firstOfNext.setUTCMonth(firstOfNext.getUTCMonth() + 1, 1);
    firstOfNext.setUTCHours(0, 0, 0, 0);
    expect(await planOf(id)).toEqual([
      ref('gold'),
      ref('free'),
      firstOfNext.toISOString(),
    ]);
    await bench.work();
    expect((await subscriptions().get(as('dana'), id)).nextTryAt).toBe(
      undefined,
    );
    await pass(firstOfNext.getTime() - bench.clock.now() - 1);
    expect(planAtGateway()).toBe('plan-default-gold');
    await pass(1);
    expect(planAtGateway()).toBe('plan-default-free');
    await pass(FORGOTTEN_MS);
    expect(await planOf(id)).toEqual([ref('free'), undefined, undefined]);
  });

  it('asks the gateway when a quota period ends that only it knows, and changes at once where that is wanted', async () => {
    const id = await subscribe();
    const [renews] = [...bench.provider.renewals.values()];
    const later = await change(id, 'gold', { when: 'period-end' });
    await requests().approve(as('olga'), later.id, {});
    expect(await planOf(id)).toEqual([ref('free'), ref('gold'), undefined]);
    await bench.work();
    expect(await planOf(id)).toEqual([
      ref('free'),
      ref('gold'),
      new Date(renews * 1000).toISOString(),
    ]);
    await pass(DAY_MS);
    await pass(FORGOTTEN_MS);
    expect((await planOf(id))[0]).toBe(ref('gold'));

    const now = await change(id, 'free', { when: 'now' });
    expect(now.status).toBe('approved');
    await bench.work();
    await pass(FORGOTTEN_MS);
    expect((await planOf(id))[0]).toBe(ref('free'));
  });

  it('can be withdrawn while it is asked for, and until it begins', async () => {
    const id = await subscribe('gold');
    await change(id, 'free');
    await bench.work();
    expect((await subscriptions().get(as('dana'), id)).actions).toContain(
      'withdraw-plan-change',
    );
    await subscriptions().withdrawPlanChange(as('devin'), id);
    expect(await planOf(id)).toEqual([ref('gold'), undefined, undefined]);
    await pass(40 * DAY_MS);
    await pass(FORGOTTEN_MS);
    expect(planAtGateway()).toBe('plan-default-gold');
    await expect(
      subscriptions().withdrawPlanChange(as('dana'), id),
    ).rejects.toMatchObject({ code: 'over' });
    await expect(
      subscriptions().withdrawPlanChange(as('omar'), id),
    ).rejects.toMatchObject({ code: 'not-owner' });

    await change(id, 'free', { when: 'now' });
    await expect(
      subscriptions().withdrawPlanChange(as('dana'), id),
    ).rejects.toMatchObject({ code: 'over' });
  });

  it.each([
    [
      'the plan that it has',
      'free',
      { code: 'invalid', fields: { field: 'plan' } },
    ],
    ['a plan that is not there', 'nothing', { name: 'NotFoundError' }],
    ['a plan that is not offered', 'unlimited', { code: 'plan-not-offered' }],
  ])('refuses %s', async (_, plan, error) => {
    const id = await subscribe();
    await expect(change(id, plan)).rejects.toMatchObject(error);
  });

  it('refuses terms that are not accepted, a second change, and what is not active', async () => {
    const id = await subscribe();
    await expect(
      change(id, 'gold', { acceptedTerms: [] }),
    ).rejects.toMatchObject({ code: 'terms-missing' });
    const first = await change(id, 'gold');
    await expect(change(id, 'metered')).rejects.toMatchObject({
      code: 'already-pending',
      fields: { accessRequest: first.id, plan: 'Gold' },
    });
    await requests().update(as('dana'), first.id, {
      revision: 1,
      plan: 'metered',
    });
    await subscriptions().suspend(as('omar'), id, { reason: 'load' });
    await expect(
      requests().approve(as('olga'), first.id, {}),
    ).rejects.toMatchObject({ code: 'not-active' });
    await requests().cancel(as('dana'), first.id, {});
    await expect(change(id, 'gold')).rejects.toMatchObject({
      code: 'not-active',
    });
    await subscriptions().revoke(as('dana'), id, {});
    await expect(change(id, 'gold')).rejects.toMatchObject({
      code: 'not-active',
    });
  });

  it('is for the consumer’s side, and does not exist for strangers', async () => {
    const id = await subscribe();
    const ask = (name: Parameters<typeof as>[0]) =>
      requests().changePlan(as(name), id, {
        plan: 'gold',
        acceptedTerms: paymentsTerms,
      });
    await expect(ask('omar')).rejects.toMatchObject({ code: 'not-owner' });
    await expect(ask('liam')).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      requests().create(
        as('dana'),
        askFor({
          application: { name: 'Another', owner: 'shop-team' },
          subscription: id,
        }),
      ),
    ).rejects.toMatchObject({ fields: { field: 'subscription' } });
    await expect(ask('devin')).resolves.toMatchObject({ subscription: id });
  });

  it('makes one request of many at once, and one decision', async () => {
    const id = await subscribe();
    const asked = await outcomes(
      Array.from({ length: 20 }, (_, i) =>
        requests().changePlan(as(i % 2 ? 'dana' : 'devin'), id, {
          plan: i % 3 ? 'gold' : 'metered',
          acceptedTerms: paymentsTerms,
        }),
      ),
    );
    expect(asked.values).toHaveLength(1);
    const [{ id: request }] = await knex('access_requests')
      .where({ status: 'pending' })
      .select('id');
    const decided = await Promise.allSettled(
      Array.from({ length: 20 }, (_, i) =>
        i % 2
          ? requests().approve(as('olga'), request, {})
          : subscriptions().suspend(as('omar'), id, { reason: 'load' }),
      ),
    );
    expect(decided.map(({ status }) => status)).toContain('fulfilled');
    await bench.work();
    await pass(FORGOTTEN_MS);
    await pass(FORGOTTEN_MS);
    const [key] = [...bench.provider.keys.values()];
    const shown = await subscriptions().get(as('dana'), id);
    expect(shown.status).toBe('suspended');
    expect(key.suspended).toBe(true);
    expect(key.plan.key).toBe(shown.plan.ref.replace('apiplan:', ''));
  });

  it('holds in the end where the gateway goes on with a key in use as it was', async () => {
    bench.provider.undoes = true;
    const id = await subscribe();
    const { id: request } = await change(id, 'gold');
    await requests().approve(as('olga'), request, {});
    await bench.work();
    bench.provider.use();
    await pass(FORGOTTEN_MS);
    expect((await planOf(id)).slice(0, 2)).toEqual([ref('free'), ref('gold')]);
    bench.provider.undoes = false;
    await pass(60_000);
    await pass(FORGOTTEN_MS);
    expect((await planOf(id))[0]).toBe(ref('gold'));
  });

  it('ends with the subscription', async () => {
    const id = await subscribe('gold');
    await change(id, 'free');
    await bench.work();
    await subscriptions().revoke(as('dana'), id, {});
    await bench.work();
    await pass(FORGOTTEN_MS);
    expect((await subscriptions().get(as('dana'), id)).status).toBe('revoked');
    expect(bench.provider.keys.size).toBe(0);
  });
});
