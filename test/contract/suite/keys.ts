/** Keys as the suite knows them besides what the driver tells. */
import { z } from 'zod';
import type { Target } from './Target';

const token = z.object({ org: z.string(), id: z.string(), h: z.string() });

/** What a token says of itself. */
export function tokenOf(secret: string): z.infer<typeof token> {
  return token.parse(
    JSON.parse(Buffer.from(secret, 'base64').toString('utf8')),
  );
}

/** The key without its organisation and hash function, which a gateway takes as well. */
export const bareOf = (secret: string): string => tokenOf(secret).id;

/** Under which reference the key of a credential is at Tyk. */
export async function keyOf(
  { provider }: Pick<Target, 'provider'>,
  credentialId: string,
): Promise<string> {
  for (const reference of await provider.listCredentials()) {
    const state = await provider.readCredential(reference);
    if (state?.credentialId === credentialId) return reference;
  }
  throw new Error(`Tyk has no key of credential ${credentialId}`);
}
