/** OAuth clients, which Gateway and Dashboard have at different addresses, but write and answer alike. */
import { z } from 'zod';
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../http/answer';
import type { TykRequest } from '../http/TykHttpClient';
import type { TykCalls } from './TykCalls';
import type {
  NewOAuthClient,
  OAuthClientRecord,
  TykControl,
} from './TykControl';

type OAuthCalls = Pick<
  TykControl,
  | 'createOAuthClient'
  | 'oauthClients'
  | 'oauthClient'
  | 'removeOAuthClient'
  | 'oauthTokens'
>;

/** In what the two differ. */
interface OAuthAddresses {
  /** Of the clients of an API. */
  clients(apiId: string): string[];
  /** Where a new one is posted, and what has to be said besides. */
  creation(apiId: string): { path: string[]; more: JsonObject };
  list(
    request: Pick<TykRequest, 'operation' | 'path' | 'signal'>,
  ): Promise<JsonValue[]>;
}

const text = z
  .string()
  .nullish()
  .transform(value => value ?? '');

const clientSchema = z.object({
  client_id: z.string().min(1),
  secret: text,
  redirect_uri: text,
  policy_id: text,
  description: text,
});

const tokensSchema = z.array(z.object({ code: z.string().min(1) })).nullish();

function write(client: NewOAuthClient): JsonObject {
  return {
    ...(client.clientId !== undefined && { client_id: client.clientId }),
    ...(client.secret !== undefined && { secret: client.secret }),
    redirect_uri: client.redirectUri,
    policy_id: client.policyId,
    description: client.description,
    meta_data: client.metadata,
  };
}

export function oauthClientCalls(
  calls: TykCalls,
  { clients, creation, list }: OAuthAddresses,
): OAuthCalls {
  const read = (operation: string, body: JsonValue): OAuthClientRecord => {
    const raw = calls.object(operation, body);
    const client = calls.parse(operation, clientSchema, raw);
    return {
      clientId: client.client_id,
      secret: client.secret,
      redirectUri: client.redirect_uri,
      policyId: client.policy_id,
      description: client.description,
      metadata: isJsonObject(raw.meta_data) ? raw.meta_data : {},
    };
  };

  /** The body, or undefined where there is no such client. */
  const ask = async (
    method: 'GET' | 'DELETE',
    operation: string,
    path: string[],
    signal: AbortSignal | undefined,
  ): Promise<JsonValue | undefined> => {
    const answer = await calls.send({ operation, method, path, signal });
    return answer.status === 404 ? undefined : calls.expect(operation, answer);
  };

  return {
    createOAuthClient: async (apiId, client, signal) => {
      const operation = `create OAuth client at API ${apiId}`;
      const { path, more } = creation(apiId);
      const body = await calls.ok({
        operation,
        method: 'POST',
        path,
        body: { ...write(client), ...more },
        secrets: client.secret === undefined ? [] : [client.secret],
        signal,
      });
      return read(operation, body);
    },
    oauthClients: async (apiId, signal) => {
      const operation = `list OAuth clients of API ${apiId}`;
      const found = await list({ operation, path: clients(apiId), signal });
      return found.map(item => read(operation, item));
    },
    oauthClient: async (apiId, clientId, signal) => {
      const operation = `read OAuth client of API ${apiId}`;
      const path = [...clients(apiId), clientId];
      const body = await ask('GET', operation, path, signal);
      return body === undefined ? undefined : read(operation, body);
    },
    removeOAuthClient: async (apiId, clientId, signal) => {
      const operation = `remove OAuth client of API ${apiId}`;
      const path = [...clients(apiId), clientId];
      return (await ask('DELETE', operation, path, signal)) !== undefined;
    },
    oauthTokens: async (apiId, clientId, signal) => {
      const operation = `list tokens of an OAuth client of API ${apiId}`;
      const path = [...clients(apiId), clientId, 'tokens'];
      const body = await ask('GET', operation, path, signal);
      if (body === undefined) return [];
      const tokens = calls.parse(operation, tokensSchema, body);
      return (tokens ?? []).map(({ code }) => code);
    },
  };
}
