/**
 * MCP proxies, from 5.13 on: OAS APIs with a protocol of their own, at an address of their own, which the lists of APIs
 * leave out. They are administered here, not spoken.
 */
import { asText, isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { documentId, fromDocument, hasExtension } from '../apis/oas';
import type { Api } from '../apis/api';
import { newApiId } from '../apis/newId';
import { problemOf } from '../apis/validate';
import {
  changeReply,
  errorReply,
  jsonReply,
  notFoundReply,
} from '../http/message';
import type { Reply } from '../http/message';
import type { Gateway } from '../state/gateway';
import { behaves } from '../versions';
import { tryRead } from './body';
import type { Handler, Route } from './router';
import { documentView } from './views';

/** Fields of an access right that only MCP proxies have. */
const MCP_FIELDS = [
  'json_rpc_methods',
  'json_rpc_methods_access_rights',
  'mcp_primitives',
  'mcp_access_rights',
] as const;

const isMcp = ({ definition }: Pick<Api, 'definition'>): boolean =>
  definition.application_protocol === 'mcp';

/** Whether a list has this API: MCP proxies only where they are asked for, from `include_types=mcp`. */
export const isListed = (api: Api, query?: URLSearchParams): boolean =>
  !isMcp(api) ||
  (query?.get('include_types') ?? '')
    .split(',')
    .some(type => type.trim() === 'mcp');

const isEmpty = (value: JsonValue | undefined): boolean =>
  value === undefined ||
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (isJsonObject(value) && Object.values(value).every(isEmpty));

/** What is wrong with the rules for MCP in a policy, if anything is. APIs that are not loaded are not judged. */
export function mcpProblemOf(
  gateway: Gateway,
  policy: JsonObject,
): string | undefined {
  if (!behaves(gateway.settings.version, 'mcp')) return undefined;
  const rights = isJsonObject(policy.access_rights) ? policy.access_rights : {};
  for (const [id, right] of Object.entries(rights)) {
    const api = gateway.loaded.apis.get(id);
    if (!api || isMcp(api) || !isJsonObject(right)) continue;
    if (MCP_FIELDS.some(field => !isEmpty(right[field]))) {
      return `MCP fields can only be configured on MCP Proxies, API "${id}" is not an MCP Proxy`;
    }
  }
  return undefined;
}

/** Acts for a version that has MCP proxies. */
const since =
  (handle: Handler): Handler =>
  (gateway, request, ...parts) =>
    behaves(gateway.settings.version, 'mcp')
      ? handle(gateway, request, ...parts)
      : notFoundReply();

/** Acts on the proxy a path names, or says why there is none. */
function withMcp(
  gateway: Gateway,
  id: string,
  act: (document: JsonObject) => Reply,
): Reply {
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, 'API not found');
  if (!isMcp(api) || !api.oas) {
    return errorReply(404, 'API is not an MCP Proxy');
  }
  return act(api.oas);
}

const list: Handler = gateway =>
  jsonReply(
    200,
    [...gateway.loaded.apis.values()].flatMap(api =>
      isMcp(api) && api.oas ? [documentView(gateway, api.oas)] : [],
    ),
  );

const get: Handler = (gateway, _request, id) =>
  withMcp(gateway, id, document =>
    jsonReply(200, documentView(gateway, document)),
  );

const keep: Handler = (gateway, request, named) => {
  const document = tryRead(request, body => body);
  if (!document) return errorReply(400, 'Request malformed');
  if (!hasExtension(document)) {
    return errorReply(400, 'the payload should contain x-tyk-api-gateway');
  }
  const id = documentId(document) || newApiId();
  if (named !== undefined && id !== named) {
    return errorReply(
      400,
      'Request APIID does not match that in Definition! For Update operations these must match.',
    );
  }
  const { oas, definition } = fromDocument(document, gateway.url, id);
  const problem = problemOf(definition);
  if (problem !== undefined) return errorReply(400, problem);
  gateway.files.apis.set(id, {
    oas,
    definition: {
      ...definition,
      application_protocol: 'mcp',
      json_rpc_version: '2.0',
    },
  });
  return changeReply(
    named === undefined ? 'added' : 'modified',
    asText(definition.api_id),
  );
};

const update: Handler = (gateway, request, id) =>
  withMcp(gateway, id, () => keep(gateway, request, id));

const remove: Handler = (gateway, _request, id) =>
  withMcp(gateway, id, () =>
    gateway.files.apis.delete(id)
      ? changeReply('deleted', id)
      : errorReply(500, 'Delete failed'),
  );

export const mcpRoutes: Route[] = [
  { methods: ['GET'], path: 'mcps', handle: since(list) },
  { methods: ['POST'], path: 'mcps', handle: since(keep) },
  { methods: ['GET'], path: 'mcps/*', handle: since(get) },
  { methods: ['PUT'], path: 'mcps/*', handle: since(update) },
  { methods: ['DELETE'], path: 'mcps/*', handle: since(remove) },
];
