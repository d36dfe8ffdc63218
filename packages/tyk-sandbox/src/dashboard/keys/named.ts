/**
 * Which key a path names: by its token, by the bare value of a custom key, by its hash (`hashed`), by a user's name
 * (`username=true`), or by whichever of them fits (`auto_guess=true`).
 */
import { asText } from '../../json';
import type { JsonObject } from '../../json';
import type { GatewayRequest, Reply } from '../../http/message';
import { bodyOf, askGateway } from '../gateway';
import { failReply } from '../envelope';
import { findKey, newToken, storedName } from '../../state/sessions';
import type { Dashboard } from '../state';

interface NamedKey {
  /** What the gateway is to be asked for. */
  name: string;
  /** `name` is the hash. */
  hashed: boolean;
  hash: string;
}

export const NO_KEY = 'Could not retrieve key detail.';

export function gatewayQuery(
  { orgId }: Dashboard,
  { hashed }: { hashed: boolean },
): Record<string, string> {
  return { org_id: orgId, ...(hashed ? { hashed: 'true' } : {}) };
}

/** Acts on the key of a path, or says why it may not. */
export function withKey(
  dashboard: Dashboard,
  { query }: GatewayRequest,
  name: string,
  act: (key: NamedKey) => Reply,
): Reply {
  const { gateway, orgId } = dashboard;
  const isUser =
    query.get('username') === 'true' &&
    !gateway.settings.disableKeyActionsByUsername;
  const guesses = query.get('auto_guess') === 'true';
  const byHash = (query.get('hashed') ?? '') !== '';
  const wanted = isUser ? newToken(gateway, orgId, name) : name;
  const ways = guesses ? [false, true] : [byHash];
  for (const hashed of ways) {
    const found = findKey(gateway, orgId, wanted, hashed);
    if (found) {
      if (found.session.org_id !== orgId) {
        return failReply(400, 'Attempted access to non-owned key.');
      }
      const { keyId } = found;
      const hash = hashed ? keyId : storedName(gateway, keyId);
      return act({
        name: keyId,
        hashed: hashed && gateway.settings.hashKeys,
        hash: gateway.settings.hashKeys ? hash : '',
      });
    }
  }
  return failReply(404, NO_KEY);
}

/** A key with its session as the gateway answers it. */
export function keyData(
  dashboard: Dashboard,
  key: NamedKey,
  keyId: string,
): JsonObject {
  const answer = askGateway(dashboard, 'GET', `keys/${key.name}`, {
    query: gatewayQuery(dashboard, key),
  });
  return {
    api_model: {},
    key_id: keyId,
    key_hash: key.hash,
    data: bodyOf(answer),
  };
}

/** A key just made: what the gateway has answered says how to find it. */
export function createdKey(answer: JsonObject): NamedKey {
  const hash = asText(answer.key_hash);
  const token = asText(answer.key);
  return { name: token || hash, hashed: token === '', hash };
}
