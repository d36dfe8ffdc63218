/**
 * Keys and basic-auth users of an open-source gateway, which are the same to it: a user is a key whose id is the name
 * and whose session has a password.
 */
import { z } from 'zod';
import { ProviderUnsupportedError } from 'backstage-plugin-api-products-node';
import type { JsonObject } from '@backstage/types';
import type { TykCalls } from '../control/TykCalls';
import type { KeyName, TykControl } from '../control/TykControl';
import type { TykAnswer } from '../http/answer';
import type { TykRequest } from '../http/TykHttpClient';
import { passwordOf } from '../model/sessions';

type GatewayKeys = Pick<
  TykControl,
  'createKey' | 'createUser' | 'readKey' | 'writeKey' | 'removeKey' | 'listKeys'
>;

const createdSchema = z.object({
  key: z.string().min(1),
  key_hash: z.string().min(1).nullish(),
});

/** The token of a user whose key is hashed is left out. */
const createdUserSchema = createdSchema.extend({ key: z.string() });

const listSchema = z.object({ keys: z.array(z.string()).nullish() });

const NO_HASHING = /hashing is not enabled/;

export function gatewayKeys(calls: TykCalls): GatewayKeys {
  const requireHashing = (operation: string, answer: TykAnswer) => {
    if (!answer.ok && NO_HASHING.test(answer.message)) {
      throw new ProviderUnsupportedError(
        `${calls.describe(
          operation,
        )} failed: keys are addressed by their hash, set hash_keys to true`,
      );
    }
  };

  const create = (
    operation: string,
    id: string,
    session: JsonObject,
    signal: AbortSignal | undefined,
  ) =>
    calls.ok({
      operation,
      method: 'POST',
      path: ['tyk', 'keys', id],
      query: { suppress_reset: '1' },
      body: session,
      secrets: [id, ...passwordOf(session)],
      signal,
    });

  return {
    createKey: async (keyId, session, signal) => {
      const operation = 'create key';
      const body = await create(operation, keyId, session, signal);
      const made = calls.parse(operation, createdSchema, body);
      return { token: made.key, hash: made.key_hash ?? undefined };
    },
    createUser: async (username, session, signal) => {
      const operation = 'create basic-auth user';
      const body = await create(operation, username, session, signal);
      const made = calls.parse(operation, createdUserSchema, body);
      return { token: made.key, hash: made.key_hash ?? undefined };
    },
    readKey: async (name, signal) => {
      const operation = 'read key';
      const answer = await calls.send({
        operation,
        method: 'GET',
        ...keyAddress(name),
        signal,
      });
      if (answer.status === 404) return undefined;
      requireHashing(operation, answer);
      return calls.object(operation, calls.expect(operation, answer));
    },
    writeKey: async (name, session, { resetQuota }, signal) => {
      const operation = 'update key';
      const { path, query, secrets = [] } = keyAddress(name);
      const answer = await calls.send({
        operation,
        method: 'PUT',
        path,
        query: { ...query, ...(resetQuota ? {} : { suppress_reset: '1' }) },
        body: session,
        secrets: [...secrets, ...passwordOf(session)],
        signal,
      });
      if (answer.status === 404) return false;
      requireHashing(operation, answer);
      calls.expect(operation, answer);
      return true;
    },
    removeKey: async (name, signal) => {
      const operation = 'remove key';
      const answer = await calls.send({
        operation,
        method: 'DELETE',
        ...keyAddress(name),
        signal,
      });
      if (answer.status === 404) return false;
      requireHashing(operation, answer);
      calls.expect(operation, answer);
      return true;
    },
    listKeys: async signal => {
      const operation = 'list keys';
      const answer = await calls.send({
        operation,
        method: 'GET',
        path: ['tyk', 'keys'],
        signal,
      });
      if (answer.status === 404) {
        throw new ProviderUnsupportedError(
          `${calls.describe(
            operation,
          )} failed: the gateway does not list them, set enable_hashed_keys_listing to true`,
        );
      }
      const body = calls.expect(operation, answer);
      return calls.parse(operation, listSchema, body).keys ?? [];
    },
  };
}

function keyAddress(
  name: KeyName,
): Pick<TykRequest, 'path' | 'secrets'> & { query: Record<string, string> } {
  if ('hash' in name) {
    return { path: ['tyk', 'keys', name.hash], query: { hashed: 'true' } };
  }
  if ('username' in name) {
    return {
      path: ['tyk', 'keys', name.username],
      query: { username: 'true', org_id: name.organisation },
    };
  }
  return {
    path: ['tyk', 'keys', name.token],
    query: name.organisation ? { org_id: name.organisation } : {},
    secrets: [name.token],
  };
}
