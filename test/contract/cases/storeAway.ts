/**
 * Case 67: what a gateway denies while its store is away is not believed, nothing is made twice, and everything is
 * right when the store is back. Each way of being away is tried; a real store is away in the one that it is told.
 */
import { z } from 'zod';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import { isLongRun } from '../../integration/support/longRun';
import { asked, behindProxy } from '../suite/behindProxy';
import {
  credentialOf,
  requestAccess,
  reveal,
  revoke,
  subscribe,
  subscriptionOf,
  untilCredential,
} from '../suite/consumer';
import {
  onlyGateway,
  onlySandbox,
  onlyWithStore,
  unless,
} from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { DRIFT, driftOf } from '../suite/drift';
import { keyOf, keysOf, tokenOf, updateOf } from '../suite/keys';
import { startPortal } from '../suite/portal';
import type { Portal } from '../suite/portal';
import { shop } from '../suite/portalEntities';
import { synchronise } from '../suite/synchronise';
import type { Absence, Target } from '../suite/Target';

const providers = z.object({
  items: z.array(
    z.object({
      id: z.string(),
      driftCheckedAt: z.string().optional(),
    }),
  ),
});

async function providerOf(portal: Portal) {
  const { body } = await portal.ask('paula', 'GET', '/providers');
  return providers.parse(body).items.find(({ id }) => id === 'contract');
}

const askForDrift = (portal: Portal) =>
  portal.ask('paula', 'POST', `${DRIFT}/check`);

/** What differs about a credential. */
const driftAbout = async (portal: Portal, id: string, query = '') =>
  (await driftOf(portal, query)).filter(({ subject }) => subject.id === id);

/** While it is away; it comes back whatever happens. */
async function withoutStore(
  { store }: Target,
  how: Absence,
  act: () => Promise<void>,
): Promise<void> {
  await store?.stop(how);
  try {
    await act();
  } finally {
    await store?.start();
  }
}

const nameOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'answered',
    (error: Error) => error.name,
  );

interface Key {
  id: string;
  reference: string;
  secret: string;
  app: string;
}

async function inPortal(
  target: Target,
  use: (portal: Portal, key: Key) => Promise<void>,
  provider: ApiProvider = target.provider,
): Promise<void> {
  const { prefix } = target;
  const portal = await startPortal(target, {
    entities: shop(target),
    providers: [provider],
  });
  const app = `${prefix} store away`;
  try {
    const { credentials } = await subscribe(portal, {
      product: `${prefix}-shop`,
      plan: `${prefix}-free`,
      application: app,
    });
    const [{ id }] = credentials;
    const { secret } = await reveal(portal, id);
    await use(portal, { id, reference: await keyOf(target, id), secret, app });
  } finally {
    await portal.close();
  }
}

/** A Dashboard asks its gateway, so that one of the two is enough for most runs. */
const sampled: NonNullable<ContractCase['cannot']> = ({ mode, live }) =>
  isLongRun || live || mode === 'gateway'
    ? undefined
    : 'runs with npm run test:long only';

const served = async (target: Target, secret: string) =>
  (await target.call(target.api('first'), secret)).status;

