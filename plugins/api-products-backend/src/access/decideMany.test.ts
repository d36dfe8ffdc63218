/** Many decisions at once: each by the rules of one, in parts, against others who decide the same. */
import { mockServices } from '@backstage/backend-test-utils';
import type { DecisionItem } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  count,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';

jest.setTimeout(120_000);

const databases = testDatabases();

const approve = (id: string): DecisionItem => ({ id, decision: 'approve' });
const reject = (id: string): DecisionItem => ({
  id,
  decision: 'reject',
  comment: 'No budget',
});

describe.each(databases.eachSupportedId())('deciding many on %s', id => {
  let knex: Knex;
  let bench: AccessBench;
  const logger = mockServices.logger.mock();

  beforeEach(async () => {
    jest.clearAllMocks();
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex, { logger });
  });

  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;
  const pending = async (
    name: string,
    input: Parameters<typeof askFor>[0] = {},
    who: Parameters<typeof as>[0] = 'dana',
  ) => {
    const request = await requests().create(
      as(who),
      askFor({ application: { name, owner: 'shop-team' }, ...input }),
    );
    return request.id;
  };
  const several = async (n: number) => {
    const ids: string[] = [];
    for (let i = 0; i < n; i++) {
      ids.push(await pending(`Application ${i}`));
    }
    return ids;
  };

  it('approves and rejects, with a key for each approval', async () => {
    const ids = await several(60);
    const results = await requests().decide(
      as('omar'),
      ids.map((request, i) => (i % 3 ? approve(request) : reject(request))),
    );
    expect(results.map(result => result.id)).toEqual(ids);
    results.forEach(({ status, accessRequest, error }, i) => {
      expect(error).toBeUndefined();
      expect(status).toBe(200);
      expect(accessRequest).toMatchObject({
        id: ids[i],
        status: i % 3 ? 'approved' : 'rejected',
        revision: 2,
        decision: {
          decision: i % 3 ? 'approved' : 'rejected',
          by: 'user:default/omar',
          automatic: false,
          ...(i % 3 ? {} : { comment: 'No budget' }),
        },
        actions: [],
      });
    });
    await bench.work();
    expect(await count(knex, 'decisions')).toBe(60);
    expect(await count(knex, 'subscriptions', { status: 'active' })).toBe(40);
    expect(await count(knex, 'credentials', { status: 'active' })).toBe(40);
    expect(bench.provider.keys.size).toBe(40);
    for (const event of [
      'access-request.approved',
      'subscription.created',
      'credential.requested',
    ]) {
      expect(await count(knex, 'history', { event })).toBe(40);
    }
    expect(
      await count(knex, 'history', { event: 'access-request.rejected' }),
    ).toBe(20);
  });

  it('says of each that is refused what a single decision would have been answered', async () => {
    const good = await pending('Good');
    const edited = await pending('Edited');
    await requests().update(as('dana'), edited, { revision: 1, reason: 'x' });
    const rejected = await pending('Rejected');
    await requests().reject(as('olga'), rejected, { comment: 'no' });
    const withdrawn = await pending('Withdrawn');
    await requests().cancel(as('dana'), withdrawn, {});
    const own = await pending(
      'Mine',
      { application: { name: 'Mine' } },
      'omar',
    );
    const others = await requests().create(as('dana'), {
      product: 'shipments',
      plan: 'gold',
      application: { name: 'Depot', owner: 'shop-team' },
    });
    const taken = await pending('Taken');
    const { subscription } = await requests().create(
      as('dana'),
      askFor({
        plan: 'free',
        application: { name: 'Taken', owner: 'shop-team' },
      }),
    );
    const items: DecisionItem[] = [
      approve('nothing'),
      { ...approve(edited), revision: 1 },
      approve(rejected),
      approve(withdrawn),
      approve(own),
      approve(others.id),
      approve(taken),
      approve(good),
    ];
    const singly: unknown[] = [];
    for (const { id: request, revision } of items.slice(0, -1)) {
      singly.push(
        await requests()
          .approve(as('omar'), request, { revision })
          .then(
            () => 'approved',
            ({ name, message, code, fields }) => ({
              name,
              message,
              ...(code ? { code, fields } : {}),
            }),
          ),
      );
    }
    const results = await requests().decide(as('omar'), items);
    expect(results.slice(0, -1).map(({ error }) => error)).toEqual(
      singly.map(error => expect.objectContaining(error as object)),
    );
    expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
      [404, 'not-found'],
      [409, 'changed-since'],
      [409, 'already-decided'],
      [409, 'over'],
      [403, 'own-request'],
      [403, 'not-approver'],
      [409, 'already-subscribed'],
      [200, undefined],
    ]);
    expect(results[2].error?.fields).toMatchObject({
      decision: 'rejected',
      decidedBy: 'user:default/olga',
    });
    expect(results[6].error?.fields).toMatchObject({ subscription });
    expect(await count(knex, 'decisions', { decision: 'approved' })).toBe(2);
  });

  it('refuses what has changed since for each by itself', async () => {
    const stays = await pending('Stays');
    const mobile = await requests().create(
      as('mia'),
      askFor({ application: { name: 'Phone', owner: 'mobile-team' } }),
    );
    await knex('applications')
      .where({ name: 'Phone' })
      .update({ owner_ref: 'group:default/partners' });
    const results = await requests().decide(as('omar'), [
      approve(mobile.id),
      approve(stays),
    ]);
    expect(results).toMatchObject([
      { status: 409, error: { code: 'requester-left' } },
      { status: 200 },
    ]);
    // A rejection needs nothing of it.
    expect(
      await requests().decide(as('omar'), [reject(mobile.id)]),
    ).toMatchObject([{ status: 200 }]);
  });

  it('decides the first of two for the same product, and tells the second what is there', async () => {
    const gold = await pending('Twice');
    const metered = await pending('Twice', { plan: 'metered' });
    const other = await pending('Other');
    const results = await requests().decide(
      as('omar'),
      [gold, metered, other].map(approve),
    );
    const decided = results.filter(({ status }) => status === 200);
    expect(decided).toHaveLength(2);
    const [late] = results.filter(({ status }) => status !== 200);
    const [one] = decided.filter(({ id: request }) => request !== other);
    expect(late).toMatchObject({
      status: 409,
      error: {
        code: 'already-subscribed',
        fields: { subscription: one.accessRequest?.subscription },
      },
    });
    expect(await count(knex, 'subscriptions')).toBe(2);
    expect(await count(knex, 'decisions')).toBe(2);
  });

  it('takes a request only once in a call', async () => {
    const request = await pending('Shop');
    await expect(
      requests().decide(as('omar'), [approve(request), reject(request)]),
    ).rejects.toMatchObject({
      name: 'InputError',
      code: 'invalid',
      fields: { field: 'items.1.id' },
    });
    expect(await count(knex, 'decisions')).toBe(0);
  });

  it('does not tell of requests for products that one cannot see', async () => {
    const hidden = await requests().create(as('pat'), {
      product: 'apiproduct:partners/payments',
      plan: 'apiplan:default/gold',
      application: { name: 'Partner shop' },
    });
    const [one, other] = await requests().decide(as('gus'), [
      approve(hidden.id),
      approve('nothing'),
    ]);
    const texts = [one, other].map(result =>
      JSON.stringify(result).replaceAll(result.id, 'the id'),
    );
    expect(texts[0]).toBe(texts[1]);
  });

  it('decides each once when two decide the same many, and says whose decision it was', async () => {
    const ids = await several(50);
    const backwards = [...ids].reverse();
    const calls = await Promise.all([
      requests().decide(as('omar'), ids.map(approve)),
      requests().decide(as('olga'), backwards.map(reject)),
      requests().decide(as('paula'), ids.map(approve)),
    ]);
    const all = calls.flat();
    expect(all.filter(({ status }) => status === 200)).toHaveLength(50);
    const winnerOf = (request: string) =>
      all.find(one => one.id === request && one.status === 200)?.accessRequest
        ?.decision;
    const losers = all.filter(({ status }) => status !== 200);
    expect(losers.map(({ error }) => error)).toEqual(
      losers.map(({ id: request }) =>
        expect.objectContaining({
          code: 'already-decided',
          fields: expect.objectContaining({
            decidedBy: winnerOf(request)?.by,
            decision: winnerOf(request)?.decision,
          }),
        }),
      ),
    );
    // None waited for another in a circle, which would have cost a part its one transaction.
    expect(logger.warn).not.toHaveBeenCalled();
    expect(await count(knex, 'decisions')).toBe(50);
    expect(await count(knex, 'subscriptions')).toBe(
      await count(knex, 'decisions', { decision: 'approved' }),
    );
  });

  it('decides each once against 50 single decisions', async () => {
    const ids = await several(50);
    const [many, ...singles] = await Promise.allSettled([
      requests().decide(as('omar'), ids.map(approve)),
      ...[...ids]
        .reverse()
        .map(request =>
          requests().reject(as('olga'), request, { comment: 'no' }),
        ),
    ]);
    const results = many.status === 'fulfilled' ? many.value : [];
    expect(results).toHaveLength(50);
    const approved = results.filter(
      (result): boolean => 'status' in result && result.status === 200,
    );
    const rejected = singles.filter(({ status }) => status === 'fulfilled');
    expect(approved.length + rejected.length).toBe(50);
    // None waited for another in a circle, which would have cost a part its one transaction.
    expect(logger.warn).not.toHaveBeenCalled();
    expect(await count(knex, 'decisions')).toBe(50);
    expect(await count(knex, 'subscriptions')).toBe(approved.length);
    await bench.work();
    expect(bench.provider.keys.size).toBe(approved.length);
  });

  it('leaves whole decisions only where it is interrupted between its parts', async () => {
    const ids = await several(60);
    await bench.work();
    await bench.worker.stop();
    const sealer = bench.deps.sealer;
    const seal = sealer.seal.bind(sealer);
    let sealed = 0;
    jest.spyOn(sealer, 'seal').mockImplementation((...args) => {
      sealed += 1;
      if (sealed > 30) {
        throw new Error('the disk is full of secrets');
      }
      return seal(...args);
    });
    const results = await requests().decide(as('omar'), ids.map(approve));
    const done = results.filter(({ status }) => status === 200);
    expect(done.length).toBeGreaterThanOrEqual(25);
    expect(done.length).toBeLessThan(60);
    for (const table of [
      'decisions',
      'subscriptions',
      'subscription_products',
      'credentials',
      'sealed_secrets',
    ]) {
      expect(await count(knex, table)).toBe(done.length);
    }
    expect(await count(knex, 'jobs', { kind: 'reconcile-credential' })).toBe(
      done.length,
    );
    const failed = results.find(({ status }) => status !== 200);
    expect(failed).toMatchObject({ status: 500, error: { code: 'failed' } });
    // What went wrong is for the log, not for whoever decides.
    expect(JSON.stringify(results)).not.toContain('secrets');
    expect(logger.error).toHaveBeenCalled();
  });
});
