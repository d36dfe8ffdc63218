/**
 * APIs of a Dashboard: classic definitions in an envelope of the Dashboard's own, OAS documents as they are.
 */
import type { JsonObject } from '@backstage/types';
import { sharedWithin } from '../control/sharedWithin';
import type { TykCalls } from '../control/TykCalls';
import type { TykControl } from '../control/TykControl';
import { envelopeField, isJsonObject } from '../http/answer';
import { apiDefinitionSchema, listedDefinitionSchema } from '../model/apis';
import { wholeList } from './pages';

type DashboardApis = Pick<
  TykControl,
  | 'apis'
  | 'describedApis'
  | 'api'
  | 'apiDocument'
  | 'writeApiDocument'
  | 'oasDocument'
  | 'writeOasDocument'
  | 'publicOasDocument'
  | 'reload'
  | 'refresh'
>;

/** 404 by the Dashboard's own description; some versions say so with a 400. */
const NO_SUCH_API = /could not retrieve api|not exist|not found/i;

export function dashboardApis(calls: TykCalls): DashboardApis {
  const read = async (
    operation: string,
    below: string[],
    query: Record<string, string>,
    isAbsent: (answer: { status: number; message: string }) => boolean,
    signal: AbortSignal | undefined,
  ): Promise<JsonObject | undefined> => {
    const answer = await calls.send({
      operation,
      method: 'GET',
      path: ['api', 'apis', ...below],
      query,
      signal,
    });
    if (!answer.ok && isAbsent(answer)) return undefined;
    return calls.object(operation, calls.expect(operation, answer));
  };

  const envelope = (id: string, signal: AbortSignal | undefined) =>
    read(
      `read API ${id}`,
      [id],
      {},
      ({ status, message }) =>
        status === 404 || (status === 400 && NO_SUCH_API.test(message)),
      signal,
    );

  const apiDocument: TykControl['apiDocument'] = async (id, signal) => {
    const found = await envelope(id, signal);
    return (
      found &&
      calls.object(`read API ${id}`, envelopeField(found, 'api_definition'))
    );
  };

  /** A classic API at the address of OAS documents is a 400. */
  const oas = (
    operation: string,
    below: string[],
    query: Record<string, string>,
    signal: AbortSignal | undefined,
  ) =>
    read(
      operation,
      ['oas', ...below],
      query,
      ({ status }) => status === 400 || status === 404,
      signal,
    );

  const list = sharedWithin(async signal => {
    const operation = 'list APIs';
    const items = await wholeList(calls, {
      operation,
      path: ['api', 'apis'],
      items: body => envelopeField(body, 'apis'),
      signal,
    });
    return items.map(item => ({
      definition: calls.parse(
        operation,
        listedDefinitionSchema,
        envelopeField(item, 'api_definition'),
      ),
      document: envelopeField(item, 'oas'),
    }));
  });

  const oasDocument: TykControl['oasDocument'] = (id, signal) =>
    oas(`read OAS document of API ${id}`, [id], {}, signal);

  return {
    apiDocument,
    apis: async signal =>
      (await list(signal)).map(({ definition }) => definition),
    describedApis: async signal =>
      Promise.all(
        (await list(signal)).map(async ({ definition, document: listed }) => {
          if (!definition.is_oas) return { definition };
          // Most Dashboards list it; the calls for those that do not are bounded by the client.
          const document = isJsonObject(listed)
            ? listed
            : await oasDocument(definition.api_id, signal);
          return { definition, ...(document && { document }) };
        }),
      ),
    api: async (id, signal) => {
      const document = await apiDocument(id, signal);
      return (
        document && calls.parse(`read API ${id}`, apiDefinitionSchema, document)
      );
    },
    writeApiDocument: async (id, document, signal) => {
      const operation = `update API ${id}`;
      // The rest of the envelope (owners, hooks, category) is replaced with it, so it has to be sent along.
      const current = await envelope(id, signal);
      await calls.ok({
        operation,
        method: 'PUT',
        path: ['api', 'apis', id],
        body: { ...current, api_definition: document },
        signal,
      });
    },
    oasDocument,
    writeOasDocument: async (id, document, signal) => {
      await calls.ok({
        operation: `update OAS document of API ${id}`,
        method: 'PUT',
        path: ['api', 'apis', 'oas', id],
        body: document,
        signal,
      });
    },
    publicOasDocument: (id, signal) =>
      oas(
        `export OAS document of API ${id}`,
        [id, 'export'],
        { mode: 'public' },
        signal,
      ),
    // The Dashboard tells its gateways by itself.
    reload: async () => {},
    // What is read is what was written.
    refresh: async () => {},
  };
}
