/**
 * The backend is killed before and after every call that it makes to the gateway, and started again. Whatever the
 * moment, there must be exactly one key in the end (or none, after a revocation), and the portal must say so.
 *
 * To start a backend takes seconds, so one death serves all moments: each key is held at a call of its own, which the
 * gateway does not answer, until the backend is killed.
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
  revealKey,
  startSandbox,
  subscriptionOf,
  untilReady,
  untilRevoked,
  untilStatus,
} from './support/portal';
import { waitFor } from './support/waitFor';

jest.setTimeout(300_000);

/** Longer than a test, so that nothing that is held is taken for dead while the clock is moved. */
const LEASE = 'PT6H';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** Fewer than the gateway is asked at once. */
const AT_ONCE = 4;

/** What making and removing keys asks of the gateway; a probe asks for lists. */
const match = {
  plane: 'admin',
  path: /^\/tyk\/(policies|apis|keys)\/./,
} as const;

/** A moment at which the backend may die: at the call with this number, which the gateway has acted on or not. */
interface Moment {
  name: string;
  skip: number;
  when: 'before' | 'after';
}

/** Where the gateway is only asked, nothing has come of it for either side before the answer is there. */
const momentsOf = (calls: string[], what = 'call'): Moment[] =>
  calls.flatMap((method, skip) => [
    { name: `before ${what} ${skip + 1}`, skip, when: 'before' },
    ...(method === 'GET'
      ? []
      : [
          {
            name: `after ${what} ${skip + 1}`,
            skip,
            when: 'after',
          } as const,
        ]),
  ]);

