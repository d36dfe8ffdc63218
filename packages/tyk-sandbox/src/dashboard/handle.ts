/** The Dashboard: `/hello` for everybody, all else below `/api` with the access key of the user. */
import { jsonReply, notFoundReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { analyticsRoutes } from './analytics/routes';
import { classicRoutes } from './apis/classic';
import { oasRoutes } from './apis/oas';
import { failReply } from './envelope';
import { identityProviderRoutes } from './identityProviders';
import { keyRoutes } from './keys/routes';
import { oauthRoutes } from './oauth';
import { policyRoutes } from './policies/routes';
import { catchUp } from './policies/store';
import { dispatch } from './router';
import type { DashboardRoute } from './router';
import type { Dashboard } from './state';
import { systemRoutes } from './system';
import { userRoutes } from './users';

/** Fixed names stand before variable parts: the API `keys` could never be asked for. */
const routes: DashboardRoute[] = [
  ...keyRoutes,
  ...oauthRoutes,
  ...oasRoutes,
  ...classicRoutes,
  ...policyRoutes,
  ...analyticsRoutes,
  ...identityProviderRoutes,
  ...systemRoutes,
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
