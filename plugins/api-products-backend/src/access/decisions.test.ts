import type { Knex } from 'knex';
import {
  accessBench,
  as,
  askFor,
  count,
  outcomes,
  type AccessBench,
} from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { toldOf } from '../testing/notices';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('deciding on %s', id => {
  let knex: Knex;
  let bench: AccessBench;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
  });

  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;
  const pending = (
    name: Parameters<typeof as>[0] = 'dana',
    input: Parameters<typeof askFor>[0] = {},
  ) => requests().create(as(name), askFor(input));

  it('subscribes the application on approval and provisions its key', async () => {
    const { id: request } = await pending();
    const approved = await requests().approve(as('omar'), request, {
      revision: 1,
      comment: 'Welcome',
    });
    expect(approved).toMatchObject({
      status: 'approved',
      revision: 2,
      decision: {
        decision: 'approved',
        by: 'user:default/omar',
        automatic: false,
        comment: 'Welcome',
      },
      actions: [],
    });
    await bench.work();
    const subscription = await bench.access.subscriptions.get(
      as('dana'),
      approved.subscription ?? '',
    );
    expect(subscription).toMatchObject({
      status: 'active',
      requester: 'user:default/dana',
      accessRequest: request,
      credentials: [{ status: 'active', createdBy: 'user:default/dana' }],
    });
  });

  it('tells the requester the reason of a rejection', async () => {
    const { id: request } = await pending();
    const rejected = await requests().reject(as('olga'), request, {
      comment: 'Use the partner product',
    });
    expect(rejected).toMatchObject({
      status: 'rejected',
      decision: { comment: 'Use the partner product' },
    });
    expect(rejected.subscription).toBeUndefined();
    expect(await requests().get(as('dana'), request)).toMatchObject({
      decision: { by: 'user:default/olga', comment: 'Use the partner product' },
    });
    expect(await count(knex, 'subscriptions')).toBe(0);
  });

  it('writes the notice of a decision with the decision', async () => {
    const { id: request } = await pending();
    await bench.work();
    await bench.worker.stop();
    await requests().reject(as('olga'), request, { comment: 'No budget' });
    expect(await knex('jobs').where({ kind: 'notify' })).toHaveLength(1);
    expect(await toldOf(knex)).toEqual([
      expect.objectContaining({
        type: 'announcement',
        topic: 'api-products.access-request.rejected',
        payload: { decision: 'rejected', automatic: false },
      }),
      expect.objectContaining({
        type: 'notification',
        topic: 'api-products.access-request.rejected',
        recipients: ['user:default/dana'],
        title:
          'Access to Payments API on Gold for “Shop backend” was rejected by olga',
        description: 'No budget',
      }),
      // Takes the place of what waited for each of those who could decide.
      expect.objectContaining({
        type: 'notification',
        subject: `access-request:${request}`,
        recipients: ['group:default/payments-team'],
        exclude: 'user:default/dana',
        title:
          'olga rejected what dana asked for: Payments API on Gold for “Shop backend”',
        severity: 'low',
      }),
    ]);
  });

  it('lets one of 50 approvers win and tells the others who it was', async () => {
    const { id: request } = await pending();
    const { values, errors } = await outcomes(
      Array.from({ length: 50 }, (_, i) => {
        const person = as((['omar', 'olga', 'paula'] as const)[i % 3]);
        return i % 2
          ? requests().approve(person, request, { revision: 1 })
          : requests().reject(person, request, { revision: 1, comment: 'no' });
      }),
    );
    expect(values).toHaveLength(1);
    const winner = values[0].decision;
    expect(errors).toHaveLength(49);
    for (const error of errors) {
      expect(error).toMatchObject({
        name: 'ConflictError',
        message: `The request has already been ${winner?.decision} by ${winner?.by}`,
        fields: { decision: winner?.decision, decidedBy: winner?.by },
      });
    }
    expect(await count(knex, 'decisions')).toBe(1);
    expect(await count(knex, 'subscriptions')).toBe(
      winner?.decision === 'approved' ? 1 : 0,
    );
  });

  it('does not tell of requests for products that one cannot see', async () => {
    const { id: request } = await pending('pat', {
      product: 'apiproduct:partners/payments',
      plan: 'apiplan:default/gold',
      application: { name: 'Partner shop' },
      acceptedTerms: [],
    });
    await expect(requests().approve(as('gus'), request, {})).rejects.toThrow(
      `There is no access request ${request}`,
    );
  });

  it.each(['liam', 'dana', 'devin', 'gus'] as const)(
    'says who may when %s tries to decide',
    async name => {
      const { id: request } = await pending('devin');
      await expect(
        requests().approve(as(name), request, {}),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message:
          'Only group:default/payments-team or a platform owner can decide this request',
      });
      await expect(
        requests().reject(as(name), request, { comment: 'no' }),
      ).rejects.toMatchObject({ name: 'NotAllowedError' });
      expect(await count(knex, 'decisions')).toBe(0);
    },
  );

  it.each(['omar', 'paula'] as const)(
    'does not let %s decide their own request',
    async name => {
      const request = await pending(name, { application: { name: 'Mine' } });
      expect(request.actions).toEqual(['edit', 'cancel']);
      await expect(
        requests().approve(as(name), request.id, {}),
      ).rejects.toMatchObject({
        name: 'NotAllowedError',
        message: expect.stringContaining('You cannot decide your own request'),
      });
    },
  );

  it('lets a requester in the owner group be decided by a colleague', async () => {
    const request = await pending('omar', {
      application: { name: 'Reports', owner: 'payments-team' },
    });
    await expect(
      requests().approve(as('olga'), request.id, {}),
    ).resolves.toMatchObject({ status: 'approved' });
  });

  it('refuses a decision on a version that was edited since', async () => {
    const { id: request } = await pending();
    await requests().update(as('dana'), request, {
      revision: 1,
      reason: 'changed',
    });
    await expect(
      requests().approve(as('omar'), request, { revision: 1 }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('it is now revision 2'),
      fields: { revision: 2 },
    });
    await expect(
      requests().approve(as('omar'), request, { revision: 2 }),
    ).resolves.toMatchObject({ status: 'approved' });
  });

  it('lets either the edit or the decision win when both come at once', async () => {
    const { id: request } = await pending();
    const { values, errors } = await outcomes([
      requests().update(as('dana'), request, { revision: 1, reason: 'x' }),
      requests().approve(as('omar'), request, { revision: 1 }),
    ]);
    expect(values).toHaveLength(1);
    expect(errors).toMatchObject([{ name: 'ConflictError' }]);
  });

  it('lets nobody edit but the requester, and nothing that is decided', async () => {
    const { id: request } = await pending();
    await expect(
      requests().update(as('devin'), request, { revision: 1, reason: 'x' }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      requests().update(as('gus'), request, { revision: 1, reason: 'x' }),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await requests().reject(as('omar'), request, { comment: 'no' });
    await expect(
      requests().update(as('dana'), request, { revision: 2, reason: 'x' }),
    ).rejects.toThrow('already been rejected by user:default/omar');
    await expect(requests().cancel(as('dana'), request, {})).rejects.toThrow(
      'already been rejected',
    );
  });

  it('approves at once when a request is moved to a plan that approves by itself', async () => {
    const { id: request } = await pending();
    const moved = await requests().update(as('dana'), request, {
      revision: 1,
      plan: 'free',
    });
    expect(moved).toMatchObject({
      status: 'approved',
      revision: 3,
      plan: { ref: 'apiplan:default/free' },
      decision: { automatic: true },
    });
    expect(bench.provider.keys.size).toBe(1);
  });

  it('lets the requester and their team withdraw, and nobody else', async () => {
    const { id: request } = await pending();
    await expect(
      requests().cancel(as('omar'), request, {}),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    await expect(
      requests().cancel(as('gus'), request, {}),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
    await expect(
      requests().cancel(as('devin'), request, { revision: 9 }),
    ).rejects.toMatchObject({ fields: { revision: 1 } });
    await expect(
      requests().cancel(as('devin'), request, {}),
    ).resolves.toMatchObject({ status: 'cancelled', actions: [] });
    await expect(requests().approve(as('omar'), request, {})).rejects.toThrow(
      'The request is cancelled',
    );
    await expect(pending()).resolves.toMatchObject({ status: 'pending' });
  });

  it('refuses to approve what the application has got meanwhile, and changes nothing', async () => {
    const { id: gold } = await pending();
    const { subscription } = await pending('dana', { plan: 'free' });
    await expect(
      requests().approve(as('omar'), gold, {}),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining(subscription ?? '?'),
      fields: { subscription },
    });
    expect(await requests().get(as('dana'), gold)).toMatchObject({
      status: 'pending',
      revision: 1,
    });
    expect(await count(knex, 'subscriptions')).toBe(1);
  });

  it('leaves neither decision nor notice where the transaction fails', async () => {
    const { id: request } = await pending();
    await bench.work();
    await bench.worker.stop();
    jest.spyOn(bench.deps.sealer, 'seal').mockImplementation(() => {
      throw new Error('the last step fails');
    });
    const histories = await count(knex, 'history');
    await expect(requests().approve(as('omar'), request, {})).rejects.toThrow(
      'the last step fails',
    );
    expect(await count(knex, 'history')).toBe(histories);
    for (const table of ['decisions', 'subscriptions', 'credentials']) {
      expect(await count(knex, table)).toBe(0);
    }
    // The one that looks after the request.
    expect(await knex('jobs').pluck('kind')).toEqual(['watch-request']);
    expect(await requests().get(as('dana'), request)).toMatchObject({
      status: 'pending',
    });
  });
});

describe('deciding one’s own request', () => {
  it('is possible where the configuration allows it', async () => {
    const knex = await migratedDatabase(databases, 'SQLITE_3');
    const bench = await accessBench(knex, { allowSelfApproval: true });
    const { accessRequests } = bench.access;
    const request = await accessRequests.create(
      as('omar'),
      askFor({ application: { name: 'Mine' } }),
    );
    expect(request.actions).toContain('approve');
    await expect(
      accessRequests.approve(as('omar'), request.id, {}),
    ).resolves.toMatchObject({ status: 'approved' });
    await bench.worker.stop();
  });
});
