/** Case 47: clients of Tyk's own authorisation server. */
import { failureOf } from '../suite/behindProxy';
import type { ContractCase } from '../suite/contractCase';
import { rawPolicy } from '../suite/rawPolicy';
import type { Target } from '../suite/Target';

/** A policy that opens the API and sets limits, as a client needs it. */
async function clientPolicy(target: Target): Promise<string> {
  const { id } = target.api('oauth');
  return target.adversary.createPolicy(
    rawPolicy(target, ['acl', 'quota', 'rate_limit'], {
      access_rights: {
        [id]: { api_id: id, api_name: id, versions: ['Default'] },
      },
    }),
  );
}

/** As a consumer gets it: what to send as `Authorization`; undefined where there is none for them. */
async function accessTokenFor(
  { provider, api }: Target,
  { clientId, secret }: { clientId: string; secret: string },
): Promise<string | undefined> {
  const { path } = api('oauth');
  const pair = Buffer.from(`${clientId}:${secret}`).toString('base64');
  const response = await fetch(`${provider.gatewayUrl}${path}oauth/token/`, {
    method: 'POST',
    headers: { authorization: `Basic ${pair}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const { access_token: token }: { access_token?: string } =
    await response.json();
  return token && `Bearer ${token}`;
}

export const oauth: ContractCase[] = [
  {
    number: 47,
    title: 'an OAuth client is made and listed, and goes with its tokens',
    async run(target) {
      const { oauthClients } = target.provider;
      const api = target.api('oauth');
      const { secret, ...made } = await oauthClients.createClient({
        apiId: api.id,
        policyId: await clientPolicy(target),
        redirectUri: 'https://app.example.com/cb',
        description: 'Contract suite',
        metadata: { ApplicationID: target.prefix },
      });
      expect(await oauthClients.listClients(api.id)).toEqual([made]);
      expect(await oauthClients.readClient(made)).toEqual(made);

      const token = await accessTokenFor(target, { ...made, secret });
      const served = await target.call(api, token);
      expect([served.status, served.headers.get('x-ratelimit-limit')]).toEqual([
        200,
        '100',
      ]);

      const { confirmAfterMs } = await oauthClients.removeClient(made);
      expect(await oauthClients.readClient(made)).toBeUndefined();
      await target.wait(confirmAfterMs / 1000);
      expect((await target.call(api, token)).status).toBe(403);
      expect(await accessTokenFor(target, { ...made, secret })).toBeUndefined();
      await oauthClients.removeClient(made);
    },
  },
  {
    number: 47,
    title: 'a client with an unknown policy, or half of one, is refused',
    async run(target) {
      const { oauthClients } = target.provider;
      const { id: apiId } = target.api('oauth');
      const product = await target.product({
        apis: [{ id: apiId, name: apiId }],
      });
      const { policyId } = product.reference;
      for (const [policy, reason] of [
        [`${target.prefix}-none`, 'there is no such policy'],
        [policyId, 'sets no limits'],
      ]) {
        const refused = await failureOf(
          oauthClients.createClient({
            apiId,
            policyId: policy,
            redirectUri: 'https://app.example.com/cb',
          }),
        );
        expect(refused.name).toBe('ProviderRejectedError');
        expect(refused.message).toContain(reason);
      }
      expect(await oauthClients.listClients(apiId)).toEqual([]);
    },
  },
];
