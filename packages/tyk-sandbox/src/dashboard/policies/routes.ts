import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { jsonReply } from '../../http/message';
import type { GatewayRequest, Reply } from '../../http/message';
import { readPolicy } from '../../model/policy';
import { withBody } from '../body';
import { failReply, okReply, pageOf } from '../envelope';
import type { DashboardHandler, DashboardRoute } from '../router';
import { isDatabaseId, newDatabaseId, timeOf } from '../state';
import type { Dashboard, PolicyRecord } from '../state';
import { behaves } from '../versions';
import { completePolicy, hasApis, writeDocument } from './document';
import { found, listed } from './search';
import { drop, findRecord, plainId, save } from './store';

const USED =
  'This policy name has already been used. Enter a unique policy name.';
const INVALID = 'Invalid policy ID.';
const UNKNOWN = 'Could not retrieve portal object.';

function answer(
  dashboard: Dashboard,
  request: GatewayRequest,
  documents: JsonObject[],
): Reply {
  const { items, pages } = pageOf(dashboard, request, documents);
  const written = items.map(document => writeDocument(dashboard, document));
  return jsonReply(200, {
    Data: written.length === 0 ? null : written,
    Pages: pages,
  });
}

const list: DashboardHandler = (dashboard, request) =>
  answer(dashboard, request, listed(dashboard, request));

const search: DashboardHandler = (dashboard, request) => {
  const documents = found(dashboard, request);
  return documents
    ? answer(dashboard, request, documents)
    : failReply(400, 'Policy ID is not in hex format.');
};

/** Acts on the policy a path names, or says why there is none. */
function withPolicy(
  dashboard: Dashboard,
  id: string,
  unknown: string,
  act: (record: PolicyRecord) => Reply,
): Reply {
  if (!behaves(dashboard, 'findsById') && !isDatabaseId(plainId(id))) {
    return failReply(400, INVALID);
  }
  const record = findRecord(dashboard, id);
  return record ? act(record) : failReply(404, unknown);
}

const get: DashboardHandler = (dashboard, _request, id) =>
  withPolicy(dashboard, id, UNKNOWN, ({ document }) =>
    jsonReply(200, writeDocument(dashboard, document)),
  );

/** What is wrong with a policy, if anything is. */
function refusal(
  dashboard: Dashboard,
  document: JsonObject,
): Reply | undefined {
  const others = [...dashboard.policies.values()]
    .map(record => record.document)
    .filter(other => other._id !== document._id);
  // Policies of the gateway alone have no names.
  const { name } = document;
  if (name !== '' && others.some(other => other.name === name)) {
    return failReply(400, USED);
  }
  const id = asText(document.id);
  const isUsed = id !== '' && others.some(other => other.id === id);
  const isUnsafe = behaves(dashboard, 'idIsChecked') && !/^[\w.~-]*$/.test(id);
  if (isUsed || isUnsafe) return failReply(400, INVALID);
  const needsApi = dashboard.gateway.settings.requirePolicyApis;
  return needsApi && !hasApis(document)
    ? failReply(400, 'A policy must have at least one API.')
    : undefined;
}

function idFor(dashboard: Dashboard, body: JsonObject, own: string): string {
  return asText(body.id) || (behaves(dashboard, 'idIsReference') ? own : '');
}

function readBody(body: JsonObject): JsonObject {
  readPolicy(body);
  return body;
}

const create: DashboardHandler = (dashboard, request) =>
  withBody(request, readBody, body => {
    const _id = newDatabaseId();
    const document = completePolicy(dashboard, body, {
      _id,
      id: idFor(dashboard, body, _id),
      date_created: timeOf(dashboard),
      last_updated: String(dashboard.gateway.clock.seconds()),
    });
    const refused = refusal(dashboard, document);
    if (refused) return refused;
    save(dashboard, document);
    return okReply(_id);
  });

const update: DashboardHandler = (dashboard, request, id) =>
  withPolicy(dashboard, id, UNKNOWN, record =>
    withBody(request, readBody, body => {
      const document = completePolicy(dashboard, body, {
        _id: record.databaseId,
        id: idFor(dashboard, body, record.databaseId),
        date_created: asText(record.document.date_created),
        last_updated: String(dashboard.gateway.clock.seconds()),
      });
      const refused = refusal(dashboard, document);
      if (refused) return refused;
      save(dashboard, document);
      return okReply('Data updated');
    }),
  );

/** Older versions cannot delete a policy that names an API that is gone. */
const remove: DashboardHandler = (dashboard, _request, id) =>
  withPolicy(
    dashboard,
    id,
    'Could not retrieve object for deletion',
    record => {
      const { apis } = dashboard.gateway.files;
      const named = Object.keys(asObject(record.document.access_rights));
      const isOrphan = named.some(api => !apis.has(api));
      if (isOrphan && !behaves(dashboard, 'deletesWithoutApis')) {
        return failReply(400, 'API reference not found.');
      }
      drop(dashboard, record);
      return okReply('Data deleted');
    },
  );

const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({
  method,
  path: `portal/policies${path}`,
  area: 'policies',
  handle,
});

export const policyRoutes: DashboardRoute[] = [
  at('GET', '', list),
  at('POST', '', create),
  at('GET', '/search', search),
  at('GET', '/*', get),
  at('PUT', '/*', update),
  at('DELETE', '/*', remove),
];
