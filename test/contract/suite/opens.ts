/** The proof of a policy: a key that carries it is served. */
import type { ProviderCredential } from 'backstage-plugin-api-products-node';
import type { ApiKind, Target } from './Target';

/** Makes a key of these products and this plan, calls the APIs with it, and takes it away again. */
export async function opens(
  target: Target,
  parts: Partial<Pick<ProviderCredential, 'products' | 'plan'>>,
  apis: readonly ApiKind[] = ['first'],
): Promise<void> {
  const wanted = await target.credential(parts);
  const { secret, reference } = await target.provider.putCredential(wanted);
  for (const kind of apis) {
    expect([
      kind,
      (await target.call(target.api(kind), secret)).status,
    ]).toEqual([kind, 200]);
  }
  await target.provider.removeCredential({
    reference,
    credentialId: wanted.credentialId,
  });
}
