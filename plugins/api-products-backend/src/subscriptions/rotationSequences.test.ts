/**
 * Whatever people do with their keys in whatever order, however much time passes and wherever the gateway fails meanwhile:
 * it never has more than two keys of a rotation, and in the end exactly those that the portal says, as it says.
 */
import {
  canBecome,
  credentialLifecycle,
  type CredentialStatus,
} from 'backstage-plugin-api-products-common';
import { ProviderUnavailableError } from 'backstage-plugin-api-products-node';
import fc from 'fast-check';
import { accessBench, as, askFor } from '../testing/access';
import { migratedDatabase, testDatabases } from '../testing/databases';
import { isLongRun } from '../testing/longRun';
import { DefaultCredentials } from './DefaultCredentials';

jest.setTimeout(240_000);

const HOUR_MS = 60 * 60_000;
const databases = testDatabases();

const steps = [
  'rotate-old',
  'rotate-new',
  'rotate-at-once',
  'cut-off',
  'extend',
  'cancel',
  'revoke-old',
  'revoke-new',
  'suspend',
  'resume',
  'renew',
  'fail-before',
  'fail-after',
  'recover',
  'work',
  'a-minute',
  'a-day',
  'a-month',
] as const;

type Step = (typeof steps)[number];

describe.each(databases.eachSupportedId())('any rotation on %s', id => {
  it('leaves the gateway with the keys that the portal says', async () => {
    const knex = await migratedDatabase(databases, id);
    const bench = await accessBench(knex);
    const { deps, worker, provider } = bench;
    const { accessRequests, subscriptions } = bench.access;
    const credentials = DefaultCredentials.create({ knex, deps, worker });
    const [dana, omar] = [as('dana'), as('omar')];
    const seen = new Set<string>();
    let run = 0;

    const statusesOf = async (subscription: string) => {
      const rows: { id: string; status: CredentialStatus }[] = await knex(
        'credentials',
      )
        .where({ subscription_id: subscription })
        .select('id', 'status');
      return new Map(rows.map(row => [row.id, row.status]));
    };
    const keysThere = (subscription: string) =>
      [...provider.keys.values()].filter(
        ({ metadata }) => metadata.subscription_id === subscription,
      );

    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<Step>(...steps), {
          minLength: 5,
          maxLength: 25,
        }),
        async sequence => {
          run += 1;
          provider.fault = undefined;
          const asked = await accessRequests.create(
            dana,
            askFor({ application: { name: `run ${run}`, owner: 'shop-team' } }),
          );
          const { subscription = '' } = await accessRequests.approve(
            omar,
            asked.id,
            {},
          );
          await bench.work();
          const keys = async () =>
            (await credentials.list(dana, subscription)).items;
          const oldest = async () => {
            const all = await keys();
            const live = all.find(({ status }) =>
              ['active', 'superseded'].includes(status),
            );
            return (live ?? all[0]).id;
          };
          const newest = async () =>
            (await keys())[(await keys()).length - 1].id;
          const failing = (when: 'before' | 'after') => {
            let calls = 0;
            provider.fault = call => {
              calls += 1;
              if (call.when === when && calls % 3 !== 0) {
                throw new ProviderUnavailableError('down');
              }
            };
          };
          const does: Record<Step, () => Promise<unknown>> = {
            'rotate-old': async () =>
              credentials.rotate(dana, await oldest(), {}),
            'rotate-new': async () =>
              credentials.rotate(dana, await newest(), { overlap: 'P3D' }),
            'rotate-at-once': async () =>
              credentials.rotate(dana, await newest(), { overlap: 'PT0S' }),
            'cut-off': async () => credentials.cutOff(dana, await oldest()),
            extend: async () =>
              credentials.extend(dana, await oldest(), { overlap: 'P1D' }),
            cancel: async () =>
              credentials.cancelRotation(dana, await oldest()),
            'revoke-old': async () =>
              credentials.revoke(dana, await oldest(), {}),
            'revoke-new': async () =>
              credentials.revoke(omar, await newest(), {}),
            suspend: () =>
              subscriptions.suspend(omar, subscription, { reason: 'load' }),
            resume: () => subscriptions.resume(omar, subscription, {}),
            renew: () => subscriptions.renew(dana, subscription),
            'fail-before': async () => failing('before'),
            'fail-after': async () => failing('after'),
            recover: async () => {
              provider.fault = undefined;
            },
            work: () => bench.work(),
            'a-minute': () => bench.pass(60_000),
            'a-day': () => bench.pass(24 * HOUR_MS),
            'a-month': () => bench.pass(30 * 24 * HOUR_MS),
          };
          for (const step of sequence) {
            bench.clock.advance(1000);
            await does[step]().catch(() => {});
            const there = keysThere(subscription);
            expect({ step, keys: there.length <= 2 }).toEqual({
              step,
              keys: true,
            });
            (await statusesOf(subscription)).forEach(status =>
              seen.add(status),
            );
          }

          provider.fault = undefined;
          for (let i = 0; i < 8; i++) {
            await bench.pass(HOUR_MS / 2);
          }
          const all = await keys();
          const { suspension } = await subscriptions.get(dana, subscription);
          // What was given up may have been made after all; nobody has ever seen the key of it.
          const givenUp = new Set(
            all.filter(key => key.status === 'failed').map(key => key.id),
          );
          const there = keysThere(subscription)
            .filter(key => !givenUp.has(key.credentialId))
            .map(key => ({
              id: key.credentialId,
              suspended: key.suspended ?? false,
            }));
          const said = all
            .filter(({ status }) => ['active', 'superseded'].includes(status))
            .map(key => ({ id: key.id, suspended: suspension !== undefined }));
          const byId = (a: { id: string }, b: { id: string }) =>
            a.id.localeCompare(b.id);
          expect(there.sort(byId)).toEqual(said.sort(byId));
          const underWay: unknown[] = await knex('credentials')
            .where({ subscription_id: subscription })
            .whereIn('status', ['provisioning', 'revoking']);
          expect(underWay).toEqual([]);
        },
      ),
      {
        numRuns: isLongRun ? 200 : 15,
        endOnFailure: true,
        // The ways that must have been gone, beside those that chance finds.
        examples: [
          [['rotate-old', 'work', 'a-day', 'a-minute', 'rotate-new']],
          [['rotate-old', 'work', 'extend', 'cancel', 'a-day', 'rotate-old']],
          [['fail-after', 'rotate-old', 'a-minute', 'revoke-old', 'recover']],
          [['rotate-old', 'suspend', 'work', 'cancel', 'a-minute', 'resume']],
          [
            [
              'rotate-at-once',
              'work',
              'a-month',
              'a-month',
              'a-month',
              'renew',
            ],
          ],
          [['fail-before', 'rotate-at-once', 'revoke-new', 'rotate-old']],
        ],
      },
    );
    await worker.stop();
    for (const from of ['active', 'superseded', 'revoking'] as const) {
      expect(seen).toContain(from);
    }
    expect(canBecome(credentialLifecycle, 'superseded', 'active')).toBe(true);
  });
});
