/**
 * Case 67: what a gateway denies while its store is away is not believed, nothing is made twice, and everything is
 * right when the store is back.
 */
import { z } from 'zod';
import type { ApiProvider } from 'backstage-plugin-api-products-node';
import { asked, behindProxy } from '../suite/behindProxy';
import {
  credentialOf,
  reveal,
  revoke,
  subscribe,
  untilCredential,
} from '../suite/consumer';
import { onlyWithStore } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { keyOf, updateOf } from '../suite/keys';
import { startPortal } from '../suite/portal';
import type { Portal } from '../suite/portal';
import { shop } from '../suite/portalEntities';
import type { Target } from '../suite/Target';

const drift = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      subject: z.object({ kind: z.string(), id: z.string() }),
    }),
  ),
});

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
  portal.ask('paula', 'POST', '/providers/contract/drift/check');

/** While it is away; it comes back whatever happens. */
async function withoutStore(
  { store }: Target,
  act: () => Promise<void>,
): Promise<void> {
  await store?.stop();
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

async function inPortal(
  target: Target,
  use: (
    portal: Portal,
    key: { id: string; reference: string; secret: string; app: string },
  ) => Promise<void>,
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

const served = async (target: Target, secret: string) =>
  (await target.call(target.api('first'), secret)).status;

export const storeAway: ContractCase[] = [
  {
    number: 67,
    title: 'a key is not said to be gone, nor changed, while the store is away',
    cannot: onlyWithStore,
    async run(target) {
      const { provider } = target;
      const wanted = await target.credential();
      const { reference, secret } = await provider.putCredential(wanted);
      const { credentialId, chosenKey } = wanted;
      await withoutStore(target, async () => {
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
      expect(await provider.readCredential(reference)).toBeUndefined();
      await target.wait(11);
      expect(await served(target, secret)).toBe(403);
    },
  },
  {
    number: 67,
    title: 'a key is revoked when the store is back, and not before',
    cannot: onlyWithStore,
    run: target =>
      inPortal(target, async (portal, { id, reference, secret, app }) => {
        await withoutStore(target, async () => {
          await revoke(portal, id);
          const waiting = await portal.until('the reason is told', async () => {
            const found = await credentialOf(portal, app, id);
            return found.revocation?.message && found;
          });
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
    title: 'a look for drift finds no key missing while the store is away',
    cannot: onlyWithStore,
    run: target =>
      behindProxy(target, {}, (proxy, provider) =>
        inPortal(
          target,
          async (portal, { id, reference, secret, app }) => {
            const ours = async () =>
              drift
                .parse(
                  (
                    await portal.ask(
                      'paula',
                      'GET',
                      '/providers/contract/drift',
                    )
                  ).body,
                )
                .items.filter(({ subject }) => subject.id === id);
            const reads = asked(new RegExp(`^GET .*/keys/${reference}`));
            const seen = proxy.requests.filter(reads).length;
            await withoutStore(target, async () => {
              await askForDrift(portal);
              // The second look begins when the first has ended, and has written what it found.
              await portal.until(
                'it was looked twice',
                async () => proxy.requests.filter(reads).length - seen > 1,
              );
              expect(await ours()).toEqual([]);
            });
            const { driftCheckedAt: before } = (await providerOf(portal)) ?? {};
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
];
