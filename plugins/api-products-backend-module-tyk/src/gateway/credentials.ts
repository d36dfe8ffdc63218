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
import type { JsonObject } from '@backstage/types';
import {
  ProviderConflictError,
  ProviderRejectedError,
  ProviderUnavailableError,
  ProviderUnsupportedError,
} from 'backstage-plugin-api-products-node';
import type {
  OfferingReference,
  ProviderCredential,
  ProvisionedCredential,
} from 'backstage-plugin-api-products-node';
import { headerNameOf } from '../model/apis';
import { planPolicy, productPolicy } from '../model/policies';
import { compareSession, policyIdsOf } from '../model/sessionComparison';
import { expiryOf } from '../model/sessions';
import type { TykSession } from '../model/sessions';
import type { GatewayContext } from './context';
import type { CreatedKey } from './GatewayApi';
import type { Drafting } from './offerings';
import { keyIdOf, removeByChosenKey } from './removal';

/** All that Tyk says of a custom key with wrong policies: one that has just gone looks like one that is wrong. */
const UNEXPLAINED = /ensure security settings are correct/;

/** Fields of a policy that make the difference between the key that was asked for and another one. */
const PRODUCT_FIELDS = new Set([
  'access_rights',
  'is_inactive',
  'org_id',
  'partitions',
]);
const PLAN_FIELDS = new Set([
  'is_inactive',
  'org_id',
  'partitions',
  'per',
  'quota_max',
  'quota_renewal_rate',
  'rate',
]);

/** @internal */
export async function putCredential(
  context: GatewayContext,
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
      await removeByChosenKey(context, credential.chosenKey, signal);
    }
    throw error;
  }
}

async function provision(
  context: GatewayContext,
  credential: ProviderCredential,
  signal: AbortSignal | undefined,
): Promise<ProvisionedCredential> {
  const { api, id, timing } = context;
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
    headerOf(context, [...new Set(apiIds)], signal),
  ]);
  if (missing.length > 0) {
    await removeByChosenKey(context, credential.chosenKey, signal);
    throw notThere(context, missing);
  }

  const key = await create(context, credential, signal);
  const { hash } = key;
  if (hash === undefined) {
    throw new ProviderUnsupportedError(
      `${id}: keys are not hashed here, so a key could only be named by its secret: set hash_keys to true`,
    );
  }
  if (key.token === keyIdOf(context, credential.chosenKey)) {
    throw new ProviderUnsupportedError(
      `${id}: the gateway did not turn the key into a token, and only tokens can be revoked: update the gateway`,
    );
  }
  let session = await readBack(context, hash, signal);
  if (expiryOf(session) !== expiresAt) {
    // The first creation takes the plan's lifetime from now; a repetition takes ours.
    await create(context, credential, signal);
    session = await readBack(context, hash, signal);
  }

  const differences = compareSession(session, credential);
  if (differences.length > 0) {
    await api.removeKey({ hash }, signal);
    throw await explain(
      context,
      credential,
      `the gateway made another key than was asked for: ${differences
        .map(difference => difference.message)
        .join('; ')}`,
      ProviderConflictError,
      signal,
    );
  }
  const kept = expiryOf(session);
  return {
    reference: hash,
    secret: key.token,
    headerName,
    headerPrefix: '',
    ...(kept !== undefined && { expiresAt: kept }),
  };
}

async function create(
  context: GatewayContext,
  credential: ProviderCredential,
  signal: AbortSignal | undefined,
): Promise<CreatedKey> {
  const keyId = keyIdOf(context, credential.chosenKey);
  try {
    return await context.api.createKey(
      keyId,
      sessionBody(context, credential),
      signal,
    );
  } catch (error) {
    if (!(error instanceof ProviderRejectedError)) throw error;
    if (!UNEXPLAINED.test(error.message)) throw error;
    await removeByChosenKey(context, credential.chosenKey, signal);
    throw await explain(
      context,
      credential,
      error.message,
      ProviderRejectedError,
      signal,
    );
  }
}

function sessionBody(
  { organisation }: GatewayContext,
  credential: ProviderCredential,
): JsonObject {
  return {
    org_id: organisation,
    apply_policies: policyIdsOf(credential),
    expires: credential.expiresAt ?? 0,
    alias: credential.alias,
    tags: credential.tags,
    meta_data: {
      ...credential.metadata,
      credential_id: credential.credentialId,
    },
  };
}

async function readBack(
  { api, id }: GatewayContext,
  hash: string,
  signal: AbortSignal | undefined,
): Promise<TykSession> {
  const session = await api.readKey({ hash }, signal);
  if (session) return session;
  throw new ProviderUnavailableError(
    `${id}: the gateway does not have the key that it has just made`,
  );
}

async function missingPolicies(
  { api }: GatewayContext,
  credential: ProviderCredential,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const ids = policyIdsOf(credential);
  const found = await Promise.all(ids.map(id => api.policy(id, signal)));
  return ids.filter((_, index) => found[index] === undefined);
}

function notThere(
  { id }: GatewayContext,
  missing: string[],
): ProviderUnavailableError {
  return new ProviderUnavailableError(
    `${id}: the gateway does not know ${
      missing.length === 1 ? 'policy' : 'policies'
    } ${missing.join(', ')}, so no key is made until it does`,
  );
}

/**
 * Why Tyk made another key, or none, which decides whether to try again: a policy that is missing, or that is right by
 * now, will do the next time; one that was changed at the gateway needs somebody to look.
 */
async function explain(
  context: GatewayContext,
  credential: ProviderCredential,
  text: string,
  Permanent: typeof ProviderConflictError | typeof ProviderRejectedError,
  signal: AbortSignal | undefined,
): Promise<Error> {
  const missing: string[] = [];
  const changed: string[] = [];
  const look = async (
    { policyId }: OfferingReference,
    fields: ReadonlySet<string>,
    drafting: Drafting,
  ) => {
    const current = await context.api.policy(policyId, signal);
    if (current === undefined) {
      missing.push(policyId);
      return;
    }
    const { organisation, tags } = context;
    const found = drafting(current, {
      id: policyId,
      organisation,
      tags,
    }).differences.filter(name => fields.has(name));
    if (found.length > 0) changed.push(`${policyId} (${found.join(', ')})`);
  };
  for (const product of credential.products) {
    await look(product.reference, PRODUCT_FIELDS, (current, frame) =>
      productPolicy(current, product, frame),
    );
  }
  await look(credential.plan.reference, PLAN_FIELDS, (current, frame) =>
    planPolicy(current, credential.plan, frame),
  );
  if (missing.length > 0) return notThere(context, missing);

  const said = text.startsWith(context.id) ? text : `${context.id}: ${text}`;
  return changed.length > 0
    ? new Permanent(
        `${said}. At the gateway these policies are not as the portal has them: ${changed.join(
          ', ',
        )}`,
      )
    : new ProviderUnavailableError(`${said}. No key was left`);
}

/** The header of the first API that takes a token in one; Tyk's default where none says. */
async function headerOf(
  { api }: GatewayContext,
  apiIds: string[],
  signal: AbortSignal | undefined,
): Promise<string> {
  for (const id of apiIds) {
    const definition = await api.api(id, signal);
    const name = definition && headerNameOf(definition);
    if (name) return name;
  }
  return 'Authorization';
}
