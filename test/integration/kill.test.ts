/**
 * The backend is killed before and after every call that it makes to the gateway, and started again. Whatever the
 * moment, there must be exactly one key in the end (or none, after a revocation), accepted or refused as it was asked for,
 * and the portal must say so.
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
  untilConfirmed,
  untilReady,
  untilRevoked,
  untilStatus,
  type Secret,
  type Subscription,
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
      const last = 'with the last answer';
      killAfterAnswer(calls.length);
      await request(backend, last);
      await comeBack();
      await Promise.all(asked);

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

    /** What is asked for a key that exists, done by the gateway, and confirmed after a while. */
    interface Change {
      what: string;
      /** Makes a subscription that it can be asked for. */
      given: (application: string) => Promise<{ secret: Secret }>;
      ask: (application: string) => Promise<unknown>;
      isAskedFor: (subscription: Subscription) => boolean;
      untilConfirmed: (application: string) => Promise<Subscription>;
    }

    const letTimePass = async () => {
      await backend.advance(3_000);
      sandbox.advance(3_000);
    };
    const untilItWaits = (application: string) =>
      waitFor(`${application} waits for its time`, async () => {
        const found = await subscriptionOf(backend, application);
        return found?.credentials[0].nextTryAt !== undefined;
      });

    const untilWanted = (
      { what, isAskedFor }: Change,
      application: string,
    ): Promise<true> =>
      waitFor(`${what} of ${application} is asked for`, async () => {
        const found = await subscriptionOf(backend, application);
        return found !== undefined && isAskedFor(found);
      });

    /** @returns the secrets it was asked for, by name, once the backend has died at every call of it and come back */
    async function killAtEveryCallOf(
      change: Change,
    ): Promise<Map<string, Secret>> {
      const { what, given, ask } = change;
      await untilNothingIsLeft();
      const undisturbed = `undisturbed ${what}`;
      await given(undisturbed);
      const first = await callsDuring(async () => {
        await ask(undisturbed);
        await untilItWaits(undisturbed);
      });
      const then = await callsDuring(() => change.untilConfirmed(undisturbed));
      expect(first.length).toBeGreaterThanOrEqual(2);
      expect(then.length).toBeGreaterThanOrEqual(1);

      const doing = momentsOf(first, `${what} call`);
      const confirming = momentsOf(then, `${what} confirming call`);
      const last = `with the last answer of a ${what}`;
      const secrets = new Map(
        await Promise.all(
          [...doing, ...confirming, { name: last }].map(async ({ name }) => {
            const { secret } = await given(name);
            return [name, secret] as const;
          }),
        ),
      );
      await untilNothingIsLeft();

      const asked: Promise<unknown>[] = [];
      for (const moment of doing) {
        const held = holdAt(moment);
        asked.push(Promise.allSettled([ask(moment.name)]));
        await waitFor(`it is held ${moment.name}`, held);
        await untilWanted(change, moment.name);
      }
      for (const moment of confirming) {
        await ask(moment.name);
        await untilItWaits(moment.name);
        const held = holdAt(moment);
        await waitFor(`it is held ${moment.name}`, async () => {
          const isHeld = held();
          if (!isHeld) await letTimePass();
          return isHeld;
        });
      }
      await ask(last);
      await untilItWaits(last);
      killAfterAnswer(then.length);
      await waitFor('it is dead', async () => {
        if (backend.running) await letTimePass();
        return !backend.running;
      });
      await comeBack();
      await Promise.all(asked);
      return secrets;
    }

    const idOf = async (application: string) =>
      (await subscriptionOf(backend, application))?.id;
    const suspend = async (application: string) =>
      backend.ask(
        'omar',
        'POST',
        `/subscriptions/${await idOf(application)}/suspend`,
        { reason: 'too many calls' },
      );
    const untilSuspended = (application: string) =>
      untilConfirmed(backend, sandbox, application, 'suspended');

    /** The gateway has it in its cache. */
    const inUse = async (application: string) => {
      const given = await active(application);
      expect([application, await call(sandbox, given.secret)]).toEqual([
        application,
        200,
      ]);
      return given;
    };

    it('has made none, wherever it was killed while revoking it', async () => {
      const others = consumerKeysOf(sandbox).length;
      const secrets = await killAtEveryCallOf({
        what: 'revocation',
        given: inUse,
        ask: async application => {
          const found = await subscriptionOf(backend, application);
          return backend.ask(
            'dana',
            'POST',
            `/credentials/${found?.credentials[0].id}/revoke`,
          );
        },
        isAskedFor: ({ status }) => status !== 'active',
        untilConfirmed: application =>
          untilRevoked(backend, sandbox, application),
      });
      for (const [name, secret] of secrets) {
        const state = await subscriptionOf(backend, name);
        expect(['revoking', 'revoked']).toContain(state?.status);
        await untilRevoked(backend, sandbox, name);
        expect([name, keysOf(sandbox, state?.credentials[0].id ?? '')]).toEqual(
          [name, []],
        );
        expect([name, await call(sandbox, secret)]).toEqual([name, 403]);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(others);
    });

    it('has suspended it, wherever it was killed while doing so', async () => {
      // The first one at a gateway makes what suspended keys carry, once.
      const first = 'the first to be suspended';
      await active(first);
      await suspend(first);
      await untilSuspended(first);
      const secrets = await killAtEveryCallOf({
        what: 'suspension',
        given: inUse,
        ask: suspend,
        isAskedFor: ({ suspension }) => suspension !== undefined,
        untilConfirmed: untilSuspended,
      });
      for (const [name, secret] of secrets) {
        const state = await subscriptionOf(backend, name);
        expect(['active', 'suspended']).toContain(state?.status);
        const { credentials } = await untilSuspended(name);
        expect([name, keysOf(sandbox, credentials[0].id).length]).toEqual([
          name,
          1,
        ]);
        expect([name, await call(sandbox, secret)]).toEqual([name, 403]);
      }
    });

    it('has let it go on, wherever it was killed while resuming it', async () => {
      const untilActive = (application: string) =>
        untilConfirmed(backend, sandbox, application, 'active');
      const secrets = await killAtEveryCallOf({
        what: 'resumption',
        given: async application => {
          const given = await inUse(application);
          await suspend(application);
          await untilSuspended(application);
          return given;
        },
        ask: async application =>
          backend.ask(
            'omar',
            'POST',
            `/subscriptions/${await idOf(application)}/resume`,
          ),
        isAskedFor: ({ suspension }) => suspension === undefined,
        untilConfirmed: untilActive,
      });
      for (const [name, secret] of secrets) {
        const state = await subscriptionOf(backend, name);
        expect(['active', 'suspended']).toContain(state?.status);
        const { credentials } = await untilActive(name);
        expect([name, keysOf(sandbox, credentials[0].id).length]).toEqual([
          name,
          1,
        ]);
        expect([name, await call(sandbox, secret)]).toEqual([name, 200]);
      }
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