function casesWhile(how: Absence): ContractCase[] {
  const cannot =
    how === 'down'
      ? onlyWithStore
      : unless(onlySandbox, onlyWithStore, sampled);
  return [
    {
      number: 67,
      title: `a key is not said to be gone, nor changed, while the store is ${how}`,
      cannot,
      async run(target) {
        const { provider } = target;
        const wanted = await target.credential();
        const { reference, secret } = await provider.putCredential(wanted);
        const { credentialId, chosenKey } = wanted;
        await withoutStore(target, how, async () => {
          const outcomes = [
            provider.readCredential(reference),
            provider.listCredentials(),
            provider.removeCredential({ reference, credentialId }),
            provider.removeCredential({ chosenKey, credentialId }),
            provider.updateCredential(reference, updateOf(wanted)),
            provider.updateCredential(reference, {
              ...updateOf(wanted),
              suspended: true,
            }),
            provider.resetQuota(reference),
            provider.putCredential(wanted),
          ].map(nameOf);
          for (const outcome of await Promise.all(outcomes)) {
            expect(outcome).toBe('ProviderUnavailableError');
          }
        });
        expect(await served(target, secret)).toBe(200);
        expect(await provider.listCredentials()).toContain(reference);
        await provider.removeCredential({ reference, credentialId });
        // A gateway's health knows up to ten seconds late that its store is back; until then no absence is believed.
        await target.wait(11);
        expect(await provider.readCredential(reference)).toBeUndefined();
        expect(await served(target, secret)).toBe(403);
      },
    },
    {
      number: 67,
      title: `a key is revoked when the store is back that was ${how}, and not before`,
      cannot,
      run: target =>
        inPortal(target, async (portal, { id, reference, secret, app }) => {
          await withoutStore(target, how, async () => {
            await revoke(portal, id);
            const waiting = await portal.until(
              'the reason is told',
              async () => {
                const found = await credentialOf(portal, app, id);
                return found.revocation?.message && found;
              },
            );
            expect(waiting).toMatchObject({
              status: 'revoking',
              revocation: {
                message: expect.stringContaining('is not believed'),
              },
            });
          });
          await untilCredential(portal, app, id, 'revoked');
          expect(await target.adversary.session(reference)).toBeUndefined();
          expect(await served(target, secret)).toBe(403);
        }),
    },
    {
      number: 67,
      title: `a look for drift finds no key missing while the store is ${how}`,
      cannot: unless(cannot, sampled),
      run: target =>
        behindProxy(target, {}, (proxy, provider) =>
          inPortal(
            target,
            async (portal, { id, reference, secret, app }) => {
              const ours = () => driftAbout(portal, id);
              const reads = asked(new RegExp(`^GET .*/keys/${reference}`));
              const seen = proxy.requests.filter(reads).length;
              await withoutStore(target, how, async () => {
                await askForDrift(portal);
                // The second look begins when the first has ended, and has written what it found.
                await portal.until(
                  'it was looked twice',
                  async () => proxy.requests.filter(reads).length - seen > 1,
                );
                expect(await ours()).toEqual([]);
              });
              const { driftCheckedAt: before } =
                (await providerOf(portal)) ?? {};
              await askForDrift(portal);
              await portal.until('it was looked', async () => {
                const found = (await providerOf(portal))?.driftCheckedAt;
                return found !== undefined && found !== before;
              });
              expect(await ours()).toEqual([]);
              expect(await served(target, secret)).toBe(200);
              await revoke(portal, id);
              await untilCredential(portal, app, id, 'revoked');
            },
            provider,
          ),
        ),
    },
    {
      number: 67,
      title: `access that is asked for while the store is ${how} ends in one key`,
      cannot,
      run: target =>
        inPortal(target, async portal => {
          const { prefix } = target;
          const application = `${prefix} asked while ${how}`;
          const wanted = {
            product: `${prefix}-shop`,
            plan: `${prefix}-free`,
            application,
          };
          await withoutStore(target, how, async () => {
            expect(await requestAccess(portal, wanted)).toBe(true);
            const waiting = await portal.until(
              'the reason is told',
              async () => {
                const found = await subscriptionOf(portal, application);
                return (
                  found?.credentials.some(({ lastError }) => lastError) && found
                );
              },
            );
            expect(waiting.status).toBe('provisioning');
          });
          const [{ id }] = await portal.until('there is a key', async () => {
            const found = await subscriptionOf(portal, application);
            return found?.status === 'active' && found.credentials;
          });
          expect(await keysOf(target, id)).toHaveLength(1);
          const { secret } = await reveal(portal, id);
          expect(await served(target, secret)).toBe(200);
          await askForDrift(portal);
          expect(await driftAbout(portal, id)).toEqual([]);
          await revoke(portal, id);
          await untilCredential(portal, application, id, 'revoked');
          expect(await keysOf(target, id)).toEqual([]);
        }),
    },
    {
      number: 67,
      title: `a key that is back is not made once more by a repair while the store is ${how}`,
      cannot: unless(onlyGateway, cannot),
      run: target =>
        inPortal(target, async (portal, { id, reference, secret, app }) => {
          const { adversary } = target;
          const session = (await adversary.session(reference)) ?? {};
          const gone = `/tyk/keys/${reference}?hashed=true`;
          expect((await adversary.send('DELETE', gone)).status).toBe(200);
          await askForDrift(portal);
          const item = await portal.until('it is missing', async () =>
            (
              await driftAbout(portal, id)
            ).find(({ kind }) => kind === 'missing'),
          );
          const back = `/tyk/keys/${tokenOf(secret).id}?suppress_reset=1`;
          expect((await adversary.send('POST', back, session)).status).toBe(
            200,
          );

          await withoutStore(target, how, async () => {
            const repair = `${DRIFT}/${item.id}/repair`;
            const action = { action: 'push-ours' };
            const { status } = await portal.ask(
              'paula',
              'POST',
              repair,
              action,
            );
            expect(status).toBe(200);
            await portal.until('the repair waits and says why', async () =>
              (
                await driftAbout(portal, id, '?status=repairing')
              ).some(({ lastError }) => lastError?.includes('is not believed')),
            );
          });
          await portal.until(
            'the repair has ended',
            async () =>
              (await driftAbout(portal, id, '?status=repairing')).length === 0,
          );
          expect(await credentialOf(portal, app, id)).toMatchObject({
            status: 'active',
          });
          expect(await keysOf(target, id)).toEqual([reference]);
          expect(await served(target, secret)).toBe(200);
          await revoke(portal, id);
          await untilCredential(portal, app, id, 'revoked');
        }),
    },
    {
      number: 67,
      title: `a synchronisation hides nothing while the store is ${how}`,
      cannot: unless(cannot, sampled),
      run: target =>
        inPortal(target, async (portal, { id, app }) => {
          await synchronise(portal);
          await withoutStore(target, how, async () => {
            const { counts } = await synchronise(portal);
            expect(counts.hidden ?? 0).toBe(0);
          });
          const { status, counts } = await synchronise(portal);
          expect({ status, hidden: counts.hidden ?? 0 }).toEqual({
            status: 'succeeded',
            hidden: 0,
          });
          await revoke(portal, id);
          await untilCredential(portal, app, id, 'revoked');
        }),
    },
  ];
}

export const storeAway: ContractCase[] = (
  ['down', 'hanging', 'away since the start'] as const
).flatMap(casesWhile);
