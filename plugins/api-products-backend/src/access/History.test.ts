/** What of the history is read about one product, application or subscription, and by whom. */
import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { DefaultCredentials } from '../subscriptions/DefaultCredentials';
import { History } from './History';
import type { HistoryFilter } from './historyQueries';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('the history on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
  });
  afterEach(() => bench.worker.stop());

  const eventsFor = async (
    who: Parameters<typeof as>[0],
    filter: HistoryFilter,
  ) => {
    const { items } = await History.create({ db: knex }).list(as(who), filter);
    return items.map(({ event }) => event).sort();
  };

  const subscribed = async (name: string) => {
    const request = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'free', application: { name, owner: 'shop-team' } }),
    );
    await bench.work();
    return {
      subscription: request.subscription ?? '',
      application: request.application.id,
    };
  };

  it('of a subscription is that of its request and its keys as well', async () => {
    const { subscription } = await subscribed('First');
    await subscribed('Second');
    const credentials = DefaultCredentials.create({
      knex,
      deps: bench.deps,
      worker: bench.worker,
    });
    const [{ id }] = (await credentials.list(as('dana'), subscription)).items;
    await credentials.revoke(as('dana'), id, { reason: 'It was lost' });
    const expected = [
      'access-request.approved',
      'access-request.created',
      'credential.active',
      'credential.requested',
      'credential.revocation-requested',
      'subscription.active',
      'subscription.created',
    ];
    for (const who of ['dana', 'devin', 'omar', 'paula'] as const) {
      expect(await eventsFor(who, { subscription })).toEqual(
        expect.arrayContaining(expected),
      );
    }
    for (const who of ['mia', 'liam', 'gus'] as const) {
      expect(await eventsFor(who, { subscription })).toEqual([]);
    }
    expect(await eventsFor('paula', { subscription: 'none' })).toEqual([]);
  });

  it('of an application, a product and a person is what concerns them', async () => {
    const { application } = await subscribed('First');
    await subscribed('Second');
    const ofOne = await eventsFor('dana', { application });
    expect(ofOne).toContain('application.created');
    expect(ofOne.filter(event => event === 'subscription.active')).toHaveLength(
      1,
    );
    const product = 'apiproduct:default/payments';
    const ofBoth = await eventsFor('omar', { product });
    expect(
      ofBoth.filter(event => event === 'subscription.active'),
    ).toHaveLength(2);
    expect(await eventsFor('omar', { product: 'shipments' })).toEqual([]);
    expect(await eventsFor('liam', { product })).toEqual([]);
    expect(
      await eventsFor('omar', { product, actor: 'user:default/olga' }),
    ).toEqual([]);
    expect(
      await eventsFor('omar', {
        product,
        application,
        actor: as('dana').caller.ref,
      }),
    ).toEqual(expect.arrayContaining(['access-request.created']));
  });

  it('has what of a request is other than before', async () => {
    const { id } = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'gold', reason: 'To sell more' }),
    );
    await bench.access.accessRequests.update(as('dana'), id, {
      revision: 1,
      plan: 'metered',
      reason: '',
    });
    const { items } = await History.create({ db: knex }).list(as('dana'), {
      subject: `access-request:${id}`,
    });
    expect(items).toMatchObject([
      {
        changes: [
          { field: 'plan', before: 'Gold', after: 'Metered' },
          { field: 'reason', before: 'To sell more' },
        ],
      },
      { event: 'access-request.created', reason: 'To sell more' },
    ]);
  });

  it('has the reason that a person gave beside the sentence', async () => {
    const request = await bench.access.accessRequests.create(
      as('dana'),
      askFor({ plan: 'gold' }),
    );
    await bench.access.accessRequests.reject(as('olga'), request.id, {
      comment: 'Not this quarter',
    });
    const { items } = await History.create({ db: knex }).list(as('dana'), {
      subject: `access-request:${request.id}`,
    });
    expect(items[0]).toMatchObject({
      event: 'access-request.rejected',
      reason: 'Not this quarter',
    });
    expect(items[0].message).not.toContain('quarter');
  });
});
