/**
 * APIs of an open-source gateway. A classic API and an OAS API have addresses of their own, and the gateway answers
 * 400 to the one with the other's.
 */
import type { JsonObject } from '@backstage/types';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { apiDefinitionSchema } from '../model/apis';

type GatewayApis = Pick<
  TykControl,
  | 'apis'
  | 'api'
  | 'apiDocument'
  | 'writeApiDocument'
  | 'oasDocument'
  | 'writeOasDocument'
  | 'publicOasDocument'
>;

const IS_CLASSIC = /classic format/i;

/** @internal */
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

  return {
    apiDocument,
    apis: async signal => {
      const operation = 'list APIs';
      const body = await calls.ok({
        operation,
        method: 'GET',
        path: ['tyk', 'apis'],
        signal,
      });
      return calls
        .list(operation, body)
        .map(item => calls.parse(operation, apiDefinitionSchema, item));
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
  };
}
