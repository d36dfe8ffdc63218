/** Git is read by difference: what is asked of the catalog, what is noticed all the same, and what heals. */
import { createHash } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef, type Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { Memberships } from '../../identity/Memberships';
import { testClock } from '../../testing/clock';
import { migratedDatabase, testDatabases } from '../../testing/databases';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
  userEntity,
} from '../../testing/entities';
import { FakeProvider } from '../../testing/FakeProvider';
import { testRoles } from '../../testing/people';
import { product, writeRecords } from '../../testing/records';
import { ProviderApis } from '../ProviderApis';
import { Ingestion } from './Ingestion';

jest.setTimeout(60_000);

const databases = testDatabases();
const owner = 'group:default/payments-team';
const HOUR = 60 * 60_000;

/** As the catalog hands it out: the etag follows from everything else. */
const withEtag = (entity: Entity): Entity => ({
  ...entity,
  metadata: {
    etag: createHash('sha1').update(JSON.stringify(entity)).digest('hex'),
    ...entity.metadata,
  },
});

describe.each(databases.eachSupportedId())('by difference on %p', id => {
  const clock = testClock();
  const logger = mockServices.logger.mock();
  let knex: Knex;
  let provider: FakeProvider;
  let entities: Map<string, Entity>;
  /** Refs that were asked for with all that they say. */
  let read: string[];
  let failsAtPage: number | undefined;
  let saysMembers: boolean;
  let ingestion: Ingestion;

  function startBackend(): Ingestion {
    const auth = mockServices.auth();
    const here = () => catalogServiceMock({ entities: [...entities.values()] });
    let first: object = {};
    const asked = (request: object | undefined) => {
      if (request && !('cursor' in request)) first = request;
      return first;
    };
    const catalog = catalogServiceMock.mock({
      async queryEntities(request, options) {
        expect(request?.fields).toEqual([
          'kind',
          'metadata.namespace',
          'metadata.name',
          'metadata.etag',
        ]);
        const page = request && 'cursor' in request ? request.cursor : '0';
        if (failsAtPage === Number(page)) {
          throw new Error('catalog is down');
        }
        // Pages of four, with a cursor of our own.
        const { items } = await here().queryEntities(
          { ...asked(request), limit: 1_000 },
          options,
        );
        const next = (Number(page) + 1) * 4;
        return {
          items: items.slice(next - 4, next),
          totalItems: items.length,
          pageInfo:
            next < items.length ? { nextCursor: String(Number(page) + 1) } : {},
        };
      },
      async getEntitiesByRefs(request, options) {
        if (request.fields?.includes('metadata')) {
          read.push(...request.entityRefs);
        } else if (request.fields?.includes('relations') && !saysMembers) {
          throw new Error('not today');
        }
        return here().getEntitiesByRefs(request, options);
      },
      getEntityByRef: (...args) => here().getEntityByRef(...args),
    });
    const memberships = Memberships.create({ auth, catalog, clock });
    return Ingestion.create({
      db: knex,
      clock,
      logger,
      auth,
      catalog,
      providerApis: ProviderApis.create({
        db: knex,
        clock,
        logger,
        providers: {
          find: name => (name === 'sandbox' ? provider : undefined),
        },
      }),
      providerIds: ['sandbox'],
      memberships,
      roles: testRoles(memberships, [owner]),
      maxDropPercent: 50,
    });
  }

  const put = (...some: Entity[]) =>
    some.forEach(entity =>
      entities.set(stringifyEntityRef(entity), withEtag(entity)),
    );

  const run = () => {
    read = [];
    clock.advance(15_000);
    return ingestion.ingestOnce();
  };

  const cards = (title = 'Cards', spec: Entity['spec'] = {}) =>
    productEntity('cards', {
      metadata: { title },
      spec: { owner, apis: ['cards'], plans: ['free'], ...spec },
    });
  const shop = () =>
    productEntity('shop', {
      metadata: { title: 'Shop' },
      spec: { owner, apis: ['shop'], plans: ['free'] },
    });

  beforeEach(async () => {
    jest.resetAllMocks();
    knex = await migratedDatabase(databases, id);
    provider = FakeProvider.create();
    provider.fault = () => {
      throw new Error('not today');
    };
    entities = new Map();
    failsAtPage = undefined;
    saysMembers = true;
    ingestion = startBackend();
    put(
      catalogueEntity('internal', { spec: { owner } }),
      planEntity('free', { metadata: { title: 'Free' }, spec: { owner } }),
      apiEntity('cards', 'cards', { owner }),
      apiEntity('shop', 'shop', { owner }),
      cards(),
      shop(),
    );
    await run();
  });

  const row = (name: string) =>
    knex('products').where({ name }).whereNull('deleted_at').first();
  const apisOf = (name: string): Promise<object[]> =>
    knex('product_apis')
      .join('products', 'products.id', 'product_apis.product_id')
      .where({ 'products.name': name })
      .select('provider_api_id', 'product_apis.title');

  it('reads everything once', async () => {
    expect([...read].sort()).toEqual([...entities.keys()].sort());
    await expect(knex('products').pluck('name')).resolves.toHaveLength(2);
  });

  it('asks for etags only, writes nothing, and takes few statements, however many there are', async () => {
    const statements = async () => {
      const sql: string[] = [];
      const listen = (query: { sql: string }) => sql.push(query.sql);
      knex.on('query', listen);
      await expect(run()).resolves.toMatchObject({ updated: 0 });
      knex.removeListener('query', listen);
      expect(read).toEqual([]);
      expect(sql.filter(text => /^(insert|update|delete)/i.test(text))).toEqual(
        [],
      );
      return sql.length;
    };
    await run();
    const few = await statements();
    put(
      ...Array.from({ length: 20 }, (_, i) =>
        productEntity(`more-${i}`, { spec: { owner, apis: ['cards'] } }),
      ),
    );
    await run();
    await run();
    // One for each page of the catalog, which are of four here.
    await expect(statements()).resolves.toBe(few + 5);
    expect(few).toBeLessThanOrEqual(15);
  });

  it('reads what has changed, and nothing else', async () => {
    put(cards('Cards', { content: 'More about it' }));
    await expect(run()).resolves.toMatchObject({ updated: 1, unchanged: 3 });
    expect(read).toEqual(['apiproduct:default/cards']);
    await expect(run()).resolves.toMatchObject({ updated: 0, unchanged: 4 });
    expect(read).toEqual([]);
  });

  it('finds out within an hour that an etag has lied, and at once after a restart', async () => {
    const lie = (title: string) =>
      entities.set('apiproduct:default/cards', {
        ...cards(title),
        metadata: { ...cards(title).metadata, etag: 'always the same' },
      });
    lie('One');
    await run();
    lie('Two');
    await expect(run()).resolves.toMatchObject({ updated: 0 });
    clock.advance(HOUR);
    await expect(run()).resolves.toMatchObject({ updated: 1 });
    await expect(row('cards')).resolves.toMatchObject({ title: 'Two' });
    lie('Three');
    await expect(run()).resolves.toMatchObject({ updated: 0 });
    ingestion = startBackend();
    await expect(run()).resolves.toMatchObject({ updated: 1 });
  });

  it('reads what has no etag every time', async () => {
    const bare = (title: string) =>
      entities.set('apiproduct:default/cards', cards(title));
    bare('One');
    await run();
    bare('Two');
    await expect(run()).resolves.toMatchObject({ updated: 1 });
    await expect(run()).resolves.toMatchObject({ updated: 0, unchanged: 4 });
    expect(read).toEqual(['apiproduct:default/cards']);
  });

  it('notices what its APIs are called and stand for', async () => {
    put(apiEntity('cards', 'other', { owner }));
    await expect(run()).resolves.toMatchObject({ updated: 1 });
    await expect(apisOf('cards')).resolves.toEqual([
      { provider_api_id: 'other', title: 'cards API' },
    ]);
    // One that stands for none is named all the same.
    put(cards('Cards', { apis: [{ ref: 'api:docs', providerApiId: 'x' }] }));
    put(apiEntity('docs'));
    await run();
    const docs = apiEntity('docs');
    put({ ...docs, metadata: { ...docs.metadata, title: 'The docs' } });
    await expect(run()).resolves.toMatchObject({ updated: 1 });
    await expect(apisOf('cards')).resolves.toEqual([
      { provider_api_id: 'x', title: 'The docs' },
    ]);
    expect(read).toEqual(['api:default/docs']);
  });

  it('notices that an API has another owner', async () => {
    await expect(row('cards')).resolves.toMatchObject({ held_back: null });
    put(apiEntity('cards', 'cards', { owner: 'group:default/others' }));
    await run();
    await expect(row('cards')).resolves.toMatchObject({
      held_back: expect.stringContaining('group:default/others'),
    });
    put(apiEntity('cards', 'cards', { owner }));
    await run();
    await expect(row('cards')).resolves.toMatchObject({ held_back: null });
  });

  it('lets another entity stand for an API whose own is gone', async () => {
    put(apiEntity('cards-too', 'cards', { owner }));
    entities.delete('api:default/cards');
    await run();
    await expect(
      knex('api_owners').where({ api_id: 'cards' }).pluck('entity_ref'),
    ).resolves.toEqual(['api:default/cards-too']);
  });

  it('notices who may list in a catalogue', async () => {
    const listings = () =>
      knex('catalogue_items')
        .where({ item_ref: 'apiproduct:default/cards' })
        .pluck('catalogue_ref');
    await expect(listings()).resolves.toHaveLength(1);
    put(
      catalogueEntity('internal', {
        spec: { owner: 'group:default/others', publishers: ['others'] },
      }),
    );
    await expect(run()).resolves.toMatchObject({ updated: 4 });
    await expect(listings()).resolves.toEqual([]);
    // As a person does it who owns a catalogue of the portal.
    await knex('catalogues').update({
      revision: knex.raw('revision + 1'),
      spec: JSON.stringify({ publishers: [owner] }),
    });
    await expect(run()).resolves.toMatchObject({ updated: 3 });
    await expect(listings()).resolves.toHaveLength(1);
  });

  it('notices that somebody has left a group', async () => {
    put(
      userEntity('omar', ['payments-team']),
      planEntity('gold', { spec: { owner: 'user:default/omar' } }),
      catalogueEntity('team', { spec: { owner, publishers: [owner] } }),
      cards('Cards', { owner: 'user:default/omar', catalogues: ['team'] }),
    );
    await run();
    const listed = () =>
      knex('catalogue_items')
        .where({ item_ref: 'apiproduct:default/cards' })
        .pluck('catalogue_ref');
    await expect(listed()).resolves.toEqual(['apicatalogue:default/team']);
    await expect(row('cards')).resolves.toMatchObject({ held_back: null });
    put(userEntity('omar', []));
    await run();
    await expect(listed()).resolves.toEqual([]);
    await expect(row('cards')).resolves.toMatchObject({
      held_back: expect.stringContaining('user:default/omar'),
    });
  });

  it('notices a name that somebody else has taken or given back', async () => {
    await writeRecords(knex, {
      products: [product('free', { title: 'Free', provider: 'sandbox' })],
    });
    await knex('products').where({ name: 'free' }).update({ origin: 'portal' });
    await run();
    const plan = () =>
      knex('plans').first('provider_status', 'provider_message');
    await expect(plan()).resolves.toEqual({
      provider_status: 'failed',
      provider_message: expect.stringContaining('the name “Free”'),
    });
    await knex('products')
      .where({ name: 'free' })
      .update({ deleted_at: '2026-11-21T12:00:00.000Z' });
    await run();
    await expect(plan()).resolves.toMatchObject({ provider_message: null });
    // Another of Git takes it, and is told.
    put(cards('Free'));
    await run();
    await expect(row('cards')).resolves.toMatchObject({
      provider_message: expect.stringContaining('the name “Free”'),
    });
  });

  it('notices what its provider says of an API', async () => {
    const listed = (apiId: string, authentication: string) =>
      knex('provider_apis')
        .insert({
          provider_id: 'sandbox',
          api_id: apiId,
          name: apiId,
          authentication,
          api: '{}',
          updated_at: new Date(clock.now()).toISOString(),
        })
        .onConflict(['provider_id', 'api_id'])
        .merge();
    await listed('cards', 'auth-token');
    await run();
    await expect(row('cards')).resolves.toMatchObject({
      authentication: 'auth-token',
    });
    await listed('cards', 'keyless');
    await run();
    await expect(row('cards')).resolves.toMatchObject({
      authentication: 'keyless',
    });
    // Nor does it take a list: the provider itself is asked.
    provider.fault = undefined;
    provider.apis = [];
    clock.advance(60_000);
    await run();
    await expect(row('shop')).resolves.toMatchObject({
      provider_message: expect.stringContaining('has no API shop'),
    });
  });

  it('believes nothing to be gone when a page fails, and goes on with what it has read', async () => {
    put(cards('Changed'));
    entities.delete('apiproduct:default/shop');
    failsAtPage = 1;
    await expect(run()).rejects.toThrow('catalog is down');
    await expect(row('shop')).resolves.toMatchObject({ hidden_at: null });
    failsAtPage = undefined;
    await expect(run()).resolves.toMatchObject({ updated: 1, hidden: 1 });
    await expect(run()).resolves.toMatchObject({ updated: 0, hidden: 0 });
    put(shop());
    await expect(run()).resolves.toMatchObject({ restored: 1 });
  });

  it('ends in another run what a run has not come to', async () => {
    put(userEntity('omar', ['payments-team']));
    put(cards('Changed', { owner: 'user:default/omar' }));
    saysMembers = false;
    await expect(run()).rejects.toThrow('which groups people are members of');
    expect(read).toEqual(['apiproduct:default/cards']);
    await expect(row('cards')).resolves.toMatchObject({ title: 'Cards' });
    saysMembers = true;
    await expect(run()).resolves.toMatchObject({ updated: 1 });
    expect(read).toEqual([]);
    await expect(row('cards')).resolves.toMatchObject({ title: 'Changed' });
  });

  it('holds back what is gone in too great a number, at each run, until it is back', async () => {
    const kept = new Map(entities);
    for (const ref of [...entities.keys()].filter(
      one => !one.includes('free'),
    )) {
      entities.delete(ref);
    }
    await expect(run()).resolves.toMatchObject({ hidden: 0, heldBack: 3 });
    await expect(run()).resolves.toMatchObject({ hidden: 0, heldBack: 3 });
    entities = kept;
    await expect(run()).resolves.toMatchObject({
      hidden: 0,
      heldBack: 0,
      restored: 0,
      unchanged: 4,
    });
  });
});
