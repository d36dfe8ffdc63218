import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import type { ProviderProbe } from 'backstage-plugin-api-products-node';
import type { RevocationMode } from '../config';
import {
  REVOCATION_CURE,
  changeWarning,
  revocationOf,
  revocationWarning,
} from '../model/revocation';
import type { HashSetup } from '../model/tokens';

interface RevocationSubject {
  mode: RevocationMode;
  setup: HashSetup;
  /** Why the set-up is not known, where it is not. */
  unknownBecause: string;
  /** A deleted key stays away although it is in use, which the version of the gateway tells. */
  deletionsHold?: boolean;
  /** Some API takes basic authentication. */
  basicAuth: boolean;
  /** Why there can be no markers, where there cannot. */
  markerProblem?: string;
}

/**
 * Whether a removed key is refused even while it is being called.
 *
 * Markers make it so on every installation: the gateway applies policies at each call, whatever it has cached.
 */
export function revocationSafety({
  mode,
  setup,
  deletionsHold,
  markerProblem,
}: Pick<
  RevocationSubject,
  'mode' | 'setup' | 'deletionsHold' | 'markerProblem'
>): ProviderProbe['revocation'] {
  return deletionsHold || (mode === 'marker' && markerProblem === undefined)
    ? 'safe'
    : revocationOf(setup);
}

const MARKER =
  'set revocation of the provider to marker, which holds at once whatever the settings of the gateway are';

export function revocationFinding({
  mode,
  setup,
  unknownBecause,
  deletionsHold,
  basicAuth,
  markerProblem,
}: RevocationSubject): ProviderFinding {
  const name = 'revocation';
  if (markerProblem !== undefined) {
    return {
      name,
      status: 'error',
      message: `Markers cannot be made, and so no key either: ${markerProblem}`,
    };
  }
  if (mode === 'marker') {
    return {
      name,
      status: 'ok',
      message:
        'A revoked key is refused at once, even while it is in use: each key carries a marker policy that is switched off first. Keys made before revocation was set to marker have none; rotate them.',
    };
  }
  const changes = changeWarning(setup);
  if (deletionsHold && (changes || basicAuth)) {
    return {
      name,
      status: 'warning',
      message: `In this version a revoked key is refused within ten seconds, even while it is in use. ${
        changes ??
        'Changes of a user of basic authentication who is calling do not hold: set local_session_cache.disable_cached_session_state to true'
      }; or ${MARKER}. Whether the session cache is off cannot be seen from outside.`,
    };
  }
  const warning = revocationWarning(setup);
  if (warning) {
    return {
      name,
      status: 'warning',
      message: `${warning}; or ${MARKER}. Whether the session cache is off cannot be seen from outside.`,
    };
  }
  if (revocationOf(setup) === 'unknown') {
    return {
      name,
      status: 'warning',
      message: `Whether a revoked key is refused at once is not known, because ${unknownBecause}. To be sure, ${REVOCATION_CURE}; or ${MARKER}.`,
    };
  }
  return basicAuth
    ? {
        name,
        status: 'warning',
        message: `A revoked key is refused at once, even while it is in use. A user of basic authentication is not, since names are presented bare: set local_session_cache.disable_cached_session_state to true; or ${MARKER}.`,
      }
    : {
        name,
        status: 'ok',
        message:
          'A revoked key is refused at once, even while it is in use. (Users of basic authentication would not be; no API here takes them.)',
      };
}

/** How keys are stored, which decides how they are named and whether revoking them holds. */
export function hashFinding(
  setup: HashSetup,
  unknownBecause: string,
): ProviderFinding {
  const name = 'hash-function';
  switch (setup) {
    case 'unknown':
      return {
        name,
        status: 'warning',
        message: `How keys are hashed is not known, because ${unknownBecause}.`,
      };
    case 'unhashed':
      return { name, status: 'warning', message: 'Keys are not hashed.' };
    default:
      return {
        name,
        status: 'ok',
        message: `Keys are hashed with ${setup}.`,
      };
  }
}
