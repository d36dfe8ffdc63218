/**
 * Two backends on one PostgreSQL, the clock of one of them an hour off, and a gateway that misbehaves while keys are
 * made. SQLite has one backend, which goes through the same misbehaviour alone.
 */
import { TestDatabases } from '@backstage/backend-test-utils';
import type { TykSandbox } from 'tyk-sandbox';
import { BackendProcess } from './support/BackendProcess';
import { processDatabase, type ProcessDatabase } from './support/databases';
import { FREE } from './support/entities';
import {
  call,
  consumerKeysOf,
  keysOf,
  request,
  reveal,
  startSandbox,
  untilReady,
  untilStatus,
} from './support/portal';
import { waitFor } from './support/waitFor';

jest.setTimeout(300_000);

const REQUESTS = 40;
const KEY_WRITES = {
  plane: 'admin',
  method: 'POST',
  path: /^\/tyk\/keys\//,
} as const;

/** By which the clock of one of two is wrong. */
const HOUR = 60 * 60_000;

/** Long enough that no backend loses a job to the other because the machine is busy. */
const LEASE = 'PT10S';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'backends side by side, %p',
  databaseId => {
    let sandbox: TykSandbox;
    let database: ProcessDatabase;
    const several = databaseId !== 'SQLITE_3';
    let first: BackendProcess;
    let second: BackendProcess;

    beforeAll(async () => {
      sandbox = await startSandbox();
      database = await processDatabase(databases, databaseId);
      const create = (clockOffset = 0) =>
        BackendProcess.create(sandbox, database.config, {
          lease: LEASE,
          clockOffset,
        });
      first = await create();
      await first.start();
      second = first;
      if (several) {
        second = await create(HOUR);
        await second.start();
      }
      await Promise.all([untilReady(first), untilReady(second)]);
    });
    afterAll(async () => {
      await Promise.all([first?.kill(), second?.kill()]);
      await sandbox?.stop();
      await database?.remove();
    });

    it('make each key once', async () => {
      const keysBefore = consumerKeysOf(sandbox).length;
      const callsBefore = sandbox.inspect.calls().length;
      // Slow enough that what one backend does is seen by the other in all its stages.
      sandbox.faults.add({
        match: KEY_WRITES,
        kind: 'latency',
        milliseconds: 50,
      });
      const statuses = await Promise.all(
        Array.from({ length: REQUESTS }, (_, n) =>
          request(n % 2 ? first : second, `application ${n}`),
        ),
      );
      sandbox.faults.clear();
      expect(statuses).toEqual(statuses.map(() => 201));
      for (let n = 0; n < REQUESTS; n++) {
        const { credentials } = await untilStatus(
          n % 2 ? second : first,
          `application ${n}`,
          'active',
        );
        expect(keysOf(sandbox, credentials[0].id)).toHaveLength(1);
      }
      expect(consumerKeysOf(sandbox)).toHaveLength(keysBefore + REQUESTS);
      const writes = sandbox.inspect
        .calls()
        .slice(callsBefore)
        .filter(
          ({ method, path }) =>
            method === KEY_WRITES.method && KEY_WRITES.path.test(path),
        );
      expect(writes).toHaveLength(REQUESTS);
    });

    if (several) {
      it('take over from each other when one is killed', async () => {
        sandbox.faults.add({
          match: KEY_WRITES,
          when: 'after',
          times: 1,
          run: () => first.kill(),
        });
        await request(first, 'taken over');
        // Whichever of them had taken the job: if it was the other, nothing was killed by it.
        const { credentials } = await untilStatus(
          second,
          'taken over',
          'active',
        );
        expect(keysOf(sandbox, credentials[0].id)).toHaveLength(1);
      });
    }

    it('never make a key without limits, also when the plan’s policy vanishes just before', async () => {
      const plan = sandbox.inspect
        .policies()
        .find(({ id }) => id.startsWith('bs-plan-'));
      let vanished = 0;
      sandbox.faults.add({
        match: KEY_WRITES,
        times: 2,
        run: () => {
          vanished += 1;
          sandbox.edit.removePolicy(plan?.id ?? '');
        },
      });
      await request(second, 'vanishing plan');
      const subscription = await untilStatus(
        second,
        'vanishing plan',
        'active',
      );
      expect(vanished).toBe(2);
      const [key, ...others] = keysOf(sandbox, subscription.credentials[0].id);
      expect(others).toEqual([]);
      expect(key.session).toMatchObject({
        rate: FREE.rate,
        per: FREE.per,
        quota_max: FREE.quota,
      });
      expect(await call(sandbox, await reveal(second, subscription))).toBe(200);
    });

    it('take requests while the gateway is away, say that they wait, and make the key when it is back', async () => {
      sandbox.faults.add({ match: { plane: 'admin' }, kind: 'reset' });
      expect(await request(second, 'patient')).toBe(201);
      const waiting = await waitFor('it says why it waits', async () => {
        const found = await untilStatus(second, 'patient', 'provisioning');
        return found.credentials[0].lastError !== undefined && found;
      });
      expect(waiting.lastError).toContain('sandbox: ');
      expect(waiting.credentials[0].nextTryAt).toBeDefined();
      sandbox.faults.clear();
      const { credentials } = await untilStatus(second, 'patient', 'active');
      expect(keysOf(sandbox, credentials[0].id)).toHaveLength(1);
    });
  },
);
