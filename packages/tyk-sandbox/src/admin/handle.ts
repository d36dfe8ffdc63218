/**
 * The Gateway API. Everything below `/tyk/` needs the secret, also what does not exist.
 */
import { loadIfDue, scheduleLoad } from '../state/gateway';
import type { Gateway } from '../state/gateway';
import { errorReply, jsonReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { apiRoutes } from './apis';
import { keyRoutes } from './keys';
import { mcpRoutes } from './mcps';
import { oauthRoutes } from './oauth';
import { policyRoutes } from './policies';
import { dispatch } from './router';
import type { Handler, Route } from './router';

const RELOADED = { status: 'ok', message: '' };

const reload: Handler = (gateway, { query }) => {
  const blocks = query.get('block') === 'true';
  scheduleLoad(gateway, blocks ? 0 : gateway.reloadDelayMs);
  loadIfDue(gateway);
  return jsonReply(200, RELOADED);
};

const reloadGroup: Handler = gateway => {
  scheduleLoad(gateway, gateway.reloadDelayMs);
  return jsonReply(200, RELOADED);
};

const routes: Route[] = [
  { methods: ['GET'], path: 'reload/group', handle: reloadGroup },
  { methods: ['GET'], path: 'reload', handle: reload },
  ...apiRoutes,
  ...mcpRoutes,
  ...policyRoutes,
  ...keyRoutes,
  ...oauthRoutes,
];

export function isAdminPath(path: string): boolean {
  return path === '/hello' || path === '/ready' || path.startsWith('/tyk/');
}

/** 200 whatever it says; only `/ready` tells by its status that there is no store. */
function health(gateway: Gateway, description: string): Reply {
  const {
    version: behaviour,
    reportedVersion: version = `v${behaviour.replace(/^v/, '')}`,
  } = gateway.settings;
  const look = gateway.store.lastLook();
  const redis = look && {
    status: look.answers ? 'pass' : 'fail',
    ...(!look.answers && {
      output: 'storage: Redis is either down or was not configured',
    }),
    componentType: 'datastore',
    time: new Date(look.at).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  return jsonReply(200, {
    status: look?.answers === false ? 'fail' : 'pass',
    version,
    description,
    ...(redis && { details: { redis } }),
  });
}

export function handleAdmin(gateway: Gateway, request: GatewayRequest): Reply {
  if (request.path === '/hello') return health(gateway, 'Tyk GW');
  if (request.path === '/ready') {
    return gateway.store.isReady()
      ? health(gateway, 'Tyk GW Ready')
      : errorReply(503, 'Redis connection not available');
  }
  if (request.headers['x-tyk-authorization'] !== gateway.secret) {
    return errorReply(
      403,
      'Attempted administrative access with invalid or missing key!',
    );
  }
  const path = request.path.slice('/tyk/'.length).replace(/\/+$/, '');
  return dispatch(routes, path, gateway, request);
}
