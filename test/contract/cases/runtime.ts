/** Cases 55–56: what consumers are told by the gateway, understood. */
import {
  explainTykRefusal,
  readTykQuota,
} from 'backstage-plugin-api-products-backend-module-tyk';
import type { ProvisionedCredential } from 'backstage-plugin-api-products-node';
import type { ContractCase } from '../suite/contractCase';
import { jwtWith } from '../suite/jwt';
import type { Target } from '../suite/Target';

const reasonOf = async (answer: Response) =>
  explainTykRefusal({ status: answer.status, body: await answer.text() })
    ?.reason;

type Credential = Awaited<ReturnType<Target['credential']>>;

/** A key, which is taken away after its use. */
async function withKey(
  target: Target,
  changes: Parameters<Target['credential']>[0],
  use: (made: ProvisionedCredential, wanted: Credential) => Promise<void>,
): Promise<void> {
  const wanted = await target.credential(changes);
  const made = await target.provider.putCredential(wanted);
  try {
    await use(made, wanted);
  } finally {
    const { credentialId } = wanted;
    const { reference } = made;
    await target.provider.removeCredential({ reference, credentialId });
  }
}

export const runtime: ContractCase[] = [
  {
    number: 55,
    title: 'why a key is refused is told from the answer',
    async run(target) {
      const api = target.api('first');
      const call = async (secret?: string, path?: string) =>
        reasonOf(await target.call(api, secret, path));
      expect(await call()).toBe('credential-missing');
      expect(await call('nobody')).toBe('no-access');

      const { id } = api;
      const product = await target.product({
        apis: [
          {
            id,
            name: id,
            allowedUrls: [{ url: '/allowed', methods: ['GET'] }],
          },
        ],
      });
      const plan = await target.plan({
        rateLimit: { requests: 2, per: 60 },
        quota: 'unlimited',
      });
      const products = [product];
      await withKey(target, { products, plan }, async ({ secret }) => {
        expect(await call(secret, 'allowed')).toBeUndefined();
        expect(await call(secret, 'elsewhere')).toBe('path-not-allowed');
        expect(await call(secret, 'allowed')).toBeUndefined();
        expect(await call(secret, 'allowed')).toBe('rate-limit');
      });
    },
  },
  {
    number: 55,
    title: 'a key that is out of quota, suspended or expired is told',
    async run(target) {
      const call = async (secret: string) =>
        reasonOf(await target.call(target.api('first'), secret));
      const product = await target.product();
      const plan = await target.plan({
        quota: { requests: 1, per: 'PT1H' },
        keyLifetimeSeconds: 30,
      });
      const expiresAt = Math.floor(target.now() / 1000) + 30;
      const changes = { products: [product], plan, expiresAt };
      await withKey(target, changes, async ({ reference, secret }, wanted) => {
        expect(await call(secret)).toBeUndefined();
        expect(await call(secret)).toBe('quota');
        const { chosenKey: _, kind: __, ...same } = wanted;
        await target.provider.updateCredential(reference, {
          ...same,
          suspended: true,
        });
        expect(await call(secret)).toBe('suspended');
      });
      const lifetime = await target.plan({ keyLifetimeSeconds: 2 });
      const soon = {
        products: [product],
        plan: lifetime,
        expiresAt: Math.floor(target.now() / 1000) + 2,
      };
      await withKey(target, soon, async ({ secret }) => {
        await target.wait(4);
        expect(await call(secret)).toBe('expired');
      });
    },
  },
  {
    number: 55,
    title: 'a token whose scopes stand for nothing is told',
    async run(target) {
      const { id: apiId } = target.api('jwt');
      const { reference } = await target.product({
        apis: [{ id: apiId, name: apiId }],
      });
      const mapping = { apiId, scope: 'orders', ...reference };
      await target.provider.scopes.mapScope(mapping);
      await target.adversary.untilApis([apiId]);
      const token = jwtWith(
        ['none'],
        `${target.prefix}-scopeless`,
        target.now(),
      );
      expect(await reasonOf(await target.call(target.api('jwt'), token))).toBe(
        'scope-not-mapped',
      );
      await target.provider.scopes.unmapScope(mapping);
    },
  },
  {
    number: 56,
    title: 'X-RateLimit headers are read as the quota',
    async run(target) {
      const api = target.api('first');
      const product = await target.product();
      const plan = await target.plan({ quota: { requests: 2, per: 'P1D' } });
      const unlimited = await target.plan({ quota: 'unlimited' });
      const read = async (secret: string) =>
        readTykQuota(await target.call(api, secret));
      await withKey(
        target,
        { products: [product], plan },
        async ({ reference, secret }) => {
          const first = await read(secret);
          expect(first).toEqual({
            limit: 2,
            remaining: 1,
            renewsAt: expect.any(Number),
          });
          expect(await target.provider.readCredential(reference)).toMatchObject(
            {
              quotaRemaining: 1,
              quotaRenewsAt: first?.renewsAt,
            },
          );
          expect(await read(secret)).toMatchObject({ remaining: 0 });
          // Refused: nothing is told any more.
          expect(await read(secret)).toBeUndefined();
        },
      );
      await withKey(
        target,
        { products: [product], plan: unlimited },
        async ({ secret }) => {
          expect(await read(secret)).toEqual({ limit: 'unlimited' });
        },
      );
    },
  },
];