describe.each(databases.eachSupportedId())(
  'a killed backend, %p',
  databaseId => {
    let sandbox: TykSandbox;
    let database: ProcessDatabase;
    let backend: BackendProcess;

    beforeAll(async () => {
      sandbox = await startSandbox();
      database = await processDatabase(databases, databaseId);
      backend = await BackendProcess.create(sandbox, database.config, {
        lease: LEASE,
      });
      await backend.start();
      await untilReady(backend);
    });
    afterAll(async () => {
      await backend?.kill();
      await sandbox?.stop();
      await database?.remove();
    });

    const adminCalls = () =>
      sandbox.inspect
        .calls()
        .filter(
          ({ plane, path }) => plane === match.plane && match.path.test(path),
        );

    async function inDatabase<T>(
      look: (knex: ReturnType<ProcessDatabase['connect']>) => Promise<T>,
    ): Promise<T> {
      const knex = database.connect();
      try {
        return await look(knex);
      } finally {
        await knex.destroy();
      }
    }

    const untilNothingIsLeft = () =>
      inDatabase(knex =>
        waitFor('no job is left but those for later', async () => {
          const jobs: unknown[] = await knex('jobs')
            .whereNot({ kind: 'forget-secret' })
            .select('id');
          return jobs.length === 0;
        }),
      );

    /** The methods of the calls to the gateway that something takes when nothing goes wrong, and nothing else is done. */
    async function callsDuring(something: () => Promise<unknown>) {
      const before = adminCalls().length;
      await something();
      return adminCalls()
        .slice(before)
        .map(({ method }) => method);
    }

    /** From now on the gateway does not answer this call. @returns whether it has come */
    function holdAt({ skip, when }: Moment): () => boolean {
      const id = sandbox.faults.add({
        match,
        when,
        skip,
        times: 1,
        kind: 'hang',
      });
      return () => !sandbox.faults.list().some(fault => fault.id === id);
    }

    /** Kills it when it has got the answer to the call with this number from now on, or very soon after. */
    function killAfterAnswer(number: number) {
      sandbox.faults.add({
        match,
        when: 'after',
        skip: number - 1,
        times: 1,
        run: () => {
          setImmediate(() => backend.kill());
        },
      });
    }

    /** After so long that the leases of the dead one are over. */
    async function comeBack() {
      await waitFor('the backend is dead', () => !backend.running);
      sandbox.faults.clear();
      await inDatabase(knex =>
        knex('jobs')
          .where({ status: 'running' })
          .update({ lease_until: '2000-01-01T00:00:00.000Z' }),
      );
      await backend.start();
      await untilReady(backend);
    }

    /** Where calls go side by side, a late one of the key before may have been held instead of its own. */
    const untilAskedFor = (application: string) =>
      waitFor(`${application} is asked for`, () =>
        subscriptionOf(backend, application),
      );

    const untilRevoking = (application: string) =>
      waitFor(`${application} is being revoked`, async () => {
        const found = await subscriptionOf(backend, application);
        return found?.status !== 'active';
      });

    async function active(application: string) {
      await request(backend, application);
      const subscription = await untilStatus(backend, application, 'active');
      return { subscription, secret: await reveal(backend, subscription) };
    }

    it('has made one key, wherever it was killed while making it', async () => {
      await untilNothingIsLeft();
      const calls = await callsDuring(() => active('undisturbed'));
      expect(calls.length).toBeGreaterThanOrEqual(4);

      const moments = momentsOf(calls);
      const asked: Promise<unknown>[] = [];
      for (const moment of moments) {
        const held = holdAt(moment);
        asked.push(request(backend, moment.name));
        await waitFor(`it is held ${moment.name}`, held);
        await untilAskedFor(moment.name);
      }
      await backend.kill();
      await Promise.all(asked);
      await comeBack();

      const last = 'with the last answer';
      killAfterAnswer(calls.length);
      await request(backend, last);
      await comeBack();

      for (const name of [...moments.map(moment => moment.name), last]) {
        const subscription = await untilStatus(backend, name, 'active');
        expect(subscription.credentials).toHaveLength(1);
        const [{ id }] = subscription.credentials;
        expect([name, keysOf(sandbox, id).length]).toEqual([name, 1]);
        const secret = await reveal(backend, subscription);
        expect([name, await call(sandbox, secret)]).toEqual([name, 200]);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(moments.length + 2);
    });

    it('has made none, wherever it was killed while revoking it', async () => {
      await untilNothingIsLeft();
      const others = consumerKeysOf(sandbox).length;
      const revoke = async (application: string) => {
        const found = await subscriptionOf(backend, application);
        await backend.ask(
          'dana',
          'POST',
          `/credentials/${found?.credentials[0].id}/revoke`,
        );
      };
      const untilItWaits = (application: string) =>
        waitFor(`${application} waits for its time`, async () => {
          const found = await subscriptionOf(backend, application);
          return found?.credentials[0].nextTryAt !== undefined;
        });
      const letTimePass = async () => {
        await backend.advance(3_000);
        sandbox.advance(3_000);
      };

      await active('undisturbed revocation');
      const first = await callsDuring(async () => {
        await revoke('undisturbed revocation');
        await untilItWaits('undisturbed revocation');
      });
      const then = await callsDuring(() =>
        untilRevoked(backend, sandbox, 'undisturbed revocation'),
      );
      expect(first.length).toBeGreaterThanOrEqual(2);
      expect(then.length).toBeGreaterThanOrEqual(1);

      const removing = momentsOf(first, 'removing call');
      const confirming = momentsOf(then, 'confirming call');
      const last = 'with the last answer of a revocation';
      const names = [...removing, ...confirming].map(({ name }) => name);
      const secrets = new Map(
        await Promise.all(
          [...names, last].map(async name => {
            const { secret } = await active(name);
            expect([name, await call(sandbox, secret)]).toEqual([name, 200]);
            return [name, secret] as const;
          }),
        ),
      );

      const asked: Promise<unknown>[] = [];
      for (const moment of removing) {
        const held = holdAt(moment);
        asked.push(Promise.allSettled([revoke(moment.name)]));
        await waitFor(`it is held ${moment.name}`, held);
        await untilRevoking(moment.name);
      }
      for (const moment of confirming) {
        await revoke(moment.name);
        await untilItWaits(moment.name);
        const held = holdAt(moment);
        await waitFor(`it is held ${moment.name}`, async () => {
          const isHeld = held();
          if (!isHeld) await letTimePass();
          return isHeld;
        });
      }
      await backend.kill();
      await Promise.all(asked);
      await comeBack();

      await revoke(last);
      await untilItWaits(last);
      killAfterAnswer(then.length);
      await waitFor('it is dead', async () => {
        if (backend.running) await letTimePass();
        return !backend.running;
      });
      await comeBack();

      for (const name of [...names, last]) {
        const state = await subscriptionOf(backend, name);
        expect(['revoking', 'revoked']).toContain(state?.status);
        await untilRevoked(backend, sandbox, name);
        expect([name, keysOf(sandbox, state?.credentials[0].id ?? '')]).toEqual(
          [name, []],
        );
        const secret = secrets.get(name);
        expect([name, secret && (await call(sandbox, secret))]).toEqual([
          name,
          403,
        ]);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(others);
    });

    it('has one key, the new one, wherever it was killed while rotating', async () => {
      await untilNothingIsLeft();
      const others = consumerKeysOf(sandbox).length;
      const rotate = async (application: string) => {
        const found = await subscriptionOf(backend, application);
        await backend.ask(
          'dana',
          'POST',
          `/credentials/${found?.credentials[0].id}/rotate`,
          { overlap: 'PT0S' },
        );
      };
      const untilOldIsAway = (application: string) =>
        waitFor(
          `the old key of ${application} waits for its time`,
          async () => {
            const found = await subscriptionOf(backend, application);
            const [old] = found?.credentials ?? [];
            return old.status === 'revoking' && old.nextTryAt !== undefined;
          },
        );
      const untilRotated = (application: string) =>
        waitFor(`${application} has its new key, and no other`, async () => {
          const found = await subscriptionOf(backend, application);
          const credentials = found?.credentials ?? [];
          if (credentials.some(({ nextTryAt }) => nextTryAt !== undefined)) {
            await backend.advance(3_000);
            sandbox.advance(3_000);
          }
          const [old, successor] = credentials;
          return (
            old?.status === 'revoked' &&
            successor?.status === 'active' && { found, old, successor }
          );
        });

      await active('undisturbed rotation');
      const calls = await callsDuring(async () => {
        await rotate('undisturbed rotation');
        await untilOldIsAway('undisturbed rotation');
      });
      const undisturbed = await untilRotated('undisturbed rotation');
      await revealKey(backend, undisturbed.successor.id);
      expect(calls.length).toBeGreaterThanOrEqual(6);

      const moments = momentsOf(calls, 'call of a rotation');
      const secrets = new Map<string, Awaited<ReturnType<typeof reveal>>>();
      for (const { name } of moments) {
        secrets.set(name, (await active(name)).secret);
      }
      // As many at a time as the gateway is asked side by side.
      for (let first = 0; first < moments.length; first += AT_ONCE) {
        const asked: Promise<unknown>[] = [];
        for (const moment of moments.slice(first, first + AT_ONCE)) {
          const held = holdAt(moment);
          asked.push(Promise.allSettled([rotate(moment.name)]));
          await waitFor(`it is held ${moment.name}`, held);
        }
        await backend.kill();
        await Promise.all(asked);
        await comeBack();
        for (const { name } of moments.slice(first, first + AT_ONCE)) {
          const { found, old, successor } = await untilRotated(name);
          expect(found?.credentials).toHaveLength(2);
          expect([name, keysOf(sandbox, old.id)]).toEqual([name, []]);
          expect([name, keysOf(sandbox, successor.id).length]).toEqual([
            name,
            1,
          ]);
          const before = secrets.get(name);
          expect([name, before && (await call(sandbox, before))]).toEqual([
            name,
            403,
          ]);
          const secret = await revealKey(backend, successor.id);
          expect([name, await call(sandbox, secret)]).toEqual([name, 200]);
        }
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(others + moments.length + 1);
    });

    it('has lost nothing and left nothing to do', async () => {
      await untilNothingIsLeft();
      await inDatabase(async knex => {
        expect(await knex('sealed_secrets').select('purpose')).toEqual([]);
        expect(
          await knex('credentials').whereNotIn('status', ['active', 'revoked']),
        ).toEqual([]);
      });
    });
  },
);
