import { completeDefinition } from '../apis/classic';
import { exportDocument } from '../apis/exportDocument';
import { newApiId } from '../apis/newId';
import { problemOf } from '../apis/validate';
import { documentId, fromDocument, hasExtension } from '../apis/oas';
import type { Gateway } from '../state/gateway';
import type { JsonObject } from '../json';
import { changeReply, errorReply, jsonReply } from '../http/message';
import type { Reply } from '../http/message';
import { tryRead } from './body';
import { isListed } from './mcps';
import { importOas, listApiVersions, patchOas } from './oas';
import type { Handler, Route } from './router';
import { definitionView, documentView } from './views';

const MISMATCH =
  'Request APIID does not match that in Definition! For Update operations these must match.';
const NOT_FOUND = 'API not found';
const CLASSIC =
  'the requested API definition is in Tyk classic format, please use old api endpoint';

const list: Handler = (gateway, { query }) =>
  jsonReply(
    200,
    [...gateway.loaded.apis.values()]
      .filter(api => isListed(api, query))
      .map(api => definitionView(gateway, api)),
  );

const get: Handler = (gateway, _request, id) => {
  const api = gateway.loaded.apis.get(id);
  return api
    ? jsonReply(200, definitionView(gateway, api))
    : errorReply(404, NOT_FOUND);
};

const create: Handler = (gateway, request) => {
  const definition = tryRead(request, completeDefinition);
  if (!definition) return errorReply(400, 'Request malformed');
  const problem = problemOf(definition);
  if (problem !== undefined) return errorReply(400, problem);
  const id = String(definition.api_id || newApiId());
  gateway.files.apis.set(id, { definition: { ...definition, api_id: id } });
  return changeReply('added', id);
};

const update: Handler = (gateway, request, id) => {
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, NOT_FOUND);
  if (api.oas) {
    return errorReply(
      400,
      'this API endpoint only supports Tyk Classic APIs; please use the appropriate Tyk OAS API endpoint',
    );
  }
  const definition = tryRead(request, completeDefinition);
  if (!definition) return errorReply(400, 'Request malformed');
  if (definition.api_id !== id) return errorReply(400, MISMATCH);
  const problem = problemOf(definition);
  if (problem !== undefined) return errorReply(400, problem);
  gateway.files.apis.set(id, { definition });
  return changeReply('modified', id);
};

const remove: Handler = (gateway, _request, id) => {
  if (!gateway.loaded.apis.has(id)) return errorReply(404, NOT_FOUND);
  return gateway.files.apis.delete(id)
    ? changeReply('deleted', id)
    : errorReply(500, 'Delete failed');
};

const listOas: Handler = gateway =>
  jsonReply(
    200,
    [...gateway.loaded.apis.values()].flatMap(api =>
      api.oas && isListed(api) ? [documentView(gateway, api.oas)] : [],
    ),
  );

/** Answers with the document of an OAS API, or with why there is none. */
function withDocument(
  gateway: Gateway,
  id: string,
  answer: (document: JsonObject) => Reply,
): Reply {
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, NOT_FOUND);
  return api.oas
    ? answer(documentView(gateway, api.oas))
    : errorReply(400, CLASSIC);
}

const getOas: Handler = (gateway, _request, id) =>
  withDocument(gateway, id, document => jsonReply(200, document));

const exportOas: Handler = (gateway, request, id) =>
  withDocument(gateway, id, document =>
    exportDocument(document, id, request.query.get('mode')),
  );

function keepDocument(
  gateway: Gateway,
  document: JsonObject,
  id: string,
  action: 'added' | 'modified',
): Reply {
  const file = fromDocument(document, gateway.url, id);
  const problem = problemOf(file.definition);
  if (problem !== undefined) return errorReply(400, problem);
  gateway.files.apis.set(id, file);
  return changeReply(action, id);
}

const createOas: Handler = (gateway, request) => {
  const document = tryRead(request, body => body);
  if (!document) return errorReply(400, 'Request malformed');
  if (!hasExtension(document)) {
    return errorReply(400, 'the payload should contain x-tyk-api-gateway');
  }
  const id = documentId(document) || newApiId();
  return keepDocument(gateway, document, id, 'added');
};

const updateOas: Handler = (gateway, request, id) => {
  const document = tryRead(request, body => body);
  if (!document) return errorReply(400, 'Request malformed');
  if (!hasExtension(document)) {
    return errorReply(400, 'the payload should contain x-tyk-api-gateway');
  }
  const api = gateway.loaded.apis.get(id);
  if (!api) return errorReply(404, NOT_FOUND);
  if (!api.oas) {
    return errorReply(
      400,
      'the supplied API definition is in OAS format, please use the Tyk classic format for this API',
    );
  }
  if (documentId(document) !== id) return errorReply(400, MISMATCH);
  return keepDocument(gateway, document, id, 'modified');
};

/** `apis/oas` stands before `apis/*`, or it would be taken for the id of an API. */
export const apiRoutes: Route[] = [
  { methods: ['GET'], path: 'apis', handle: list },
  { methods: ['POST'], path: 'apis', handle: create },
  { methods: ['GET'], path: 'apis/oas', handle: listOas },
  { methods: ['POST'], path: 'apis/oas', handle: createOas },
  { methods: ['POST'], path: 'apis/oas/import', handle: importOas },
  { methods: ['GET'], path: 'apis/oas/*', handle: getOas },
  { methods: ['PUT'], path: 'apis/oas/*', handle: updateOas },
  { methods: ['PATCH'], path: 'apis/oas/*', handle: patchOas },
  { methods: ['DELETE'], path: 'apis/oas/*', handle: remove },
  { methods: ['GET'], path: 'apis/oas/*/export', handle: exportOas },
  { methods: ['GET'], path: 'apis/oas/*/versions', handle: listApiVersions },
  { methods: ['GET'], path: 'apis/*/versions', handle: listApiVersions },
  { methods: ['GET'], path: 'apis/*', handle: get },
  { methods: ['POST'], path: 'apis/*', handle: create },
  { methods: ['PUT'], path: 'apis/*', handle: update },
  { methods: ['DELETE'], path: 'apis/*', handle: remove },
];
