import type { HashSetup } from './tokens';

/** The two settings that cure an unsafe installation, as people have to write them. */
export const REVOCATION_CURE =
  'set hash_key_function to murmur64, or local_session_cache.disable_cached_session_state to true';

/**
 * Whether a removed key is refused even while it is being called, as far as the hash set-up tells. Whether the
 * session cache is off cannot be seen from outside.
 */
export function revocationOf(setup: HashSetup): 'safe' | 'unsafe' | 'unknown' {
  if (setup === 'unknown') return 'unknown';
  return setup === 'murmur64' || setup === 'unhashed' ? 'safe' : 'unsafe';
}

/** What to tell people about an unsafe installation; undefined for a safe one. */
export function revocationWarning(setup: HashSetup): string | undefined {
  if (revocationOf(setup) !== 'unsafe') return undefined;
  return `Revocation is not safe here: keys are hashed with ${setup}, so unless the session cache is off the gateway goes on accepting a revoked key for as long as it is called at least every 10 s; ${REVOCATION_CURE} (keys made before stay unsafe until they are rotated or the session cache is off)`;
}

/**
 * What to tell people where a change of a key (suspended, another plan, another expiry) does not hold while it is in
 * use, which is so in every version; undefined where it does.
 */
export function changeWarning(setup: HashSetup): string | undefined {
  return revocationOf(setup) === 'unsafe'
    ? `Changes of a key in use do not hold here: keys are hashed with ${setup}, so unless the session cache is off the gateway goes on with a key as it was before it was suspended or given another plan or expiry, for as long as it is called at least every 10 s; ${REVOCATION_CURE} (keys made before stay so until they are rotated or the session cache is off)`
    : undefined;
}

/** The same of a basic-auth user. */
export function userChangeWarning(): string {
  return 'Changes of a basic-auth user in use do not hold: unless the session cache is off the gateway goes on with the user as it was for as long as calls come at least every 10 s; set local_session_cache.disable_cached_session_state to true, or revocation of the provider to marker';
}

/** What to tell people about a basic-auth user, who always presents the bare name. */
export function userRevocationWarning(): string {
  return 'Revoking a basic-auth user is not safe: unless the session cache is off the gateway goes on accepting the user for as long as calls come at least every 10 s; set local_session_cache.disable_cached_session_state to true, or revocation of the provider to marker';
}
