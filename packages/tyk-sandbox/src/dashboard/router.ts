import { matchPath } from '../admin/router';
import { notFoundReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { failReply } from './envelope';
import type { DashboardArea } from './settings';
import type { Dashboard } from './state';

export type DashboardHandler = (
  dashboard: Dashboard,
  request: GatewayRequest,
  /** The variable parts of the path, in order. */
  ...parts: string[]
) => Reply;

export interface DashboardRoute {
  method: string;
  /** Path below `/api`; `*` stands for a variable part. Fixed names stand before variable ones. */
  path: string;
  area: DashboardArea;
  handle: DashboardHandler;
}

/** The first route for path and method, where the user may use it. */
export function dispatch(
  routes: DashboardRoute[],
  dashboard: Dashboard,
  request: GatewayRequest,
): Reply {
  const path = request.path.slice('/api/'.length).replace(/\/+$/, '');
  let known = false;
  for (const route of routes) {
    const parts = matchPath(route.path, path);
    if (parts) {
      known = true;
      if (route.method === request.method) {
        return isAllowed(dashboard, route)
          ? route.handle(dashboard, request, ...parts)
          : failReply(
              403,
              `access denied: You do not have permission to access  ${request.path}`,
            );
      }
    }
  }
  return known ? failReply(405, 'Method not supported') : notFoundReply();
}

function isAllowed({ gateway }: Dashboard, route: DashboardRoute): boolean {
  const permission = gateway.settings.dashboardPermissions[route.area];
  if (permission === 'deny') return false;
  return permission !== 'read' || route.method === 'GET';
}
