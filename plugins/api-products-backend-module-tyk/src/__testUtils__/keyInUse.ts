/**
 * A credential that is in somebody's hands, and what the tests of its changes have in common.
 */
import type {
  CredentialState,
  CredentialUpdate,
  ProviderCredential,
  ProviderPlan,
} from 'backstage-plugin-api-products-node';
import { PLAN, startBench } from './bench';
import type { Bench, BenchOptions } from './bench';

interface KeyInUse {
  bench: Bench;
  credential: ProviderCredential;
  reference: string;
  secret: string;
  change(update: Partial<CredentialUpdate>): Promise<CredentialState>;
}

/** What is wanted of a credential once its key is no secret of the portal any more. */
export function wantedOf(credential: ProviderCredential): CredentialUpdate {
  const { products, plan, credentialId, expiresAt, alias, tags, metadata } =
    credential;
  return { products, plan, credentialId, expiresAt, alias, tags, metadata };
}

/** Three of its ten calls are used. */
export async function keyInUse(options: BenchOptions = {}): Promise<KeyInUse> {
  const bench = await startBench(options);
  const credential = await bench.offer();
  const { reference, secret } = await bench.provider.putCredential(credential);
  for (let call = 0; call < 3; call++) await bench.call(secret);
  return {
    bench,
    credential,
    reference,
    secret,
    change: update =>
      bench.provider.updateCredential(reference, {
        ...wantedOf(credential),
        ...update,
      }),
  };
}

export async function anotherPlan(
  { provider }: Bench,
  change: Partial<ProviderPlan>,
): Promise<ProviderCredential['plan']> {
  const plan = { ...PLAN, ...change };
  return { ...plan, reference: await provider.putPlan(plan) };
}

export async function anotherProduct({
  provider,
}: Bench): Promise<ProviderCredential['products'][number]> {
  const product = {
    key: 'default/second',
    title: 'Second',
    apis: [{ id: 'second', name: 'Second' }],
  };
  return { ...product, reference: await provider.putProduct(product) };
}

/** What somebody else does to a key, with Tyk's own API. */
export async function editKey(
  { sandbox }: Pick<Bench, 'sandbox'>,
  reference: string,
  change: Record<string, unknown>,
): Promise<void> {
  const url = `${sandbox.gatewayUrl}/tyk/keys/${reference}?hashed=true&suppress_reset=1`;
  const headers = { 'x-tyk-authorization': sandbox.secret };
  const session = await (await fetch(url, { headers })).json();
  const answer = await fetch(url, {
    method: 'PUT',
    headers,
    body: JSON.stringify({
      ...session,
      ...change,
      ...('meta_data' in change && {
        meta_data: { ...session.meta_data, ...Object(change.meta_data) },
      }),
    }),
  });
  if (!answer.ok) throw new Error(`the edit was refused: ${answer.status}`);
}
