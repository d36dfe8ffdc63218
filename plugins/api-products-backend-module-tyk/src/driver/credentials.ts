/**
 * Making a key, so that doing it again changes nothing and no accident leaves a key that opens more than it should.
 *
 * Three things that Tyk does shape this file:
 * - a key with a plan it does not know gets no limits at all: policies are asked for first, and what Tyk kept is
 *   compared with product and plan afterwards; a key that differs is removed before anybody hears of it;
 * - repeating a creation refills the quota unless told not to, and at the first creation Tyk sets its own expiry from
 *   the plan: the expiry is always sent, and sent once more where Tyk has kept another;
 * - only the token form of a key can be revoked reliably: it is what becomes the secret.
 */
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type {
  ProviderCredential,
  ProvisionedCredential,
} from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { KeyName } from '../control/TykControl';
import { headerNameOf } from '../model/apis';
import { newSession } from '../model/sessionBodies';
import { compareSession } from '../model/sessionComparison';
import { expiryOf } from '../model/sessions';
import type { TykSession } from '../model/sessions';
import type { ProvedContext } from './context';
import { keyIdOf, userReference, usernameOf } from './keyNames';
import {
  explain,
  isUnexplained,
  missingPolicies,
  notThere,
} from './policyChecks';
import { removalWarning, removeUnused } from './removal';
import { readSession } from './sessions';
import { activeMarker } from './technicalPolicies';

export async function putCredential(
  context: ProvedContext,
  credential: ProviderCredential,
  signal?: AbortSignal,
): Promise<ProvisionedCredential> {
  const { expiresAt } = credential;
  try {
    return await provision(
      context,
      // Tyk refuses a whole body for a fraction of a second.
      {
        ...credential,
        ...(expiresAt !== undefined && { expiresAt: Math.floor(expiresAt) }),
      },
      signal,
    );
  } catch (error) {
    // For good: no key may be left behind. Where even that fails, the caller comes back.
    if (
      error instanceof ProviderRejectedError ||
      error instanceof ProviderConflictError ||
      error instanceof ProviderUnsupportedError
    ) {
      await removeUnused(context, credential, signal);
    }
    throw error;
  }
}

/** What is shown to the consumer, and what the key is called from now on. */
type Made = Omit<ProvisionedCredential, 'expiresAt'> & { name: KeyName };

async function provision(
  context: ProvedContext,
  credential: ProviderCredential,
  signal: AbortSignal | undefined,
): Promise<ProvisionedCredential> {
  const { control, id, timing } = context;
  const apiIds = credential.products.flatMap(product =>
    product.apis.map(item => item.id),
  );
  if (apiIds.length === 0) {
    throw new ProviderRejectedError(
      `${id}: a key without any API would open all or none, so it is not made`,
    );
  }
  const { expiresAt } = credential;
  if (expiresAt !== undefined && expiresAt * 1000 <= timing.now()) {
    throw new ProviderRejectedError(
      `${id}: the credential expired before it could be made`,
    );
  }

  const [missing, headerName] = await Promise.all([
    missingPolicies(context, credential, signal),
    headerOf(context, credential, [...new Set(apiIds)], signal),
  ]);
  if (missing.length > 0) {
    await removeUnused(context, credential, signal);
    throw notThere(context, missing);
  }

  const technical =
    context.revocation === 'marker'
      ? [await activeMarker(context, credential.credentialId, signal)]
      : [];
  const body = newSession(
    await control.organisation(signal),
    credential,
    technical,
  );
  const make = () => create(context, credential, body, headerName, signal);

  const { name, ...made } = await make();
  let session = await readBack(context, name, signal);
  if (expiryOf(session) !== expiresAt) {
    // The first creation takes the plan's lifetime from now; a repetition takes ours.
    await make();
    session = await readBack(context, name, signal);
  }

  const differences = compareSession(session, { ...credential, technical });
  if (differences.length > 0) {
    await control.removeKey(name, signal);
    throw await explain(
      context,
      credential,
      `the gateway made another key than was asked for: ${differences
        .map(difference => difference.message)
        .join('; ')}`,
      'No key was left',
      ProviderConflictError,
      signal,
    );
  }
  const kept = expiryOf(session);
  const warning =
    technical.length === 0
      ? await removalWarning(context, made.reference, signal)
      : undefined;
  return {
    ...made,
    ...(kept !== undefined && { expiresAt: kept }),
    ...(warning && { warning }),
  };
}

async function create(
  context: ProvedContext,
  credential: ProviderCredential,
  body: JsonObject,
  headerName: string,
  signal: AbortSignal | undefined,
): Promise<Made> {
  try {
    return credential.kind === 'basic'
      ? await createUser(context, credential, body, headerName, signal)
      : await createToken(context, credential, body, headerName, signal);
  } catch (error) {
    if (!isUnexplained(error)) throw error;
    await removeUnused(context, credential, signal);
    throw await explain(
      context,
      credential,
      error.message,
      'No key was left',
      ProviderRejectedError,
      signal,
    );
  }
}

async function createToken(
  context: ProvedContext,
  credential: ProviderCredential,
  body: JsonObject,
  headerName: string,
  signal: AbortSignal | undefined,
): Promise<Made> {
  const { control, id } = context;
  const keyId = keyIdOf(context, credential.chosenKey);
  const { token, hash } = await control.createKey(keyId, body, signal);
  if (hash === undefined) {
    throw new ProviderUnsupportedError(
      `${id}: keys are not hashed here, so a key could only be named by its secret: set hash_keys to true`,
    );
  }
  if (token === keyId) {
    throw new ProviderUnsupportedError(
      `${id}: the gateway did not turn the key into a token, and only tokens can be revoked: update the gateway`,
    );
  }
  return {
    name: { hash },
    reference: hash,
    secret: token,
    headerName,
    headerPrefix: '',
  };
}

async function createUser(
  context: ProvedContext,
  credential: ProviderCredential,
  body: JsonObject,
  headerName: string,
  signal: AbortSignal | undefined,
): Promise<Made> {
  const { control } = context;
  const { chosenKey: password, credentialId } = credential;
  // A password has to be as good as a key.
  keyIdOf(context, password);
  const username = usernameOf(context, credentialId);
  await control.createUser(
    username,
    { ...body, basic_auth_data: { password } },
    signal,
  );
  return {
    name: { username, organisation: await control.organisation(signal) },
    reference: userReference(username),
    secret: Buffer.from(`${username}:${password}`, 'utf8').toString('base64'),
    headerName,
    headerPrefix: 'Basic ',
  };
}

async function readBack(
  context: ProvedContext,
  name: KeyName,
  signal: AbortSignal | undefined,
): Promise<TykSession> {
  const found = await readSession(context, name, signal);
  if (found) return found.session;
  throw new ProviderUnavailableError(
    `${context.id}: the gateway does not have the key that it has just made${
      'username' in name
        ? ', or does not find users by their name (disable_key_actions_by_username)'
        : ''
    }`,
  );
}

/** The header of the first API that takes a token in one; Tyk's default where none says. */
async function headerOf(
  { control }: ProvedContext,
  { kind }: ProviderCredential,
  apiIds: string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  if (kind === 'basic') return 'Authorization';
  for (const id of apiIds) {
    const definition = await control.api(id, signal);
    const name = definition && headerNameOf(definition);
    if (name) return name;
  }
  return 'Authorization';
}
