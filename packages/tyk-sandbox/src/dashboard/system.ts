import { jsonReply } from '../http/message';
import { apisOf } from './apis/store';
import type { DashboardHandler, DashboardRoute } from './router';

/** How much there is of what the licence counts: APIs, now. */
const stats: DashboardHandler = dashboard => {
  const date = new Date(dashboard.gateway.clock.now());
  const count = apisOf(dashboard).length;
  const active = apisOf(dashboard).filter(
    ({ definition }) => definition.active === true,
  ).length;
  return jsonReply(200, {
    status: 'Success',
    message: '',
    stats: {
      apis: [
        {
          date: date.toISOString().slice(0, 10),
          min_usage: count,
          avg_usage: count,
          max_usage: count,
          min_active_usage: active,
          avg_active_usage: active,
          max_active_usage: active,
          license_entitlement: -1,
          license_entitlement_active: -1,
        },
      ],
    },
  });
};

export const systemRoutes: DashboardRoute[] = [
  { method: 'GET', path: 'system/stats', area: 'system', handle: stats },
];
