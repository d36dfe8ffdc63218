/** Who × state of the plan: what Git may say of plans. */
import type { Entity } from '@backstage/catalog-model';
import type { Knex } from 'knex';
import { enqueue } from '../../jobs/JobQueue';
import { laneOf } from '../../jobs/lanes';
import { as, askFor } from '../../testing/access';
import {
  authoringBench,
  providerApi,
  type AuthoringBench,
} from '../../testing/authoring';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from '../../testing/entities';
import { ingest, withoutRecords } from '../../testing/ingestion';

jest.setTimeout(60_000);

const databases = testDatabases();

const payments = 'group:default/payments-team';
const REF = 'apiplan:default/quick';

describe.each(databases.eachSupportedId())('plans of Git, %p', databaseId => {
  let knex: Knex;
  let bench: AuthoringBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await authoringBench(knex);
    await withoutRecords(knex);
    bench.provider.apis = [providerApi('till')];
  });

  afterEach(() => bench.worker.stop());

  const quick = (owner: string, spec: Entity['spec'] = {}): Entity =>
    planEntity('quick', {
      spec: { owner, approval: { mode: 'auto' }, ...spec },
    });

  const read = (plan: Entity, planAuthors: string[] = []) =>
    ingest(
      knex,
      bench,
      [
        catalogueEntity('internal'),
        apiEntity('till', 'till'),
        productEntity('desk', {
          spec: { apis: ['api:default/till'], plans: ['quick'] },
        }),
        plan,
      ],
      { planAuthors },
    );

  const puts = () => bench.provider.calls.filter(call => call === 'putPlan');

  const ask = () =>
    bench.access.accessRequests.create(
      as('dana'),
      askFor({ product: 'desk', plan: 'quick', acceptedTerms: [] }),
    );

  it.each([
    ['a group of platform owners', 'group:default/platform-owners', []],
    ['one of them', 'user:default/paula', []],
    ['a group of plan authors', payments, [payments]],
    ['one of them', 'user:default/omar', [payments]],
    ['who is named alone', 'user:default/omar', ['user:default/omar']],
  ])('are made for %s: %s', async (_, owner, authors) => {
    await read(quick(owner), authors);
    expect(await bench.plan('quick')).toMatchObject({
      held_back: null,
      provider_status: 'ready',
    });
    expect(await ask()).toMatchObject({ status: 'approved' });
  });

  it.each([
    ['another group', payments, []],
    ['a group of which one is an author', payments, ['user:default/omar']],
    ['somebody else', 'user:default/omar', ['group:default/shop-team']],
  ])('of %s are held back and not offered: %s', async (_, owner, authors) => {
    await read(quick(owner), authors);
    const reason = expect.stringContaining('apiProducts.planAuthors');
    expect(await bench.plan('quick')).toMatchObject({
      held_back: reason,
      provider_status: 'failed',
      provider_message: reason,
      policy_id: null,
    });
    expect(puts()).toEqual([]);
    await expect(ask()).rejects.toMatchObject({ name: 'NotFoundError' });
    const seen = (who: Parameters<typeof as>[0]) =>
      bench.catalogue.getPlan(as(who), REF);
    await expect(seen('dana')).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await seen('paula')).toMatchObject({
      providerState: { status: 'failed', message: reason },
    });
    expect(await read(quick(owner), authors)).toMatchObject({ updated: 0 });
  });

  it('go on as soon as their owner may make them', async () => {
    await read(quick(payments));
    await read(quick(payments), [payments]);
    expect(await bench.plan('quick')).toMatchObject({
      held_back: null,
      provider_status: 'ready',
      provider_message: null,
    });
  });

  it('that are there stay as they are, and a change of them is not done', async () => {
    await read(quick(payments), [payments]);
    const before = await bench.plan('quick');
    expect(await read(quick(payments))).toMatchObject({ ignored: 0 });
    expect(await bench.plan('quick')).toEqual(before);

    const wider = quick(payments, { rateLimit: 'unlimited' });
    expect(await read(wider)).toMatchObject({ updated: 0, ignored: 1 });
    const { findings, ...rest } = await bench.plan('quick');
    expect({ ...rest, findings: null }).toEqual(before);
    expect(JSON.parse(findings ?? '')).toEqual([
      expect.stringContaining('stays as it is'),
    ]);
    expect(puts()).toHaveLength(1);
    expect(
      (await bench.catalogue.getPlan(as('omar'), REF)).findings,
    ).toHaveLength(1);
    expect(
      (await bench.catalogue.getPlan(as('dana'), REF)).findings,
    ).toBeUndefined();
    // It can still be had, as it was.
    expect(await ask()).toMatchObject({ status: 'approved' });
    await bench.work();
    expect(await knex('credentials').pluck('status')).toEqual(['active']);

    await read(quick(payments));
    expect((await bench.plan('quick')).findings).toBeNull();
  });

  it('are not given to others by their entity', async () => {
    await read(quick('group:default/platform-owners'));
    await read(quick(payments, { quota: { requests: 9, per: 'P1D' } }));
    expect(await bench.plan('quick')).toMatchObject({
      owner_ref: 'group:default/platform-owners',
      findings: expect.stringContaining(payments),
    });
  });

  it('take no name from others while they are held back', async () => {
    await read(
      planEntity('a', {
        metadata: { title: 'desk' },
        spec: { owner: payments },
      }),
    );
    expect(await bench.plan('a')).toMatchObject({
      held_back: expect.any(String),
    });
    expect(await bench.product('desk')).toMatchObject({
      provider_status: 'ready',
    });
  });

  it('are not brought to their provider, however often that is asked for', async () => {
    await read(quick(payments));
    const { id } = await bench.plan('quick');
    await knex.transaction(tx =>
      enqueue(tx, bench.clock, {
        kind: 'put-plan',
        subject: `plan:${id}`,
        lane: laneOf('sandbox'),
      }),
    );
    await bench.work();
    expect(puts()).toEqual([]);
  });
});
