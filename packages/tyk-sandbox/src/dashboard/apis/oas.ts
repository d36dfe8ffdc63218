/** OAS APIs: bare documents, with the vendor extension. */
import type { ApiFile } from '../../apis/api';
import { exportDocument } from '../../apis/exportDocument';
import { newApiId } from '../../apis/newId';
import { imported, readWishes, withWishes } from '../../apis/importOas';
import { listVersions } from '../../apis/listVersions';
import {
  EXTENSION,
  documentId,
  fromDocument,
  hasExtension,
} from '../../apis/oas';
import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { jsonReply } from '../../http/message';
import type { Reply } from '../../http/message';
import { withBody } from '../body';
import { failReply, okReply } from '../envelope';
import type { DashboardHandler, DashboardRoute } from '../router';
import { newDatabaseId } from '../state';
import type { Dashboard } from '../state';
import { DOES_NOT_EXIST, SAME_URL } from './classic';
import { apiDatabaseId } from './envelope';
import { dropApi, findApi, isPathTaken, saveApi } from './store';

const NO_DETAIL = 'Could not retrieve API detail.';
const INVALID_ID = 'Invalid `ID` value';
const HAS_EXTENSION =
  'The import payload should not contain x-tyk-api-gateway.';
const NO_EXTENSION = 'The payload should contain x-tyk-api-gateway.';

interface OasFile extends ApiFile {
  oas: JsonObject;
}

/** An OAS API; a classic one is no such. */
function findOas(dashboard: Dashboard, id: string): OasFile | undefined {
  const file = findApi(dashboard, id);
  return file?.oas && { ...file, oas: file.oas };
}

function withInfo(document: JsonObject, own: JsonObject): JsonObject {
  const extension = asObject(document[EXTENSION]);
  const info = { ...asObject(extension.info), ...own };
  return { ...document, [EXTENSION]: { ...extension, info } };
}

/** The document with both ids, as it is answered. */
function documentOf({ definition, oas }: OasFile): JsonObject {
  return withInfo(oas, { dbId: apiDatabaseId(definition) });
}

/** What is kept of a document; `databaseId` stays what it was. */
function fileOf(
  dashboard: Dashboard,
  document: JsonObject,
  ids: { id: string; databaseId: string },
): ApiFile {
  const { id, databaseId } = ids;
  const owned = withInfo(document, {
    id,
    dbId: databaseId,
    orgId: dashboard.orgId,
  });
  const file = fromDocument(owned, dashboard.gateway.url, id);
  return { ...file, definition: { ...file.definition, id: databaseId } };
}

const get: DashboardHandler = (dashboard, _request, id) => {
  const file = findOas(dashboard, id);
  return file ? jsonReply(200, documentOf(file)) : failReply(400, NO_DETAIL);
};

const download: DashboardHandler = (dashboard, request, id) => {
  const file = findOas(dashboard, id);
  if (!file) return failReply(400, NO_DETAIL);
  const apiId = asText(file.definition.api_id);
  return exportDocument(documentOf(file), apiId, request.query.get('mode'));
};

/** Keeps a document as a new API. */
function add(dashboard: Dashboard, document: JsonObject): Reply {
  const id = documentId(document) || newApiId();
  if (dashboard.gateway.files.apis.has(id)) {
    return failReply(409, 'Found API with the same ID.');
  }
  const databaseId = newDatabaseId();
  return (
    keep(dashboard, document, { id, databaseId }) ??
    okReply('API created', databaseId, id)
  );
}

const create: DashboardHandler = (dashboard, request) =>
  withBody(
    request,
    body => body,
    document =>
      hasExtension(document)
        ? add(dashboard, document)
        : failReply(400, NO_EXTENSION),
  );

/** Makes the extension, as the query wishes. */
const importDocument: DashboardHandler = (dashboard, request) =>
  withBody(
    request,
    body => body,
    document => {
      if (hasExtension(document)) return failReply(400, HAS_EXTENSION);
      const result = imported(document, readWishes(request.query));
      return 'error' in result
        ? failReply(400, result.error)
        : add(dashboard, result.document);
    },
  );

/** Keeps a document, unless another API listens there. */
function keep(
  dashboard: Dashboard,
  document: JsonObject,
  ids: { id: string; databaseId: string },
): Reply | undefined {
  const file = fileOf(dashboard, document, ids);
  if (isPathTaken(dashboard, file.definition)) return failReply(403, SAME_URL);
  saveApi(dashboard, file);
  return undefined;
}

const update: DashboardHandler = (dashboard, request, id) =>
  withBody(
    request,
    body => body,
    document => {
      if (!hasExtension(document)) return failReply(400, NO_EXTENSION);
      const file = findApi(dashboard, id);
      if (!file) return failReply(404, DOES_NOT_EXIST);
      if (!file.oas) return failReply(400, NO_DETAIL);
      const own = asText(file.definition.api_id);
      if (![own, ''].includes(documentId(document))) {
        return failReply(400, INVALID_ID);
      }
      const databaseId = apiDatabaseId(file.definition);
      return (
        keep(dashboard, document, { id: own, databaseId }) ??
        okReply('API updated.')
      );
    },
  );

/** Without the extension the one that is there stays, changed as the query wishes. */
const patch: DashboardHandler = (dashboard, request, id) =>
  withBody(
    request,
    body => body,
    document => {
      const file = findOas(dashboard, id);
      if (!file) return failReply(404, 'API not found.');
      const own = asText(file.definition.api_id);
      const databaseId = apiDatabaseId(file.definition);
      const merged = {
        ...document,
        servers: document.servers ?? file.oas.servers,
        [EXTENSION]: document[EXTENSION] ?? file.oas[EXTENSION],
      };
      const wishes = readWishes(request.query);
      const result = wishes ? withWishes(merged, wishes) : { document: merged };
      if ('error' in result) return failReply(400, result.error);
      if (![own, ''].includes(documentId(result.document))) {
        return failReply(400, INVALID_ID);
      }
      return (
        keep(dashboard, result.document, { id: own, databaseId }) ??
        okReply('API updated')
      );
    },
  );

const remove: DashboardHandler = (dashboard, _request, id) => {
  const file = findOas(dashboard, id);
  if (!file) return failReply(404, NO_DETAIL);
  dropApi(dashboard, file);
  return okReply('API deleted.');
};

const versions: DashboardHandler = (dashboard, { query }, id) => {
  const file = findOas(dashboard, id);
  return file
    ? jsonReply(200, {
        apis: listVersions(file, api => findApi(dashboard, api), query),
      })
    : failReply(404, NO_DETAIL);
};

const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({
  method,
  path: `apis/oas${path}`,
  area: 'apis',
  handle,
});

export const oasRoutes: DashboardRoute[] = [
  at('POST', '', create),
  at('POST', '/import', importDocument),
  at('GET', '/*', get),
  at('PUT', '/*', update),
  at('PATCH', '/*', patch),
  at('DELETE', '/*', remove),
  at('GET', '/*/export', download),
  at('GET', '/*/versions', versions),
];
