/** What the Gateway API does with OAS documents beyond reading and replacing them. */
import { withWishes, imported, readWishes } from '../apis/importOas';
import { newApiId } from '../apis/newId';
import { EXTENSION, documentId, fromDocument, hasExtension } from '../apis/oas';
import { listVersions } from '../apis/listVersions';
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

/** `GET /tyk/apis/{id}/versions`, for OAS APIs too. */
export const listApiVersions: Handler = (gateway, { query }, id) => {
  const { apis } = gateway.loaded;
  const base = apis.get(id);
  return base
    ? jsonReply(200, {
        status: 'success',
        apis: listVersions(base, version => apis.get(version), query),
      })
    : errorReply(404, 'API not found');
};
