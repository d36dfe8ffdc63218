/** What the Gateway API does with OAS documents beyond reading and replacing them. */
import { withWishes, imported, readWishes } from '../apis/importOas';
import { newApiId } from '../apis/newId';
import {
  EXTENSION,
  documentId,
  fromDocument,
  hasExtension,
} from '../apis/oas';
import type { Api } from '../apis/api';
import { asObject, asText } from '../json';
import type { JsonObject } from '../json';
import { changeReply, errorReply, jsonReply } from '../http/message';
import { tryRead } from './body';
import type { Handler } from './router';

/** `POST /tyk/apis/oas/import`: an API for a document without extension. */
export const importOas: Handler = (gateway, request) => {
  const document = tryRead(request, body => body);
  if (!document) return errorReply(400, 'Request malformed');
  if (hasExtension(document)) {
    return errorReply(
      400,
      'the import payload should not contain x-tyk-api-gateway',
    );
  }
  const result = imported(document, readWishes(request.query));
  if ('error' in result) return errorReply(400, result.error);
  const id = documentId(result.document) || newApiId();
  gateway.files.apis.set(id, fromDocument(result.document, gateway.url, id));
  return changeReply('added', id);
};

/** `PATCH /tyk/apis/oas/{id}`: another document, and of the extension only what is given or wished. */
export const patchOas: Handler = (gateway, request, id) => {
  const patch = tryRead(request, body => body);
  if (!patch) return errorReply(400, 'Request malformed');
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, 'API not found');
  if (!api.oas) {
    return errorReply(
      400,
      'the supplied API definition is in OAS format, please use the Tyk classic format for this API',
    );
  }
  const wishes = readWishes(request.query);
  const merged: JsonObject = {
    ...patch,
    servers: patch.servers ?? api.oas.servers,
    [EXTENSION]: patch[EXTENSION] ?? api.oas[EXTENSION],
  };
  const result = wishes ? withWishes(merged, wishes) : { document: merged };
  if ('error' in result) return errorReply(400, result.error);
  if (documentId(result.document) !== id) {
    return errorReply(
      400,
      'Request APIID does not match that in Definition! For Update operations these must match.',
    );
  }
  gateway.files.apis.set(id, fromDocument(result.document, gateway.url, id));
  return changeReply('modified', id);
};

/** `GET /tyk/apis/{id}/versions`, for OAS APIs too: the API itself first, then its versions by name. */
export const listVersions: Handler = (gateway, { query }, id) => {
  const base = gateway.loaded.apis.get(id);
  if (!base) return errorReply(404, 'API not found');
  const definition = asObject(base.definition.definition);
  const own = asText(definition.name);
  const standard = definition.default === 'self' ? own : definition.default;
  const others = Object.entries(asObject(definition.versions))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, versionId]) => {
      const api = gateway.loaded.apis.get(asText(versionId));
      return api ? [{ name, api }] : [];
    });
  const versions = [{ name: own, api: base }, ...others].filter(
    ({ name, api }) => isAskedFor(api, name, query),
  );
  return jsonReply(200, {
    status: 'success',
    apis: versions.map(({ name, api }) => ({
      id: api.id,
      name: asText(api.definition.name),
      versionName: name,
      internal: api.definition.internal === true,
      expirationDate: asText(api.definition.expiration),
      isDefaultVersion: standard === name,
    })),
  });
};

function isAskedFor(
  { definition }: Api,
  name: string,
  query: URLSearchParams,
): boolean {
  const type = query.get('accessType');
  const internal = definition.internal === true;
  if (type === 'internal' && !internal) return false;
  if (type === 'external' && internal) return false;
  const text = (query.get('searchText') ?? '').toLowerCase();
  return name.toLowerCase().includes(text);
}
