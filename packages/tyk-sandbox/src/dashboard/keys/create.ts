import { asObject, asText } from '../../json';
import type { JsonObject } from '../../json';
import { jsonReply } from '../../http/message';
import type { GatewayRequest, Reply } from '../../http/message';
import { readSession } from '../../model/session';
import { withBody } from '../body';
import { failReply } from '../envelope';
import { askGateway, bodyOf, refusedReply } from '../gateway';
import type { DashboardHandler } from '../router';
import type { Dashboard } from '../state';
import { createdKey, keyData } from './named';

/** A session as it was sent; it is the gateway that completes it. */
function readKeyBody(body: JsonObject): JsonObject {
  readSession(body);
  return body;
}

/** Keys belong to the organisation of the user; another one named is refused. */
export function withOwnSession(
  { orgId }: Dashboard,
  request: GatewayRequest,
  act: (session: JsonObject) => Reply,
): Reply {
  return withBody(request, readKeyBody, session => {
    const org = asText(session.org_id) || orgId;
    return org === orgId
      ? act({ ...session, org_id: org })
      : failReply(400, 'Attempted access to non-owned key.');
  });
}

/** @param path - below `/tyk` */
function createAt(
  dashboard: Dashboard,
  request: GatewayRequest,
  path: string,
  session: JsonObject,
): Reply {
  const reset = request.query.get('suppress_reset');
  const answer = askGateway(dashboard, 'POST', path, {
    query: reset === null ? {} : { suppress_reset: reset },
    body: session,
  });
  if (answer.status !== 200) return refusedReply(answer);
  const created = bodyOf(answer);
  const key = createdKey(created);
  return jsonReply(200, keyData(dashboard, key, asText(created.key)));
}

/** `POST /api/keys`: a random key, or with `basic_auth=true` the user that the body names. */
export const createRandom: DashboardHandler = (dashboard, request) =>
  withOwnSession(dashboard, request, session => {
    if (request.query.get('basic_auth') !== 'true') {
      return createAt(dashboard, request, 'keys/create', session);
    }
    const user = asText(asObject(session.basic_auth_data).user);
    return user === ''
      ? failReply(
          400,
          'User/Key object validation failed, most likely malformed input.',
        )
      : createAt(dashboard, request, `keys/${user}`, session);
  });

/** `POST /api/keys/{id}` and `POST /api/apis/keys/basic/{username}`. */
export const createNamed: DashboardHandler = (dashboard, request, ...parts) =>
  withOwnSession(dashboard, request, session =>
    createAt(dashboard, request, `keys/${parts[parts.length - 1]}`, session),
  );

/** What a key would be. Nothing is said of what is wrong with its policies. */
export const preview: DashboardHandler = (dashboard, request) =>
  withOwnSession(dashboard, request, session => {
    const answer = askGateway(dashboard, 'POST', 'keys/preview', {
      body: session,
    });
    return answer.status === 200
      ? jsonReply(200, {
          api_model: {},
          key_id: '',
          key_hash: '',
          data: bodyOf(answer),
        })
      : refusedReply(answer);
  });
