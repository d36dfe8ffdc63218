/**
 * How many statements each step of a key's life takes, so that they do not creep back. What the queue does by itself is
 * counted apart: how often it looks depends on how busy the machine is.
 */
import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { DefaultCredentials } from './DefaultCredentials';

jest.setTimeout(60_000);

/** Looking for jobs, ending them, and what a test that waits for the worker asks. */
const OF_THE_QUEUE =
  /^(with "claimed"|select .*"jobs"|delete from "jobs" where "id"|update "jobs")/;

const databases = testDatabases();

describe.each(databases.eachSupportedId())('statements on %s', databaseId => {
  let knex: Knex;
  let bench: AccessBench;
  let credentials: DefaultCredentials;

  beforeEach(async () => {
    knex = await migratedDatabase(databases, databaseId);
    bench = await accessBench(knex);
    credentials = DefaultCredentials.create({
      knex,
      deps: bench.deps,
      worker: bench.worker,
    });
  });
  afterEach(() => bench.worker.stop());

  /** @returns what the step answers, its statements until then, and all until what follows is over */
  async function counted<T>(
    step: () => Promise<T>,
    followed: () => Promise<void> = () => bench.work(),
  ) {
    const asked: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (!OF_THE_QUEUE.test(sql.replaceAll('`', '"'))) asked.push(sql);
    };
    knex.on('query', listen);
    const answer = await step();
    const answered = asked.length;
    await followed();
    knex.removeListener('query', listen);
    return { answer, answered, all: asked.length };
  }

  const ask = (plan: string, name: string) =>
    counted(() =>
      bench.access.accessRequests.create(
        as('dana'),
        askFor({ plan, application: { name, owner: 'shop-team' } }),
      ),
    );

  it('are so many for each step of a key', async () => {
    await ask('free', 'Warm-up');
    const automatic = await ask('free', 'Second');
    const manual = await ask('gold', 'Third');
    const approval = await counted(() =>
      bench.access.accessRequests.approve(as('olga'), manual.answer.id, {}),
    );
    const [{ id }] = (
      await credentials.list(as('dana'), automatic.answer.subscription ?? '')
    ).items;
    const reveal = await counted(() => credentials.reveal(as('dana'), id));
    const revocation = await counted(() =>
      credentials.revoke(as('dana'), id, {}),
    );
    const onPostgres = databaseId.startsWith('POSTGRES') ? 1 : 0;
    expect({
      // Until the key is there.
      automatic: automatic.answered,
      manual: manual.answered,
      // With the key, which is made beside the answer.
      approval: approval.all,
      reveal: reveal.all,
      revocation: revocation.all,
    }).toEqual({
      // Whoever asks twice at once waits for a lock there.
      automatic: 40 + onPostgres,
      // One of them is the job that looks after it until it is decided.
      manual: 14 + onPostgres,
      approval: 40,
      reveal: 14,
      revocation: 24,
    });
  });

  /** @returns the statements until the answer to so many approvals at once */
  async function ofApprovals(many: number): Promise<number> {
    const ids: string[] = [];
    for (let i = 0; i < many; i++) {
      const { id } = await bench.access.accessRequests.create(
        as('dana'),
        askFor({
          application: { name: `${many}, of which ${i}`, owner: 'shop-team' },
        }),
      );
      ids.push(id);
    }
    const { answered } = await counted(
      () =>
        bench.access.accessRequests.decide(
          as('olga'),
          ids.map(id => ({ id, decision: 'approve' })),
        ),
      async () => {},
    );
    return answered;
  }

  it('hardly grow with the number of approvals in one call', async () => {
    // The keys are made beside the answer, and are counted above.
    await bench.worker.stop();
    const counts = {
      two: await ofApprovals(2),
      twentyFive: await ofApprovals(25),
      fifty: await ofApprovals(50),
    };
    // Whoever decides the same waits for a lock there.
    const onPostgres = databaseId.startsWith('POSTGRES') ? 1 : 0;
    expect(counts).toEqual({
      two: 20 + onPostgres,
      // What people are told of so many is one job more.
      twentyFive: 21 + onPostgres,
      fifty: 39 + 2 * onPostgres,
    });
  });
});
