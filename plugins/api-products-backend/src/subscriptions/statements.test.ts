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

  /** @returns what the step answers, its statements until then, and all that it takes */
  async function counted<T>(step: () => Promise<T>) {
    const asked: string[] = [];
    const listen = ({ sql }: { sql: string }) => {
      if (!OF_THE_QUEUE.test(sql.replaceAll('`', '"'))) asked.push(sql);
    };
    knex.on('query', listen);
    const answer = await step();
    const answered = asked.length;
    await bench.work();
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
      manual: 13 + onPostgres,
      approval: 40,
      reveal: 14,
      revocation: 24,
    });
  });
});
