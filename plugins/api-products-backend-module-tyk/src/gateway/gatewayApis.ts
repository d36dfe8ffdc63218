/**
 * APIs of an open-source gateway. A classic API and an OAS API have addresses of their own, and the gateway answers
 * 400 to the one with the other's.
 */
import type { JsonObject } from '@backstage/types';
import { sharedWithin } from '../control/sharedWithin';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { ProviderUnsupportedError } from 'backstage-plugin-api-products-node';
import { apiDefinitionSchema, listedDefinitionSchema } from '../model/apis';
import { documentIdOf } from '../model/oas';

type GatewayApis = Pick<
  TykControl,
  | 'apis'
  | 'describedApis'
  | 'api'
  | 'apiDocument'
  | 'writeApiDocument'
  | 'oasDocument'
  | 'writeOasDocument'
  | 'publicOasDocument'
  | 'refresh'
  | 'identityProviders'
  | 'mapAtIdentityProvider'
>;

const IS_CLASSIC = /classic format/i;

export function gatewayApis(calls: TykCalls): GatewayApis {
  const apiDocument: TykControl['apiDocument'] = async (id, signal) => {
    const operation = `read API ${id}`;
    const answer = await calls.send({
      operation,
      method: 'GET',
      path: ['tyk', 'apis', id],
      signal,
    });
    if (answer.status === 404) return undefined;
    return calls.object(operation, calls.expect(operation, answer));
  };

  const oas = async (
    operation: string,
    path: string[],
    query: Record<string, string>,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject | undefined> => {
    const answer = await calls.send({
      operation,
      method: 'GET',
      path: ['tyk', 'apis', 'oas', ...path],
      query,
      signal,
    });
    if (answer.status === 404) return undefined;
    if (answer.status === 400 && !answer.ok) {
      if (IS_CLASSIC.test(answer.message)) return undefined;
    }
    return calls.object(operation, calls.expect(operation, answer));
  };

  const write = async (
    operation: string,
    path: string[],
    body: JsonObject,
    signal: AbortSignal | undefined,
  ) => {
    await calls.ok({
      operation,
      method: 'PUT',
      path: ['tyk', 'apis', ...path],
      body,
      signal,
    });
  };

  const list = async (
    operation: string,
    path: string[],
    signal: AbortSignal | undefined,
    query: Record<string, string> = {},
  ) => {
    const body = await calls.ok({
      operation,
      method: 'GET',
      path: ['tyk', 'apis', ...path],
      query,
      signal,
    });
    return calls.objects(operation, body);
  };

  const apis = sharedWithin(async signal => {
    const operation = 'list APIs';
    // Since 5.13 the list leaves MCP proxies out unless they are asked for.
    const found = await list(operation, [], signal, { include_types: 'mcp' });
    return found.map(item =>
      calls.parse(operation, listedDefinitionSchema, item),
    );
  });

  return {
    apiDocument,
    apis,
    describedApis: async signal => {
      const definitions = await apis(signal);
      // Before 4.1 there is no such list, and nothing that would be on it.
      if (!definitions.some(({ is_oas: isOas }) => isOas)) {
        return definitions.map(definition => ({ definition }));
      }
      const documents = new Map<string, JsonObject>();
      for (const document of await list('list OAS APIs', ['oas'], signal)) {
        const id = documentIdOf(document);
        if (id !== undefined) documents.set(id, document);
      }
      return definitions.map(definition => {
        const document = documents.get(definition.api_id);
        return { definition, ...(document && { document }) };
      });
    },
    api: async (id, signal) => {
      const document = await apiDocument(id, signal);
      return (
        document && calls.parse(`read API ${id}`, apiDefinitionSchema, document)
      );
    },
    writeApiDocument: (id, document, signal) =>
      write(`update API ${id}`, [id], document, signal),
    oasDocument: (id, signal) =>
      oas(`read OAS document of API ${id}`, [id], {}, signal),
    writeOasDocument: (id, document, signal) =>
      write(`update OAS document of API ${id}`, ['oas', id], document, signal),
    publicOasDocument: (id, signal) =>
      oas(
        `export OAS document of API ${id}`,
        [id, 'export'],
        { mode: 'public' },
        signal,
      ),
    // What is read is what is loaded: by this node, which answers when it has done so.
    refresh: async signal => {
      await calls.ok({
        operation: 'reload APIs',
        method: 'GET',
        path: ['tyk', 'reload'],
        query: { block: 'true' },
        signal,
      });
    },
    identityProviders: async () => undefined,
    mapAtIdentityProvider: async () => {
      throw new ProviderUnsupportedError(
        `${calls.describe(
          'map scopes',
        )} failed: a gateway has no registry of identity providers`,
      );
    },
  };
}
