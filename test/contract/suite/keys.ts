/** Keys as the suite knows them besides what the driver tells. */
import type { JsonObject } from '@backstage/types';
import type { TykInstallation } from 'backstage-plugin-api-products-backend-module-tyk';
import type {
  CredentialState,
  CredentialUpdate,
  ProviderCredential,
  ProvisionedCredential,
  RemovalResult,
} from 'backstage-plugin-api-products-node';
import { z } from 'zod';
import type { ApiKind, Target } from './Target';

const token = z.object({ org: z.string(), id: z.string(), h: z.string() });

/** What a token says of itself. */
export function tokenOf(secret: string): z.infer<typeof token> {
  return token.parse(
    JSON.parse(Buffer.from(secret, 'base64').toString('utf8')),
  );
}

/**
 * The key without its organisation and hash function, which a gateway takes as well.
 *
 * @param organisation - at the beginning of tokens that are no JSON, as an installation without a hash function has them
 */
export const bareOf = (secret: string, organisation = ''): string =>
  organisation !== '' && secret.startsWith(organisation)
    ? secret.slice(organisation.length)
    : tokenOf(secret).id;

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

/** References of the keys that were made for a credential. */
export async function keysOf(
  { provider, adversary }: Pick<Target, 'provider' | 'adversary'>,
  credentialId: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const reference of await provider.listCredentials()) {
    const session: JsonObject = (await adversary.session(reference)) ?? {};
    if (JSON.stringify(session).includes(credentialId)) found.push(reference);
  }
  return found;
}

/** What of a plan and its products is at Tyk already, so that not every case has to make its own. */
const PARTS = new WeakMap<
  Target,
  Promise<Pick<ProviderCredential, 'products' | 'plan'>>
>();

/** A product of the API `first` and a plan that is loose enough for any case. */
export function parts(
  target: Target,
): Promise<Pick<ProviderCredential, 'products' | 'plan'>> {
  const made =
    PARTS.get(target) ??
    (async () => ({
      products: [await target.product()],
      plan: await target.plan({
        rateLimit: 'unlimited',
        quota: { requests: 1_000_000, per: 'P1D' },
      }),
    }))();
  PARTS.set(target, made);
  return made;
}

/** A key in somebody's hands. */
export interface KeyInUse {
  wanted: ProviderCredential;
  made: ProvisionedCredential;
  reference: string;
  secret: string;
  change(update: Partial<CredentialUpdate>): Promise<CredentialState>;
  remove(): Promise<RemovalResult>;
  /** What the gateway has of it; a failure where it has nothing. */
  state(): Promise<CredentialState>;
  /** Status of a call; the API is `first` where nothing else is said. */
  status(kind?: ApiKind): Promise<number>;
}

export interface KeyOptions {
  credential?: Partial<ProviderCredential>;
  /** Default: the target's own. */
  provider?: TykInstallation;
}

/** What is wanted of a key that exists: its secret is no part of it. */
export function updateOf(wanted: ProviderCredential): CredentialUpdate {
  const { chosenKey: _, kind: __, ...update } = wanted;
  return update;
}

/** Makes a key, and takes it away whatever happens. */
export async function withKey(
  target: Target,
  options: KeyOptions,
  use: (key: KeyInUse) => Promise<void>,
): Promise<void> {
  const { provider = target.provider } = options;
  const wanted = await target.credential({
    ...(await parts(target)),
    ...options.credential,
  });
  const { credentialId } = wanted;
  const made = await provider.putCredential(wanted);
  const { reference, secret, headerPrefix } = made;
  const remove = () => provider.removeCredential({ reference, credentialId });
  try {
    await use({
      wanted,
      made,
      reference,
      secret,
      remove,
      change: update =>
        provider.updateCredential(reference, {
          ...updateOf(wanted),
          ...update,
        }),
      async state() {
        const state = await provider.readCredential(reference);
        if (!state) throw new Error(`Tyk has no key ${reference}`);
        return state;
      },
      async status(kind = 'first') {
        const { status } = await target.call(
          target.api(kind),
          headerPrefix + secret,
        );
        return status;
      },
    });
  } finally {
    await remove();
  }
}

/** Whether Tyk has nothing of what was chosen, under whatever name. */
export async function nothingLeft(
  { provider }: Pick<Target, 'provider'>,
  { credentialId }: { credentialId: string },
): Promise<void> {
  for (const reference of await provider.listCredentials()) {
    const state = await provider.readCredential(reference);
    expect(state?.credentialId).not.toBe(credentialId);
  }
}
