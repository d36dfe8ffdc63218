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
      clock,
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

  /** Does what the worker does with all jobs that wait, but keeps those that are done. @returns how they ended */
  async function run(handler: JobHandler) {
    const jobs: JobRow[] = await knex('jobs').where({ kind: 'notify' });
    const outcomes: unknown[] = [];
    for (const job of jobs) {
      const outcome = await handler.run(
        { ...job, lease_owner: 'test' },
        {
          signal: new AbortController().signal,
          conceal: () => {},
          insist: () => {},
        },
      );
      const { write, ...ended } = outcome;
      if (write) await knex.transaction(write);
      outcomes.push(ended);
    }
    return outcomes;
  }
  const DONE = { kind: 'done' };

  it('tell people, open pages and other plugins', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, send, published } = told();
    expect(await run(handler)).toEqual([DONE]);
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
    expect(await run(told().handler)).toEqual([]);
  });

  it('are each told, also of the same subject', async () => {
    await knex.transaction(async tx => {
      await announce(tx, clock, { topic: 't', subject: 's:1' });
      await announce(tx, clock, { topic: 't', subject: 's:1' });
    });
    const { handler, send, published } = told();
    expect(await run(handler)).toEqual([DONE, DONE]);
    expect(send).not.toHaveBeenCalled();
    expect(published).toHaveLength(4);
  });

  it('do not keep pages and plugins waiting where people cannot be told', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, published } = told(new Error('status 503'));
    const failed = { kind: 'failed', error: new Error('status 503') };
    expect(await run(handler)).toEqual([failed]);
    expect(published).toHaveLength(2);
    // Nor hear of it again when people are told at last.
    const second = told();
    expect(await run(second.handler)).toEqual([DONE]);
    expect(second.send).toHaveBeenCalledTimes(1);
    expect(second.published).toEqual([]);
  });

  it('of one event are one job, in batches of which each is sent once, whatever becomes of the others', async () => {
    const people = Array.from({ length: 120 }, (_, i) => `user:default/u${i}`);
    await knex.transaction(tx =>
      enqueueNotice(
        tx,
        clock,
        { ...notice, recipients: people, exclude: undefined },
        { ...notice, title: 'It is settled', severity: 'low' },
      ),
    );
    expect(await knex('jobs')).toHaveLength(1);
    const { handler, send } = told();
    send
      .mockResolvedValueOnce(undefined)
      .mockRejectedValueOnce(new Error('status 503'));
    await run(handler);
    expect(send).toHaveBeenCalledTimes(2);
    expect(await run(handler)).toEqual([DONE]);
    const sent = send.mock.calls
      .map(([what]) => Object(what))
      .filter((_, call) => call !== 1)
      .map(({ payload, recipients }) => ({
        title: payload.title,
        to: recipients.entityRef,
      }));
    expect(sent.map(({ to }) => to.length)).toEqual([50, 50, 20, 1]);
    expect(sent.slice(0, 3).flatMap(({ to }) => to)).toEqual(people);
    expect(sent[3].title).toBe('It is settled');
  });

  it('that an earlier version has left waiting are told as well', async () => {
    const times = { run_at: 'x', created_at: 'x', updated_at: 'x' };
    for (const payload of [
      {
        type: 'announcement',
        id: '1',
        topic: 't',
        subject: 's:1',
        payload: {},
      },
      {
        type: 'notification',
        topic: 't',
        subject: 's:1',
        recipients: ['group:default/a'],
        title: 'Hello',
        link: '/',
      },
    ]) {
      await knex('jobs').insert({
        id: payload.type,
        kind: 'notify',
        subject: `${payload.type}:1`,
        payload: JSON.stringify(payload),
        status: 'queued',
        ...times,
      });
    }
    const { handler, send, published } = told();
    expect(await run(handler)).toEqual([DONE, DONE]);
    expect(send).toHaveBeenCalledTimes(1);
    expect(published).toHaveLength(2);
  });

  it('do not fail for want of a notifications backend', async () => {
    await knex.transaction(tx => enqueueNotice(tx, clock, notice));
    const { handler, send } = told(
      new Error('Failed to send: Error: Request failed with status 404'),
    );
    expect(await run(handler)).toEqual([DONE]);
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
    expect(await run(handler)).toEqual([DONE]);
    expect(send).not.toHaveBeenCalled();
  });
});
