/**
 * Whatever people do in whatever order, and wherever the gateway is down meanwhile: what is in the database only ever
 * moves along the diagrams, and what has ended stays as it is.
 */
import {
  accessRequestLifecycle,
  canBecome,
  credentialLifecycle,
  subscriptionLifecycle,
  type Lifecycle,
} from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import fc from 'fast-check';
import { accessBench, as, askFor } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { isLongRun } from '../testing/longRun';

jest.setTimeout(120_000);

const databases = testDatabases();

const steps = [
  'ask-gold',
  'ask-free',
  'edit',
  'move-to-free',
  'approve',
  'reject',
  'cancel',
  'revoke',
  'retry',
  'delete-application',
  'gateway-down',
  'gateway-up',
  'work',
  'an-hour',
  'a-day',
] as const;

type Step = (typeof steps)[number];

/** All states that can follow a state, in any number of events. */
function reachable<S extends string, E extends string>(
  lifecycle: Lifecycle<S, E>,
  from: S,
): Set<string> {
  const found = new Set<string>([from]);
  const states = Object.keys(lifecycle.transitions).filter(
    (state): state is S & string => state in lifecycle.transitions,
  );
  const visit = (state: S) => {
    for (const to of states) {
      if (!found.has(to) && canBecome(lifecycle, state, to)) {
        found.add(to);
        visit(to);
      }
    }
  };
  visit(from);
  return found;
}

type Snapshot = Map<string, string>;

function expectSteps<S extends string, E extends string>(
  lifecycle: Lifecycle<S, E>,
  before: Snapshot,
  after: Snapshot,
) {
  const isState = (text: string): text is S => text in lifecycle.transitions;
  for (const [id, to] of after) {
    const from = before.get(id) ?? lifecycle.initial;
    if (!isState(from) || !isState(to)) {
      throw new Error(`${lifecycle.noun} ${id} went from ${from} to ${to}`);
    }
    expect([...reachable(lifecycle, from)]).toContain(to);
  }
  for (const id of before.keys()) {
    expect([...after.keys()]).toContain(id);
  }
}

describe.each(databases.eachSupportedId())('any sequence on %s', id => {
  it('moves only along the diagrams and never leaves an end', async () => {
    const knex = await migratedDatabase(databases, id);
    const bench = await accessBench(knex);
    const { accessRequests, applications, subscriptions } = bench.access;
    const [dana, omar] = [as('dana'), as('omar')];

    const snapshot = async (table: string): Promise<Snapshot> => {
      const rows: { id: string; status: string }[] = await knex(table).select(
        'id',
        'status',
      );
      return new Map(rows.map(row => [row.id, row.status]));
    };
    const snapshots = () =>
      Promise.all(
        ['access_requests', 'subscriptions', 'credentials'].map(snapshot),
      );

    const seen = new Set<string>();
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Step>(...steps), {
          minLength: 5,
          maxLength: 20,
        }),
        async sequence => {
          run += 1;
          const application = { name: `run ${run}`, owner: 'shop-team' };
          let request = { id: 'none', revision: 1, application: 'none' };
          let subscription = 'none';
          const remember = async (
            made: ReturnType<typeof accessRequests.create>,
          ) => {
            const answer = await made;
            request = {
              id: answer.id,
              revision: answer.revision,
              application: answer.application.id,
            };
            subscription = answer.subscription ?? subscription;
          };
          const does: Record<Step, () => Promise<unknown>> = {
            'ask-gold': () =>
              remember(accessRequests.create(dana, askFor({ application }))),
            'ask-free': () =>
              remember(
                accessRequests.create(
                  dana,
                  askFor({ application, plan: 'free' }),
                ),
              ),
            edit: () =>
              remember(
                accessRequests.update(dana, request.id, {
                  revision: request.revision,
                  reason: 'because',
                }),
              ),
            'move-to-free': () =>
              remember(
                accessRequests.update(dana, request.id, {
                  revision: request.revision,
                  plan: 'free',
                }),
              ),
            approve: () =>
              remember(accessRequests.approve(omar, request.id, {})),
            reject: () =>
              remember(
                accessRequests.reject(omar, request.id, { comment: 'no' }),
              ),
            cancel: () => remember(accessRequests.cancel(dana, request.id, {})),
            revoke: () => subscriptions.revoke(omar, subscription, {}),
            retry: () => subscriptions.retry(dana, subscription),
            'delete-application': () =>
              applications.delete(dana, request.application),
            'gateway-down': async () => {
              bench.provider.fault = () => {
                throw new ProviderUnavailableError('down');
              };
            },
            'gateway-up': async () => {
              bench.provider.fault = undefined;
            },
            work: () => bench.work(),
            'an-hour': () => bench.pass(3_600_000),
            'a-day': () => bench.pass(25 * 3_600_000),
          };
          bench.provider.fault = undefined;
          for (const step of sequence) {
            const before = await snapshots();
            // What is refused must change nothing that the diagrams forbid either.
            await does[step]().catch(() => {});
            const after = await snapshots();
            after.forEach(rows => rows.forEach(status => seen.add(status)));
            expectSteps(accessRequestLifecycle, before[0], after[0]);
            expectSteps(subscriptionLifecycle, before[1], after[1]);
            expectSteps(credentialLifecycle, before[2], after[2]);
          }
        },
      ),
      {
        numRuns: isLongRun ? 100 : 12,
        endOnFailure: true,
        // The ways that must have been gone, beside those that chance finds.
        examples: [
          [['ask-free', 'work', 'revoke', 'work', 'an-hour', 'ask-gold']],
          [['ask-gold', 'edit', 'reject', 'approve', 'cancel']],
          [['ask-gold', 'cancel', 'approve', 'delete-application']],
          [['ask-gold', 'approve', 'gateway-down', 'work', 'a-day', 'a-day']],
          [
            [
              'gateway-down',
              'ask-free',
              'a-day',
              'gateway-up',
              'retry',
              'work',
            ],
          ],
        ],
      },
    );
    await bench.worker.stop();
    expect([...seen]).toEqual(
      expect.arrayContaining([
        'pending',
        'approved',
        'rejected',
        'cancelled',
        'provisioning',
        'active',
        'failed',
        'revoking',
        'revoked',
      ]),
    );
  });
});
