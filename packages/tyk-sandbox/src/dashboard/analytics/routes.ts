/**
 * Usage by key, OAuth client and API. A setting switches it off; then the answers are as those of an installation
 * without Tyk Pump: there seem to have been no calls.
 */
import { jsonReply } from '../../http/message';
import type { GatewayRequest, Reply } from '../../http/message';
import type { JsonObject } from '../../json';
import type { UsageRow } from '../../state/usage';
import { failReply, pageOf } from '../envelope';
import type { DashboardHandler, DashboardRoute } from '../router';
import type { Dashboard } from '../state';
import { readPeriod } from './period';
import { grouped, timeId } from './rows';
import type { Resolution } from './rows';

/** The variable parts of a path that are a period. */
const PERIOD = '*/*/*/*/*/*';
const PERIOD_LENGTH = 6;

const RESOLUTIONS: readonly Resolution[] = ['hour', 'day', 'month'];

/** Acts on the calls of the period at the end of a path, and answers the rows of the page asked for. */
function answer(
  dashboard: Dashboard,
  request: GatewayRequest,
  parts: string[],
  act: (rows: UsageRow[]) => JsonObject[],
): Reply {
  const period = readPeriod(parts.slice(-PERIOD_LENGTH));
  if (!period) return failReply(400, 'Request validation failed.');
  const { settings, usage, files } = dashboard.gateway;
  const rows = settings.analytics
    ? usage.between(period.start, period.end)
    : [];
  const own = rows.filter(
    ({ apiId }) =>
      (files.apis.get(apiId)?.definition.org_id ?? dashboard.orgId) ===
      dashboard.orgId,
  );
  const { items, pages } = pageOf(dashboard, request, act(own));
  return jsonReply(200, { data: items.length === 0 ? null : items, pages });
}

/** A key is named by its hash, or by the token itself where keys are not hashed. */
function isKey({ gateway }: Dashboard, text: string): boolean {
  return gateway.settings.hashKeys
    ? /^([0-9a-f]{8}|[0-9a-f]{16}|[0-9a-f]{32}|[0-9a-f]{64})$/.test(text)
    : text !== '';
}

const NO_KEY = 'Key could not be decoded.';

/** Sums of one or several keys over time; a comma at the end of their list does no harm. */
const keysByTime: DashboardHandler = (dashboard, request, list, ...period) => {
  const keys = list.split(',').filter(key => key !== '');
  const isRead = keys.length > 0 && keys.every(key => isKey(dashboard, key));
  if (!isRead) return failReply(400, NO_KEY);
  const { query } = request;
  const api = query.get('api_id') ?? '';
  const asked = query.get('res');
  const resolution = RESOLUTIONS.find(one => one === asked) ?? 'day';
  return answer(dashboard, request, period, rows =>
    grouped(
      rows.filter(
        ({ keyHash, apiId }) =>
          keys.includes(keyHash) && (api === '' || api === apiId),
      ),
      row => ({ ...timeId(resolution, row), code: 200 }),
    ),
  );
};

/** By API, path and status. */
function endpoints(rows: UsageRow[]): JsonObject[] {
  return grouped(rows, ({ apiId, apiName, path, status }) => ({
    api_id: apiId,
    api_name: apiName,
    path,
    code: status,
  }));
}

const keyByEndpoint: DashboardHandler = (dashboard, request, key, ...period) =>
  isKey(dashboard, key)
    ? answer(dashboard, request, period, rows =>
        endpoints(rows.filter(({ keyHash }) => keyHash === key)),
      )
    : failReply(400, NO_KEY);

const clientByEndpoint: DashboardHandler = (
  dashboard,
  request,
  client,
  ...period
) =>
  answer(dashboard, request, period, rows =>
    endpoints(rows.filter(({ oauthClientId }) => oauthClientId === client)),
  );

/** Totals of each API, the busiest first; `tags` leaves calls with one of these tags. */
const byApi: DashboardHandler = (dashboard, request, ...period) => {
  const tags = (request.query.get('tags') ?? '').split(',').filter(Boolean);
  const isTagged = (row: UsageRow) =>
    tags.length === 0 || row.tags.some(tag => tags.includes(tag));
  return answer(dashboard, request, period, rows =>
    grouped(rows.filter(isTagged), ({ apiId, apiName }) => ({
      api_id: apiId,
      api_name: apiName,
    })).sort((a, b) => Number(b.hits) - Number(a.hits)),
  );
};

const at = (path: string, handle: DashboardHandler): DashboardRoute => ({
  method: 'GET',
  path: `${path}/${PERIOD}`,
  area: 'analytics',
  handle,
});

export const analyticsRoutes: DashboardRoute[] = [
  at('activity/keys/aggregate/*', keysByTime),
  at('activity/keys/endpoint/*', keyByEndpoint),
  at('activity/keys/*', keyByEndpoint),
  at('activity/oauthid/*', clientByEndpoint),
  at('usage/apis', byApi),
];
