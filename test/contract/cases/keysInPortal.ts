/** Cases 33, 40 and 65: what becomes of keys when something goes wrong at Tyk, as the portal sees and tells it. */
import { z } from 'zod';
import { asked, behindProxy } from '../suite/behindProxy';
import {
  credentialOf,
  reveal,
  revoke,
  subscribe,
  subscriptionOf,
  untilCredential,
} from '../suite/consumer';
import { onlySandbox } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';
import { DRIFT, driftOf } from '../suite/drift';
import { cutAfter, cutBefore, says } from '../suite/FaultyProxy';
import { bareOf, keyOf } from '../suite/keys';
import { startPortal } from '../suite/portal';
import type { Portal, PortalOptions } from '../suite/portal';
import { shop } from '../suite/portalEntities';
import type { Target } from '../suite/Target';
import { withSettings } from '../suite/withSettings';

/** Told by a Gateway; what a Dashboard tells is not the version of its gateways. */
async function deletionsHold({ gatewayUrl }: Target): Promise<boolean> {
  const response = await fetch(`${gatewayUrl}/hello`);
  const { version } = z
    .object({ version: z.string() })
    .parse(await response.json());
  const [, minor = 0, patch = 0] = version
    .replace(/^v/, '')
    .split(/[.-]/)
    .map(Number);
  return minor >= 15 || (minor === 13 && patch >= 2);
}

/** A key is revoked whose consumer goes on calling. */
const revokeInUse = (target: Target): Promise<void> =>
  inPortal(target, async (portal, wanted) => {
    const api = target.api('first');
    const { credentials } = await subscribe(portal, wanted);
    const [{ id }] = credentials;
    const reference = await keyOf(target, id);
    const { secret } = await reveal(portal, id);
    // Presented like this, its session is cached where no removal finds it, whatever the settings.
    const bare = bareOf(secret);
    const use = async () => (await target.call(api, bare)).status;
    expect(await use()).toBe(200);
    await revoke(portal, id);

    if (await deletionsHold(target)) {
      await portal.until('the key is revoked', async () => {
        await use();
        const credential = await credentialOf(portal, wanted.application, id);
        return credential?.status === 'revoked';
      });
      expect(await use()).toBe(403);
      expect(await driftOf(portal)).not.toContainEqual(
        expect.objectContaining({ subject: { kind: 'credential', id } }),
      );
      return;
    }
    const found = await portal.until('the key is back', async () => {
      await use();
      return (await driftOf(portal)).find(({ kind }) => kind === 'revived');
    });
    expect(found.subject).toEqual({ kind: 'credential', id });
    expect(found.message).toContain('still accepts key');
    expect(await use()).toBe(200);
    expect(await credentialOf(portal, wanted.application, id)).toMatchObject({
      status: 'revoking',
      revocation: { revivals: 1 },
    });

    // From here on nobody calls.
    await portal.until(
      'the key is removed again',
      async () => (await target.adversary.session(reference)) === undefined,
    );
    if (target.live) return;
    await untilCredential(portal, wanted.application, id, 'revoked');
    expect(await use()).toBe(403);
    expect(await driftOf(portal, '?status=repaired')).toEqual([
      expect.objectContaining({ id: found.id, kind: 'revived' }),
    ]);
  });

/** With `<prefix>-shop` on `<prefix>-free`. */
async function inPortal(
  target: Target,
  use: (
    portal: Portal,
    wanted: { product: string; plan: string; application: string },
  ) => Promise<void>,
  options: Partial<PortalOptions> = {},
): Promise<void> {
  const { prefix } = target;
  const portal = await startPortal(target, {
    entities: shop(target),
    ...options,
  });
  try {
    await use(portal, {
      product: `${prefix}-shop`,
      plan: `${prefix}-free`,
      application: `${prefix} app`,
    });
  } finally {
    await portal.close();
  }
}

