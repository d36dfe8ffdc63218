import { jsonReply } from '../http/message';
import type { JsonObject } from '../json';
import { failReply, pageOf } from './envelope';
import type { DashboardHandler, DashboardRoute } from './router';
import { databaseIdOf } from './state';
import type { Dashboard } from './state';

/** The only user: the one whose access key the Dashboard takes. The key itself is not told. */
function userOf({ orgId, gateway }: Dashboard): JsonObject {
  const { dashboardAdmin, dashboardPermissions } = gateway.settings;
  return {
    api_model: {},
    id: databaseIdOf('user'),
    first_name: 'Portal',
    last_name: 'Service',
    email_address: 'portal@example.com',
    org_id: orgId,
    active: true,
    access_key: '',
    group_id: '',
    user_permissions: dashboardAdmin
      ? { IsAdmin: 'admin' }
      : dashboardPermissions,
    created_at: '2026-01-01T00:00:00Z',
  };
}

const list: DashboardHandler = (dashboard, request) => {
  const { items, pages } = pageOf(dashboard, request, [userOf(dashboard)]);
  return jsonReply(200, { users: items, pages });
};

const get: DashboardHandler = (dashboard, _request, id) => {
  const user = userOf(dashboard);
  return id === 'me' || id === user.id
    ? jsonReply(200, user)
    : failReply(404, 'Could not retrieve user detail.');
};

export const userRoutes: DashboardRoute[] = [
  { method: 'GET', path: 'users', area: 'users', handle: list },
  { method: 'GET', path: 'users/*', area: 'users', handle: get },
];
