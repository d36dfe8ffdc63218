/**
 * Storing a key, as the gateway does it for a creation and for a replacement (`gateway/api.go`): API by API of its
 * access rights, applying the policies each time. Expiry from a policy is only for keys that do not exist yet,
 * which is why repeating the creation of a custom key makes it eternal.
 */
import { policyIds } from '../model/session';
import type { Session } from '../model/session';
import type { Api } from '../apis/api';
import type { Gateway } from '../state/gateway';
import { applied } from '../state/applied';
import { policyLookup } from '../state/gateway';
import { findKey, lifetimeOf, resetQuota, storeKey } from '../state/sessions';

interface KeyWrite {
  /** Token, or stored name. */
  name: string;
  session: Session;
  /** Quota and its window start anew. */
  reset: boolean;
  /** `name` is what the key is stored under. */
  stored: boolean;
}

export const NO_RIGHTS = 'Master keys not allowed';

const NO_STORE = 'storage: Redis is either down or was not configured';

/** @returns the error in the words of the gateway, if there is one */
export function writeKey(
  gateway: Gateway,
  write: KeyWrite,
): string | undefined {
  let { session } = write;
  const rights = Object.keys(session.access_rights);
  if (rights.length === 0 && !gateway.settings.allowMasterKeys) {
    return NO_RIGHTS;
  }
  if (gateway.store.isAway) return NO_STORE;
  const apis =
    rights.length > 0
      ? rights.map(id => gateway.loaded.apis.get(id))
      : [...gateway.loaded.apis.values()];
  for (const api of apis) {
    if (api) expireNewKey(gateway, { ...write, session });
    if (write.reset && !api?.keepsQuotaOnCreate) {
      resetQuota(gateway, write.name, session, write.stored);
      session.quota_renews =
        gateway.clock.seconds() + session.quota_renewal_rate;
    }
    const result = applyAndStore(gateway, { ...write, session }, api);
    if (result.error) return result.error;
    session = result.session;
  }
  return undefined;
}

function applyAndStore(gateway: Gateway, write: KeyWrite, api?: Api) {
  const result = applied(gateway, write.session, api?.orgId);
  if (!result.error) {
    const lifetime = lifetimeOf(gateway, result.session, api);
    storeKey(gateway, write.name, result.session, lifetime, write.stored);
  }
  return result;
}

/** The last policy with a lifetime wins. */
function expireNewKey(
  gateway: Gateway,
  { name, session, stored }: KeyWrite,
): void {
  const lookup = policyLookup(gateway);
  for (const id of policyIds(session) ?? []) {
    const policy = lookup(session.org_id, id);
    if (!policy) continue;
    if (
      policy.key_expires_in > 0 &&
      !findKey(gateway, session.org_id, name, stored)
    ) {
      session.expires = gateway.clock.seconds() + policy.key_expires_in;
    }
    session.post_expiry_action =
      policy.post_expiry_action || session.post_expiry_action;
    session.post_expiry_grace_period =
      policy.post_expiry_grace_period || session.post_expiry_grace_period;
  }
}
