/**
 * Calls with a JSON web token (`gateway/mw_jwt.go`): the token names a user, whose session is made at the first call
 * and gets its policies from the token each time: from its scopes, from a claim, or by default.
 */
import { createHash } from 'node:crypto';
import type { Api } from '../apis/api';
import type { JwtSettings } from '../apis/jwt';
import { asText, isJsonObject } from '../json';
import type { JsonObject, JsonValue } from '../json';
import { isOfMethod, isSigned, parseJwt, timeError } from '../keys/jwt';
import { policyLimits } from '../merge/fromPolicy';
import type { Policy } from '../model/policy';
import { policyIds, readSession } from '../model/session';
import type { Session } from '../model/session';
import type { Gateway } from '../state/gateway';
import { applied } from '../state/applied';
import { policyLookup } from '../state/gateway';
import type { KnownSession } from '../state/sessionCache';
import { newToken, storedName } from '../state/sessions';
import { behaves } from '../versions';
import type { Authenticated } from './authenticate';
import { refuse } from './refuse';
import { findSession, writeBack } from './session';

function denied(why: string, status = 403): Authenticated {
  return { refusal: refuse(status, why) };
}

export function byJwt(
  gateway: Gateway,
  api: Api,
  settings: JwtSettings,
  token: string,
): Authenticated {
  if (token === '') return denied('Authorization field missing', 400);
  const jwt = parseJwt(token);
  if (jwt && !isOfMethod(jwt, settings.method)) {
    return denied('Key not authorized: Unexpected signing method');
  }
  if (!jwt || settings.secret.length === 0 || !isSigned(jwt, settings.secret)) {
    return denied('Key not authorized');
  }
  const { claims } = jwt;
  const late = timeError(claims, gateway.clock.seconds(), settings.skew);
  if (late) return denied(`Key not authorized: ${late}`, 401);
  const user = firstText(claims, [...settings.identityClaims, 'sub']);
  if (user === '') return denied('no suitable claims for user ID were found');
  return byClaims(gateway, api, settings, { claims, user });
}

function byClaims(
  gateway: Gateway,
  api: Api,
  settings: JwtSettings,
  { claims, user }: { claims: JsonObject; user: string },
): Authenticated {
  const keyId = newToken(
    gateway,
    api.orgId,
    createHash('md5').update(user).digest('hex'),
  );
  const existing = findSession(gateway, api, keyId);
  const named = policyNamed(gateway, api, settings, claims);
  const chosen = choosePolicies(settings, claims, {
    named,
    exists: existing !== undefined,
    scopesSuffice: behaves(
      gateway.settings.version,
      'scopesNeedNoDefaultPolicy',
    ),
  });
  if ('error' in chosen) return denied(`key not authorized: ${chosen.error}`);
  const base = chosen.base
    ? policyLookup(gateway)(api.orgId, chosen.base)
    : undefined;
  if (chosen.base && !base) {
    return denied('key not authorized: no matching policy');
  }

  const known = existing ?? newUser(gateway, api, { keyId, user, base });
  const before = [known.session.expires, ...(policyIds(known.session) ?? [])];
  const expires = typeof claims.exp === 'number' ? Math.trunc(claims.exp) : 0;
  const { session, error } = applied(
    gateway,
    {
      ...known.session,
      expires: Math.max(known.session.expires, expires),
      apply_policy_id: '',
      apply_policies: chosen.policies,
    },
    api.orgId,
  );
  if (error && chosen.scoped) {
    return denied('key not authorized: could not apply several policies');
  }
  if (error) {
    return existing
      ? denied('key not authorized: could not apply new policy')
      : denied(`failed to create key: ${error}`, 500);
  }
  const result = { ...known, session };
  const after = [session.expires, ...session.apply_policies];
  if (!existing || before.join() !== after.join()) {
    writeBack(gateway, api, result);
  }
  return { known: result };
}

/** A session for a user seen for the first time, with the limits of the policy it starts from. */
function newUser(
  gateway: Gateway,
  api: Api,
  from: { keyId: string; user: string; base: Policy | undefined },
): KnownSession {
  const { keyId, user, base } = from;
  const lifetime = base ? base.key_expires_in : 0;
  const session: Session = {
    ...readSession({}),
    ...(base ? policyLimits(base) : {}),
    org_id: api.orgId,
    alias: user,
    meta_data: { TykJWTSessionID: keyId },
    expires: lifetime > 0 ? gateway.clock.seconds() + lifetime : 0,
  };
  return { session, keyId, keyHash: storedName(gateway, keyId) };
}

type Choice =
  | {
      policies: string[];
      /** The policy a new session starts from. */
      base?: string;
      scoped?: boolean;
    }
  | { error: string };

/** Scopes come on top of the policy that the token names, and instead of those by default. */
function choosePolicies(
  settings: JwtSettings,
  claims: JsonObject,
  token: { named: string; exists: boolean; scopesSuffice: boolean },
): Choice {
  const { named, exists, scopesSuffice } = token;
  const [base = ''] = named ? [named] : settings.defaultPolicies;
  if (!scopesSuffice && !base) return { error: 'no matching policy found' };
  const scopes = scopesIn(claims, settings.scopeClaims);
  const mapped = Object.keys(settings.scopes).length > 0;
  if (mapped && scopes.length > 0) {
    const found = scopes.map(scope => asText(settings.scopes[scope]));
    const policies = [...new Set([named, ...found].filter(Boolean))];
    return policies.length > 0
      ? { policies, base, scoped: true }
      : { error: 'no matching policy found in scope claim' };
  }
  if (base) {
    return { policies: named ? [named] : settings.defaultPolicies, base };
  }
  return {
    error:
      mapped && exists
        ? 'no scope or policy in token'
        : 'no matching policy found',
  };
}

/** The policy that the token names, or the first of the key that it names; '' where it names none. */
function policyNamed(
  gateway: Gateway,
  api: Api,
  { policyClaims, clientClaim }: JwtSettings,
  claims: JsonObject,
): string {
  if (policyClaims.length > 0) return firstText(claims, policyClaims);
  const client = clientClaim === '' ? '' : asText(claims[clientClaim]);
  const known = client === '' ? undefined : findSession(gateway, api, client);
  const [policy = ''] = (known && policyIds(known.session)) ?? [];
  return policy;
}

/** The value of a claim, whose name may be a path with dots. */
function claimAt(claims: JsonObject, name: string): JsonValue | undefined {
  if (name in claims) return claims[name];
  let value: JsonValue | undefined = claims;
  for (const step of name.split('.')) {
    value = isJsonObject(value) ? value[step] : undefined;
  }
  return value;
}

function firstText(claims: JsonObject, names: string[]): string {
  return names.map(name => asText(claimAt(claims, name))).find(Boolean) ?? '';
}

/** A string with spaces, or a list. */
function scopesIn(claims: JsonObject, names: string[]): string[] {
  const value = names
    .map(name => claimAt(claims, name))
    .find(found => found !== undefined);
  if (typeof value === 'string') return value.split(' ').filter(Boolean);
  return Array.isArray(value) ? value.map(asText).filter(Boolean) : [];
}
