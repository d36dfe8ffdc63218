/** The Dashboard: `/hello` for everybody, all else below `/api` with the access key of the user. */
import { jsonReply, notFoundReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { classicRoutes } from './apis/classic';
import { failReply } from './envelope';
import { keyRoutes } from './keys/routes';
import { policyRoutes } from './policies/routes';
import { catchUp } from './policies/store';
import { dispatch } from './router';
import type { DashboardRoute } from './router';
import type { Dashboard } from './state';
import { userRoutes } from './users';

/** Fixed names stand before variable parts: `apis/keys` before the API `keys`. */
const routes: DashboardRoute[] = [
  ...keyRoutes,
  ...policyRoutes,
  ...classicRoutes,
  ...userRoutes,
];

export function handleDashboard(
  dashboard: Dashboard,
  request: GatewayRequest,
): Reply {
  if (request.path === '/hello') {
    return jsonReply(200, {
      status: 'ok',
      version: dashboard.gateway.settings.dashboardVersion,
      description: 'Tyk Dashboard',
    });
  }
  if (!request.path.startsWith('/api/')) return notFoundReply();
  if (request.headers.authorization !== dashboard.key) {
    return failReply(401, 'Not authorised');
  }
  catchUp(dashboard);
  return dispatch(routes, dashboard, request);
}
