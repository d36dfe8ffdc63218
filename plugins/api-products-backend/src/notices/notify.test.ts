import { mockServices } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { JobRow } from '../lib/rows';
import type { JobHandler } from '../jobs/JobHandler';
import { testClock } from '../testing/clock';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { announce, createNotifyHandler, enqueueNotice } from './notify';

jest.setTimeout(60_000);

const databases = testDatabases();
const clock = testClock();

describe.each(databases.eachSupportedId())('notices on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
  });

  const notice = {
    recipients: ['group:default/a', 'user:default/dana', 'group:default/a'],
    exclude: 'user:default/dana',
    title: 'Something has happened',
    description: 'like this',
    link: '/api-products/approvals?request=1',
    topic: 'api-products.access-request.created',
    scope: 'access-request:1',
    severity: 'low' as const,
  };

  function told(failing?: Error) {
    const published: unknown[] = [];
    const send = jest.fn(async (_: unknown) => {
      if (failing) throw failing;
    });
    const handler = createNotifyHandler({
      logger: mockServices.logger.mock(),
      notifications: { send },
      signals: {
        async publish(signal) {
          published.push(signal);
        },
      },
      events: mockServices.events.mock({
        async publish(event) {
          published.push(event);
        },
      }),
    });
    return { handler, send, published };
  }

  /** The errors of all jobs that wait. */
  async function run(handler: JobHandler) {
    const jobs: JobRow[] = await knex('jobs').where({ kind: 'notify' });
    const runs = await Promise.allSettled(
      jobs.map(job =>
        handler.run(
          { ...job, lease_owner: 'test' },
          { signal: new AbortController().signal, conceal: () => {} },
        ),
      ),
    );
    return {
      jobs: jobs.length,
      errors: runs.flatMap(r => (r.status === 'rejected' ? [r.reason] : [])),
    };
  }

  it('tell people, open pages and other plugins', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, send, published } = told();
    expect(await run(handler)).toEqual({ jobs: 2, errors: [] });
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/a'],
        excludeEntityRef: 'user:default/dana',
      },
      payload: {
        title: 'Something has happened',
        description: 'like this',
        link: '/api-products/approvals?request=1',
        severity: 'low',
        topic: 'api-products.access-request.created',
        scope: 'access-request:1',
      },
    });
    expect(published).toEqual([
      {
        channel: 'api-products',
        recipients: { type: 'broadcast' },
        message: { subject: 'access-request:1' },
      },
      {
        topic: 'api-products.access-request.created',
        eventPayload: { id: expect.any(String), subject: 'access-request:1' },
      },
    ]);
  });

  it('fit into the column of the notifications backend, however long the names are', async () => {
    const name = `a${'💳'.repeat(254)}`;
    await knex.transaction(tx =>
      enqueueNotice(tx, clock, {
        ...notice,
        title: `dana asks for ${name} on ${name} for “${name}”`,
      }),
    );
    const { handler, send } = told();
    await run(handler);
    const { title } = Object(send.mock.calls[0][0]).payload;
    expect([...title]).toHaveLength(255);
    expect(title).toMatch(/^dana asks for a💳+…$/u);
    // Half a pair would be written as another character.
    expect(Buffer.from(title, 'utf8').toString('utf8')).toBe(title);
  });

  it('tell nobody of a change that was rolled back', async () => {
    await expect(
      knex.transaction(async tx => {
        await enqueueNotice(tx, clock, notice);
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await run(told().handler)).toEqual({ jobs: 0, errors: [] });
  });

  it('are each told, also of the same subject', async () => {
    await knex.transaction(async tx => {
      await announce(tx, clock, { topic: 't', subject: 's:1' });
      await announce(tx, clock, { topic: 't', subject: 's:1' });
    });
    const { handler, send, published } = told();
    expect(await run(handler)).toEqual({ jobs: 2, errors: [] });
    expect(send).not.toHaveBeenCalled();
    expect(published).toHaveLength(4);
  });

  it('do not keep pages and plugins waiting where people cannot be told', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, published } = told(new Error('status 503'));
    expect(await run(handler)).toEqual({
      jobs: 2,
      errors: [new Error('status 503')],
    });
    expect(published).toHaveLength(2);
  });

  it('do not fail for want of a notifications backend', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, send } = told(
      new Error('Failed to send: Error: Request failed with status 404'),
    );
    expect(await run(handler)).toEqual({ jobs: 2, errors: [] });
    expect(send).toHaveBeenCalledTimes(1);
  });

  it('are not made for nobody', async () => {
    await knex.transaction(tx =>
      enqueueNotice(tx, clock, {
        ...notice,
        recipients: ['user:default/dana'],
      }),
    );
    const { handler, send } = told();
    expect(await run(handler)).toEqual({ jobs: 1, errors: [] });
    expect(send).not.toHaveBeenCalled();
  });
});
