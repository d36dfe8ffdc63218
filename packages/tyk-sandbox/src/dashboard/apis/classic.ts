import { completeDefinition } from '../../apis/classic';
import { asText, isJsonObject } from '../../json';
import type { JsonObject } from '../../json';
import { jsonReply } from '../../http/message';
import { MalformedError } from '../../model/decode';
import { newApiId } from '../../apis/newId';
import { withBody } from '../body';
import { failReply, okReply, pageOf } from '../envelope';
import type { DashboardHandler, DashboardRoute } from '../router';
import { newDatabaseId } from '../state';
import { apiDatabaseId, withEnvelope } from './envelope';
import { foundApis } from './search';
import { dropApi, findApi, isPathTaken, saveApi } from './store';

export const SAME_URL = 'Found API with same url.';
export const DOES_NOT_EXIST = 'API definition does not exist';

/** The definition in its envelope. */
function readEnvelope(body: JsonObject): JsonObject {
  if (!isJsonObject(body.api_definition)) {
    throw new MalformedError('no definition');
  }
  return completeDefinition(body.api_definition);
}

const list: DashboardHandler = (dashboard, request) => {
  const files = foundApis(dashboard, request.query);
  const { items, pages } = pageOf(dashboard, request, files);
  return jsonReply(200, {
    apis: items.map(file => withEnvelope(dashboard, file)),
    pages,
  });
};

const get: DashboardHandler = (dashboard, _request, id) => {
  const file = findApi(dashboard, id);
  return file
    ? jsonReply(200, withEnvelope(dashboard, file))
    : failReply(400, 'Could not retrieve API detail');
};

const create: DashboardHandler = (dashboard, request) =>
  withBody(request, readEnvelope, body => {
    const definition: JsonObject = {
      ...body,
      api_id: asText(body.api_id) || newApiId(),
      id: newDatabaseId(),
      org_id: dashboard.orgId,
    };
    const id = asText(definition.api_id);
    if (dashboard.gateway.files.apis.has(id)) {
      return failReply(409, 'Found API with the same ID');
    }
    if (isPathTaken(dashboard, definition)) return failReply(403, SAME_URL);
    saveApi(dashboard, { definition });
    return okReply('API created', apiDatabaseId(definition), id);
  });

const update: DashboardHandler = (dashboard, request, id) =>
  withBody(request, readEnvelope, body => {
    const file = findApi(dashboard, id);
    if (!file) return failReply(404, DOES_NOT_EXIST);
    if (file.oas) {
      return failReply(
        400,
        'this API endpoint only supports Tyk Classic APIs; please use the appropriate Tyk OAS API endpoint',
      );
    }
    const own = asText(file.definition.api_id);
    if (asText(body.api_id) !== own) {
      return failReply(400, 'Invalid `ID` value');
    }
    const definition = {
      ...body,
      id: apiDatabaseId(file.definition),
      org_id: dashboard.orgId,
    };
    if (isPathTaken(dashboard, definition)) return failReply(403, SAME_URL);
    saveApi(dashboard, { definition });
    return okReply('API updated');
  });

const removeApi: DashboardHandler = (dashboard, _request, id) => {
  const file = findApi(dashboard, id);
  if (!file) return failReply(404, 'Could not retrieve API detail');
  dropApi(dashboard, file);
  return okReply('API deleted');
};

const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({ method, path: `apis${path}`, area: 'apis', handle });

export const classicRoutes: DashboardRoute[] = [
  at('GET', '', list),
  at('POST', '', create),
  at('GET', '/search', list),
  at('GET', '/*', get),
  at('PUT', '/*', update),
  at('DELETE', '/*', removeApi),
];
