/** Cases 1–6: getting through to Tyk, and what is said where that fails. */
import { onlyDashboard, onlyGateway } from '../suite/contractCase';
import type { ContractCase } from '../suite/contractCase';

export const connection: ContractCase[] = [
  {
    number: 1,
    title: 'a right key is taken, a wrong one and none are refused by name',
    cannot: onlyDashboard,
    async run({ another, provider, mode }) {
      await expect(provider.listOfferings()).resolves.toBeInstanceOf(Array);
      await expect(
        another({ token: 'wrong', type: `tyk-${mode}` }).listOfferings(),
      ).rejects.toMatchObject({ name: 'ProviderUnauthorisedError' });
    },
  },
  {
    number: 3,
    title: 'a wrong secret is refused by name',
    cannot: onlyGateway,
    async run({ another }) {
      await expect(
        another({ token: 'wrong' }).listOfferings(),
      ).rejects.toMatchObject({ name: 'ProviderUnauthorisedError' });
    },
  },
  {
    number: 27,
    title: 'a key opens the product with the limits of the plan',
    async run(target) {
      const wanted = await target.credential();
      const made = await target.provider.putCredential(wanted);
      const api = target.api('first');
      const answer = await target.call(api, made.secret);
      expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([
        200,
        '100',
      ]);
      expect(
        await target.provider.readCredential(made.reference),
      ).toMatchObject({
        apiIds: [api.id],
        quota: { requests: 100, perSeconds: 86_400 },
        credentialId: wanted.credentialId,
      });
      await target.provider.removeCredential({
        reference: made.reference,
        credentialId: wanted.credentialId,
      });
      expect((await target.call(api, made.secret)).status).toBe(403);
    },
  },
];
