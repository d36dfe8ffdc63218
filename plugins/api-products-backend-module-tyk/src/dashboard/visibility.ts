/**
 * Whether the gateway behind a Dashboard has a policy already. The Dashboard answers with what is in its database, and
 * the gateway takes that over a second or more later; but the preview of a key is worked out by the gateway itself.
 *
 * A preview with one policy alone shows what that policy gives: its APIs where it opens any, its limits at the root,
 * its tags, its metadata, and whether it is inactive. Of a policy that the gateway does not know it shows nothing.
 */
import type { JsonObject, JsonValue } from '@backstage/types';
import { isJsonObject } from '../http/answer';
import { sameToTyk } from '../model/json';

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

/** Everything up to 0 means that there is no limit. */
function limitOf(value: JsonValue | undefined): number {
  return Math.max(0, Number(value ?? 0) || 0);
}

function sameLimits(policy: JsonObject, session: JsonObject, names: string[]) {
  return names.every(name => limitOf(policy[name]) === limitOf(session[name]));
}

function opensTheSame(policy: JsonObject, session: JsonObject): boolean {
  const wanted = objectOf(policy.access_rights);
  const given = objectOf(session.access_rights);
  const ids = Object.keys(wanted);
  return (
    ids.length === Object.keys(given).length &&
    ids.every(id => {
      const entry = objectOf(given[id]);
      return (
        id in given &&
        sameToTyk(objectOf(wanted[id]).allowed_urls, entry.allowed_urls)
      );
    })
  );
}

function has(all: JsonValue | undefined, wanted: JsonValue | undefined) {
  const present = Array.isArray(all) ? all : [];
  return Array.isArray(wanted)
    ? wanted.every(item => present.includes(item))
    : true;
}

/**
 * @param policy - as the Dashboard has it
 * @param session - preview of a key with this policy alone
 * @internal
 */
export function showsPolicy(policy: JsonObject, session: JsonObject): boolean {
  // Denied: the Dashboard does not give it to gateways.
  if (policy.state === 'deny') return true;
  const { acl, quota, rate_limit, complexity } = objectOf(policy.partitions);
  const whole = ![acl, quota, rate_limit, complexity].includes(true);
  if ((policy.is_inactive === true) !== (session.is_inactive === true)) {
    return false;
  }
  if ((whole || acl === true) && !opensTheSame(policy, session)) return false;
  if (whole || quota === true) {
    if (!sameLimits(policy, session, ['quota_max'])) return false;
  }
  if (whole || rate_limit === true) {
    if (!sameRate(policy, session)) return false;
  }
  const metadata = objectOf(session.meta_data);
  return (
    has(session.tags, policy.tags) &&
    Object.entries(objectOf(policy.meta_data)).every(([name, value]) =>
      sameToTyk(metadata[name], value),
    )
  );
}

/** Where one of the two is no limit, there is none, whatever the other says. */
function sameRate(policy: JsonObject, session: JsonObject): boolean {
  const unlimited = (of: JsonObject) =>
    limitOf(of.rate) === 0 || limitOf(of.per) === 0;
  if (unlimited(policy) || unlimited(session)) {
    return unlimited(policy) && unlimited(session);
  }
  return sameLimits(policy, session, ['rate', 'per']);
}
