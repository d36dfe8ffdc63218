import { isEmptyLimit } from '../model/access';
import { readSession } from '../model/session';
import type { Session } from '../model/session';
import type { Gateway } from '../state/gateway';
import { applied } from '../state/applied';
import { findKey, newToken, storedName } from '../state/sessions';
import { changeReply, errorReply, jsonReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';
import { hashPassword } from '../keys/password';
import { behaves } from '../versions';
import { tryRead } from './body';
import type { Handler } from './router';
import { sessionView } from './views';
import { NO_RIGHTS, writeKey } from './writeKey';

const REFUSED = 'Failed to create key, ensure security settings are correct.';
const WITHOUT_RIGHTS =
  'Failed to create key, keys must have at least one Access Rights record set.';

function now(gateway: Gateway): string {
  return new Date(gateway.clock.now()).toISOString();
}

/** `POST /tyk/keys/create`: a random key. Says what is wrong with the policies. */
export const createRandom: Handler = (gateway, request) => {
  const body = tryRead(request, readSession);
  if (!body) return errorReply(500, 'Unmarshalling failed');
  const key = newToken(gateway, body.org_id, '');
  const { session, error } = applied(gateway, {
    ...body,
    last_updated: String(gateway.clock.seconds()),
    date_created: now(gateway),
  });
  const failure =
    error ??
    writeKey(gateway, { name: key, session, reset: true, stored: false });
  if (failure === NO_RIGHTS) return errorReply(400, WITHOUT_RIGHTS);
  if (failure) return errorReply(500, `Failed to create key - ${failure}`);
  return changeReply('added', key, hashIfHashed(gateway, key));
};

/** `POST /tyk/keys/preview`: what would be stored. Answers 200 whatever is wrong with the policies. */
export const preview: Handler = (gateway, request) => {
  const body = tryRead(request, readSession);
  if (!body) return errorReply(500, 'Unmarshalling failed');
  const { session } = applied(gateway, {
    ...body,
    last_updated: String(gateway.clock.seconds()),
    date_created: now(gateway),
  });
  return jsonReply(200, sessionView(gateway, session));
};

function hashIfHashed(gateway: Gateway, key: string): string | undefined {
  return gateway.settings.hashKeys ? storedName(gateway, key) : undefined;
}

/** `POST /tyk/keys/{id}`: a key of our choice. Doing it again replaces the session. */
export const createCustom: Handler = (gateway, request, id = '') => {
  const body = tryRead(request, readSession);
  if (!body) return errorReply(400, 'Request malformed');
  const { version, minTokenLength: shortest } = gateway.settings;
  const measured = id !== '' && behaves(version, 'customKeyIdIsMeasured');
  if (measured && id.length < shortest) {
    return errorReply(400, tooShort(id.length, shortest));
  }
  const { session } = applied(gateway, body);
  session.date_created = now(gateway);
  if (isPast(gateway, session.expires)) session.expires = 0;
  const key = newToken(gateway, session.org_id, id);
  const stored = isStoredName(request);
  const isUser = session.basic_auth_data.password !== '';
  if (isUser) {
    session.basic_auth_data = hashPassword(session.basic_auth_data.password);
  }
  const failure = store(gateway, request, key, session);
  return (
    failure ??
    changeReply(
      'added',
      isUser && gateway.settings.hashKeys ? '' : key,
      gateway.settings.hashKeys && stored ? key : hashIfHashed(gateway, key),
    )
  );
};

function tooShort(length: number, shortest: number): string {
  return (
    `custom key ID length ${length} is less than min_token_length (${shortest}); ` +
    'the key would be unreachable at auth time. Use an ID of at least min_token_length characters, ' +
    'or lower min_token_length in the gateway configuration.'
  );
}

/** `PUT /tyk/keys/{key}`: replaces the session, but for its creation date and, where it is now past, its expiry. */
export const replace: Handler = (gateway, request, name = '') => {
  const body = tryRead(request, readSession);
  if (!body) return errorReply(400, 'Request malformed');
  const { session } = applied(gateway, body);
  const found = findKey(gateway, session.org_id, name, isStoredName(request));
  if (!found) return errorReply(404, 'Key is not found');
  const original = found.session;
  session.date_created = original.date_created;
  if (suppressesReset(request)) keepWindows(session, original);
  if (isPast(gateway, session.expires)) session.expires = original.expires;
  const { password } = session.basic_auth_data;
  if (password === '') {
    session.basic_auth_data = original.basic_auth_data;
  } else if (password !== original.basic_auth_data.password) {
    session.basic_auth_data = hashPassword(password);
  }
  return (
    store(gateway, request, found.keyId, session) ??
    changeReply('modified', found.keyId)
  );
};

function keepWindows(session: Session, original: Session): void {
  session.quota_renews = original.quota_renews;
  session.last_updated = original.last_updated;
  for (const [api, access] of Object.entries(session.access_rights)) {
    const before = original.access_rights[api];
    if (before && !isEmptyLimit(before.limit) && !isEmptyLimit(access.limit)) {
      access.limit.quota_renews = before.limit.quota_renews;
    }
  }
}

function isPast(gateway: Gateway, seconds: number): boolean {
  return seconds > 1 && gateway.clock.now() > seconds * 1000;
}

function suppressesReset({ query }: GatewayRequest): boolean {
  return query.get('suppress_reset') === '1';
}

/** Whether the key is named by what it is stored under. */
export function isStoredName({ query }: GatewayRequest): boolean {
  return (query.get('hashed') ?? '') !== '';
}

function store(
  gateway: Gateway,
  request: GatewayRequest,
  name: string,
  session: Session,
): Reply | undefined {
  const reset = !suppressesReset(request);
  if (reset) session.last_updated = String(gateway.clock.seconds());
  const failure = writeKey(gateway, {
    name,
    session,
    reset,
    stored: isStoredName(request),
  });
  return failure === undefined ? undefined : errorReply(500, REFUSED);
}