export const keysInPortal: ContractCase[] = [
  {
    number: 33,
    title:
      'one more key works at once; the old one is revoked in the end although its removal fails at first',
    run: target =>
      behindProxy(target, { retries: 0 }, (proxy, provider) =>
        inPortal(
          target,
          async (portal, wanted) => {
            const api = target.api('first');
            const { id, credentials } = await subscribe(portal, wanted);
            const [old] = credentials;
            const { secret: oldSecret } = await reveal(portal, old.id);
            const oldKey = await keyOf(target, old.id);

            const issued = await portal.ask(
              'dana',
              'POST',
              `/subscriptions/${id}/credentials`,
              { name: 'second' },
            );
            expect(issued.status).toBe(201);
            const { id: next } = z
              .object({ id: z.string() })
              .parse(issued.body);
            await untilCredential(portal, wanted.application, next, 'active');
            const { secret } = await reveal(portal, next);
            const key = await keyOf(target, next);
            expect(key).not.toBe(oldKey);
            expect(await target.adversary.session(key)).toMatchObject({
              meta_data: { credential_id: next },
            });
            for (const each of [secret, oldSecret]) {
              expect((await target.call(api, each)).status).toBe(200);
            }

            const when = asked(/^DELETE (\/tyk|\/api|\/api\/apis\/-)\/keys\//);
            const failures = [cutBefore, says(502, '<html></html>'), cutAfter];
            for (const effect of failures)
              proxy.add({ when, times: 1, effect });
            await revoke(portal, old.id);
            await untilCredential(
              portal,
              wanted.application,
              old.id,
              'revoked',
            );
            expect(proxy.requests.filter(when).length).toBeGreaterThanOrEqual(
              failures.length,
            );
            expect(await target.adversary.session(oldKey)).toBeUndefined();
            expect((await target.call(api, oldSecret)).status).toBe(403);
            expect((await target.call(api, secret)).status).toBe(200);
            expect(
              (await subscriptionOf(portal, wanted.application))?.status,
            ).toBe('active');
          },
          { providers: [provider] },
        ),
      ),
  },
  {
    number: 40,
    title:
      'a key whose plan was deleted behind our back is reported as orphaned, and is whole again after a repair',
    run: target =>
      inPortal(target, async (portal, wanted) => {
        const { credentials } = await subscribe(portal, wanted);
        const [{ id }] = credentials;
        const reference = await keyOf(target, id);
        const before = await target.provider.readCredential(reference);
        const plan = before?.policyIds.at(-1) ?? '';
        await target.adversary.removePolicy(plan);

        await portal.ask('paula', 'POST', `${DRIFT}/check`);
        const items = await portal.until(
          'the difference is found',
          async () => {
            const found = await driftOf(portal);
            return (
              found.some(({ kind }) => kind === 'orphaned') &&
              found.some(({ kind }) => kind === 'missing') &&
              found
            );
          },
        );
        const orphaned = items.find(({ kind }) => kind === 'orphaned');
        expect(orphaned).toMatchObject({
          subject: { kind: 'credential', id },
          message: expect.stringContaining('Its plan is gone'),
          actions: expect.arrayContaining(['push-ours']),
        });
        const missing = items.find(({ kind }) => kind === 'missing');
        expect(missing?.subject.kind).toBe('plan');

        const { status } = await portal.ask(
          'paula',
          'POST',
          `${DRIFT}/${missing?.id}/repair`,
          { action: 'push-ours' },
        );
        expect(status).toBe(200);
        await portal.until('the plan is there again', async () => {
          const found = await driftOf(portal, '?status=repaired');
          return found.some(item => item.id === missing?.id);
        });
        await portal.ask('paula', 'POST', `${DRIFT}/check`);
        // Keys of other cases are strangers to this portal.
        await portal.until('nothing of ours differs', async () =>
          (await driftOf(portal)).every(({ kind }) => kind === 'unknown'),
        );
        expect(await target.provider.readCredential(reference)).toMatchObject({
          quota: before?.quota,
          rateLimit: before?.rateLimit,
          suspended: false,
        });
        const { secret } = await reveal(portal, id);
        const { status: served } = await target.call(
          target.api('first'),
          secret,
        );
        expect(served).toBe(200);
        await revoke(portal, id);
        await untilCredential(portal, wanted.application, id, 'revoked');
      }),
  },
  {
    number: 65,
    title:
      'a key that comes back is reported, and removed again; where the version does not let it, it is revoked although it is in use',
    run: target => revokeInUse(target),
  },
  {
    number: 65,
    title: 'version 5.15: a key that is revoked stays so while it is in use',
    cannot: onlySandbox,
    run: target =>
      withSettings(
        target,
        { version: '5.15.0', hashKeyFunction: 'murmur128' },
        () => revokeInUse(target),
      ),
  },
];
