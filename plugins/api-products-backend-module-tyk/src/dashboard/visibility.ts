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

/** The session has what the policy opens, paths included; of other policies it may have more. */
function opens(policy: JsonObject, session: JsonObject): boolean {
  const given = objectOf(session.access_rights);
  return Object.entries(objectOf(policy.access_rights)).every(
    ([id, right]) =>
      id in given &&
      sameToTyk(objectOf(right).allowed_urls, objectOf(given[id]).allowed_urls),
  );
}

function opensNothingElse(policy: JsonObject, session: JsonObject): boolean {
  const wanted = objectOf(policy.access_rights);
  return Object.keys(objectOf(session.access_rights)).every(id => id in wanted);
}

interface Parts {
  access: boolean;
  quota: boolean;
  rate: boolean;
}

/** What a policy decides about; one without partitions, about all. */
function partsOf({ partitions }: JsonObject): Parts {
  const { acl, quota, rate_limit: rate, complexity } = objectOf(partitions);
  const whole = ![acl, quota, rate, complexity].includes(true);
  return {
    access: whole || acl === true,
    quota: whole || quota === true,
    rate: whole || rate === true,
  };
}

function hasLimits(policy: JsonObject, session: JsonObject): boolean {
  const { quota, rate } = partsOf(policy);
  return (
    (!quota || sameLimits(policy, session, ['quota_max'])) &&
    (!rate || sameRate(policy, session))
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
 */
export function showsPolicy(policy: JsonObject, session: JsonObject): boolean {
  // Denied: the Dashboard does not give it to gateways.
  if (policy.state === 'deny') return true;
  if ((policy.is_inactive === true) !== (session.is_inactive === true)) {
    return false;
  }
  if (partsOf(policy).access && !opens(policy, session)) return false;
  if (partsOf(policy).access && !opensNothingElse(policy, session))
    return false;
  const metadata = objectOf(session.meta_data);
  return (
    hasLimits(policy, session) &&
    has(session.tags, policy.tags) &&
    Object.entries(objectOf(policy.meta_data)).every(([name, value]) =>
      sameToTyk(metadata[name], value),
    )
  );
}

/**
 * Whether a key has what one of its policies gives. Where another of them limits it too, this says nothing.
 *
 * @param session - as the gateway has stored it
 */
export function carriesPolicy(
  policy: JsonObject,
  session: JsonObject,
): boolean {
  const { access } = partsOf(policy);
  return hasLimits(policy, session) && (!access || hasApis(policy, session));
}

function hasApis(policy: JsonObject, session: JsonObject): boolean {
  const given = objectOf(session.access_rights);
  return Object.keys(objectOf(policy.access_rights)).every(id => id in given);
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
