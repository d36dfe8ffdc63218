/**
 * The backend is killed before and after every call that it makes to the gateway, in turn, and started again. Whatever
 * the moment, there must be exactly one key in the end (or none, after a revocation), and the portal must say so.
 */
import { TestDatabases } from '@backstage/backend-test-utils';
import type { TykSandbox } from 'tyk-sandbox';
import { BackendProcess } from './support/BackendProcess';
import { processDatabase, type ProcessDatabase } from './support/databases';
import {
  call,
  consumerKeysOf,
  keysOf,
  request,
  reveal,
  startSandbox,
  subscriptionOf,
  untilReady,
  untilRevoked,
  untilStatus,
} from './support/portal';
import { isLongRun } from './support/longRun';
import { waitFor } from './support/waitFor';

jest.setTimeout(600_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** What making and removing keys asks of the gateway; a probe asks for lists. */
const match = {
  plane: 'admin',
  path: /^\/tyk\/(policies|apis|keys)\/./,
} as const;

describe.each(databases.eachSupportedId())(
  'a killed backend, %p',
  databaseId => {
    let sandbox: TykSandbox;
    let database: ProcessDatabase;
    let backend: BackendProcess;

    beforeAll(async () => {
      sandbox = await startSandbox();
      database = await processDatabase(databases, databaseId);
      backend = await BackendProcess.create(sandbox, database.config);
      await backend.start();
      await untilReady(backend);
    });
    afterAll(async () => {
      await backend?.stop();
      await sandbox?.stop();
      await database?.remove();
    });

    const adminCalls = () =>
      sandbox.inspect
        .calls()
        .filter(
          ({ plane, path }) => plane === match.plane && match.path.test(path),
        );

    async function untilNothingIsLeft() {
      const knex = database.connect();
      try {
        await waitFor('no job is left but those for later', async () => {
          const jobs: unknown[] = await knex('jobs')
            .whereNot({ kind: 'forget-secret' })
            .select('id');
          return jobs.length === 0;
        });
      } finally {
        await knex.destroy();
      }
    }

    /** The methods of the calls to the gateway that something takes when nothing goes wrong, and nothing else is done. */
    async function callsDuring(something: () => Promise<unknown>) {
      await untilNothingIsLeft();
      const before = adminCalls().length;
      await something();
      return adminCalls()
        .slice(before)
        .map(({ method }) => method);
    }

    /** Kills the backend at the call with this number from now on, before or after the gateway has acted. */
    function killAt(number: number, when: 'before' | 'after') {
      sandbox.faults.add({
        match,
        when,
        skip: number,
        times: 1,
        run: () => backend.kill(),
      });
    }

    /** Kills it when it has got the answer, or very soon after. */
    function killAfterAnswer(number: number) {
      sandbox.faults.add({
        match,
        when: 'after',
        skip: number,
        times: 1,
        run: () => {
          setImmediate(() => backend.kill());
        },
      });
    }

    async function comeBack() {
      await waitFor('the backend is dead', () => !backend.running);
      sandbox.faults.clear();
      await backend.start();
      await untilReady(backend);
    }

    /** Where the gateway is only asked, nothing has come of it for either side before the answer is there. */
    const everyPoint = (calls: string[]) => [
      ...calls.flatMap((method, n) => [
        { name: `before call ${n + 1}`, arm: () => killAt(n, 'before') },
        ...(method === 'GET'
          ? []
          : [{ name: `after call ${n + 1}`, arm: () => killAt(n, 'after') }]),
      ]),
      {
        name: `with the answer to call ${calls.length}`,
        arm: () => killAfterAnswer(calls.length - 1),
      },
    ];

    /** On PostgreSQL, every third moment is enough: what differs there is the database, not the moments. */
    const points = (calls: string[]) =>
      everyPoint(calls).filter(
        (_, n) => databaseId === 'SQLITE_3' || isLongRun || n % 3 === 0,
      );

    it('has made one key, wherever it was killed while making it', async () => {
      const calls = await callsDuring(() => request(backend, 'undisturbed'));
      await reveal(
        backend,
        await untilStatus(backend, 'undisturbed', 'active'),
      );
      expect(calls.length).toBeGreaterThanOrEqual(4);

      for (const { name, arm } of points(calls)) {
        arm();
        await request(backend, name);
        await comeBack();
        const subscription = await untilStatus(backend, name, 'active');
        expect(subscription.credentials).toHaveLength(1);
        const [{ id }] = subscription.credentials;
        expect([name, keysOf(sandbox, id).length]).toEqual([name, 1]);
        const secret = await reveal(backend, subscription);
        expect([name, await call(sandbox, secret)]).toEqual([name, 200]);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(points(calls).length + 1);
    });

    it('has made none, wherever it was killed while revoking it', async () => {
      const active = async (application: string) => {
        await request(backend, application);
        const subscription = await untilStatus(backend, application, 'active');
        return { subscription, secret: await reveal(backend, subscription) };
      };
      const revoke = async (id: string) => {
        await backend.ask('dana', 'POST', `/credentials/${id}/revoke`);
      };
      const others = consumerKeysOf(sandbox).length;

      const { subscription: first } = await active('revoked undisturbed');
      const calls = await callsDuring(async () => {
        await revoke(first.credentials[0].id);
        await untilRevoked(backend, sandbox, 'revoked undisturbed');
      });
      expect(calls.length).toBeGreaterThanOrEqual(3);

      for (const { name, arm } of points(calls)) {
        const application = `revoked ${name}`;
        const { subscription, secret } = await active(application);
        const [{ id }] = subscription.credentials;
        expect(await call(sandbox, secret)).toBe(200);
        arm();
        // Until it is dead, it goes on with the revocation, also with the part that waits for its time.
        await Promise.allSettled([
          revoke(id),
          untilRevoked(backend, sandbox, application),
        ]);
        await comeBack();
        const state = await subscriptionOf(backend, application);
        expect(['revoking', 'revoked']).toContain(state?.status);
        await untilRevoked(backend, sandbox, application);
        expect([name, keysOf(sandbox, id)]).toEqual([name, []]);
        expect([name, await call(sandbox, secret)]).toEqual([name, 403]);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(others);
    });

    it('has lost nothing and left nothing to do', async () => {
      await untilNothingIsLeft();
      const knex = database.connect();
      try {
        expect(await knex('sealed_secrets').select('purpose')).toEqual([]);
        expect(
          await knex('credentials').whereNotIn('status', ['active', 'revoked']),
        ).toEqual([]);
      } finally {
        await knex.destroy();
      }
    });
  },
);
