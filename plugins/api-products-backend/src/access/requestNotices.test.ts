import type { Knex } from 'knex';
import { accessBench, as, askFor, type AccessBench } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { noticesOf } from '../testing/notices';

jest.setTimeout(120_000);

const databases = testDatabases();

interface Sent {
  subject: string;
  recipients: string[];
  exclude?: string;
  title: string;
  severity: string;
}

describe.each(databases.eachSupportedId())('what people find on %s', id => {
  let knex: Knex;
  let bench: AccessBench;
  let sent: Sent[];

  beforeEach(async () => {
    knex = await migratedDatabase(databases, id);
    bench = await accessBench(knex);
    sent = [];
    await knex('jobs').where({ kind: 'notify' }).delete();
  });

  afterEach(() => bench.worker.stop());

  const requests = () => bench.access.accessRequests;

  /** Takes what waits to be sent, before the worker does. */
  async function collect() {
    await bench.worker.stop();
    sent = await noticesOf(knex);
  }

  /** As the notifications backend keeps them: the last one of each scope. */
  const findsNow = (ref: string) =>
    Object.values(
      Object.fromEntries(
        sent
          .filter(({ recipients }) => recipients.includes(ref))
          .map(({ subject, title, severity }) => [
            subject,
            { title, severity },
          ]),
      ),
    );

  it('names who asks, and is settled for those who were asked when it is withdrawn', async () => {
    await bench.worker.stop();
    const request = await requests().create(as('dana'), askFor());
    await collect();
    expect(findsNow('group:default/payments-team')).toEqual([
      {
        title: 'dana asks for Payments API on Gold for “Shop backend”',
        severity: 'normal',
      },
    ]);
    await requests().cancel(as('dana'), request.id, {});
    await collect();
    expect(findsNow('group:default/payments-team')).toEqual([
      {
        title:
          'dana withdrew what was asked for: Payments API on Gold for “Shop backend”',
        severity: 'low',
      },
    ]);
    expect(findsNow('user:default/dana')).toEqual([]);
  });

  it('is one thing per decision: who approved it, and nothing that still waits', async () => {
    await bench.worker.stop();
    const request = await requests().create(as('dana'), askFor());
    await requests().approve(as('omar'), request.id, { revision: 1 });
    await collect();
    expect(findsNow('user:default/dana')).toEqual([
      {
        title:
          'Access to Payments API on Gold for “Shop backend” was approved by omar',
        severity: 'normal',
      },
    ]);
    expect(findsNow('group:default/payments-team')).toEqual([
      {
        title:
          'omar approved what dana asked for: Payments API on Gold for “Shop backend”',
        severity: 'low',
      },
    ]);
  });

  it('is the key that is ready, not that and the decision of the plan', async () => {
    await bench.worker.stop();
    await requests().create(
      as('dana'),
      askFor({ plan: 'apiplan:default/free' }),
    );
    await collect();
    expect(sent).toEqual([]);
  });
});
