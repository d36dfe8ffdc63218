/** Keys below `/api/keys`, and the same below `/api/apis/{id}/keys`, where `-` stands for any API. */
import { jsonReply } from '../../http/message';
import { failReply, okReply } from '../envelope';
import { askGateway, refusedReply } from '../gateway';
import type { DashboardHandler, DashboardRoute } from '../router';
import { createNamed, createRandom, preview, withOwnSession } from './create';
import { listDetailed, listKeys, searchKeys } from './list';
import { NO_KEY, gatewayQuery, keyData, withKey } from './named';

/** The key is the last part of a path. */
const last = (parts: string[]) => parts[parts.length - 1] ?? '';

const get: DashboardHandler = (dashboard, request, ...parts) =>
  withKey(dashboard, request, last(parts), key =>
    jsonReply(200, keyData(dashboard, key, last(parts))),
  );

/**
 * Replaces the session. Where changes by hash are switched off, a hash is taken for a token, which does not exist;
 * what a real Dashboard says then is not documented.
 */
const update: DashboardHandler = (dashboard, request, ...parts) =>
  withOwnSession(dashboard, request, session =>
    withKey(dashboard, request, last(parts), key => {
      const { settings } = dashboard.gateway;
      if (key.hashed && !settings.enableUpdateKeyByHash) {
        return failReply(404, NO_KEY);
      }
      const reset = request.query.get('suppress_reset');
      const answer = askGateway(dashboard, 'PUT', `keys/${key.name}`, {
        query: {
          ...gatewayQuery(dashboard, key),
          ...(reset === null ? {} : { suppress_reset: reset }),
        },
        body: session,
      });
      if (answer.status !== 200) return refusedReply(answer);
      return settings.legacyKeyAnswers
        ? okReply('Key updated', '')
        : jsonReply(200, keyData(dashboard, key, last(parts)));
    }),
  );

const remove: DashboardHandler = (dashboard, request, ...parts) =>
  withKey(dashboard, request, last(parts), key => {
    if (key.hashed && !dashboard.gateway.settings.enableDeleteKeyByHash) {
      return failReply(404, NO_KEY);
    }
    const answer = askGateway(dashboard, 'DELETE', `keys/${key.name}`, {
      query: gatewayQuery(dashboard, key),
    });
    return answer.status === 200
      ? okReply('Key deleted successfully.')
      : refusedReply(answer);
  });

const at = (
  method: string,
  path: string,
  handle: DashboardHandler,
): DashboardRoute => ({ method, path, area: 'keys', handle });

export const keyRoutes: DashboardRoute[] = [
  at('POST', 'keys', createRandom),
  at('POST', 'keys/preview', preview),
  at('GET', 'keys/detailed', listDetailed),
  at('GET', 'apis/keys', listKeys),
  at('POST', 'apis/keys/basic/*', createNamed),
  at('GET', 'apis/*/keys', listKeys),
  at('GET', 'apis/*/keys/search', searchKeys),
  ...['keys/*', 'apis/*/keys/*'].flatMap(path => [
    at('GET', path, get),
    at('POST', path, createNamed),
    at('PUT', path, update),
    at('DELETE', path, remove),
  ]),
];
