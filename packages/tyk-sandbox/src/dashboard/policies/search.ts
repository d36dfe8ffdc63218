/** Which policies a list is about. No filter by tag exists. */
import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import type { GatewayRequest } from '../../http/message';
import type { Dashboard } from '../state';
import { behaves } from '../versions';
import { opensApi, textsOf } from './document';
import { plainId } from './store';

function wanted(query: URLSearchParams, name: string): string[] {
  return (query.get(name) ?? '').split(',').filter(part => part !== '');
}

/** Before 5.14, policies whose APIs are all gone are only shown to administrators. */
function visible(dashboard: Dashboard): JsonObject[] {
  const { gateway, policies } = dashboard;
  const documents = [...policies.values()].map(({ document }) => document);
  if (gateway.settings.dashboardAdmin || behaves(dashboard, 'showsOrphans')) {
    return documents;
  }
  return documents.filter(document => {
    const apis = Object.keys(asObject(document.access_rights));
    return apis.length === 0 || apis.some(id => gateway.files.apis.has(id));
  });
}

function byActive(query: URLSearchParams, document: JsonObject): boolean {
  const active = query.get('active');
  return active === null || String(document.active) === active;
}

export function listed(
  dashboard: Dashboard,
  { query }: GatewayRequest,
): JsonObject[] {
  return visible(dashboard).filter(document => byActive(query, document));
}

/** @returns `undefined` where an id is not hexadecimal */
export function found(
  dashboard: Dashboard,
  { query }: GatewayRequest,
): JsonObject[] | undefined {
  const ids = wanted(query, 'policy_ids').map(plainId);
  if (ids.some(id => !/^[0-9a-f]{24}$/.test(id))) return undefined;
  const q = query.get('q') ?? '';
  const states = wanted(query, 'state');
  const apis = wanted(query, 'api_id');
  const types = wanted(query, 'auth_type');
  const named = (document: JsonObject) =>
    asText(document.name).toLowerCase().includes(q.toLowerCase());
  const isId = (document: JsonObject) =>
    [document._id, document.id].includes(plainId(q));
  const documents = visible(dashboard);
  const qIsId = documents.some(isId);
  const matches = documents
    .filter(document => byActive(query, document))
    .filter(document => ids.length === 0 || ids.includes(asText(document._id)))
    .filter(document =>
      qIsId && ids.length > 0 ? true : named(document) || isId(document),
    )
    .filter(document => one(states, [asText(document.state)]))
    .filter(document => one(types, textsOf(document.auth_types)))
    .filter(
      document =>
        apis.length === 0 || apis.some(api => opensApi(document, api)),
    );
  return sorted(matches, query.get('sort') ?? '');
}

/** Whether one of the values is wanted; all are where nothing is. */
function one(wantedValues: string[], values: string[]): boolean {
  return (
    wantedValues.length === 0 ||
    values.some(value => wantedValues.includes(value))
  );
}

function sorted(documents: JsonObject[], sort: string): JsonObject[] {
  const field = sort.replace(/^-/, '');
  if (!['date_created', 'name', 'state'].includes(field)) return documents;
  const order = sort.startsWith('-') ? -1 : 1;
  return [...documents].sort(
    (a, b) => order * asText(a[field]).localeCompare(asText(b[field])),
  );
}
