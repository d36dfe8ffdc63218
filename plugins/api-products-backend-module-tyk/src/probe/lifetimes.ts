import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import type { Vanished } from '../driver/Witnesses';
import type { ApiDefinition } from '../model/apis';

/** Where a gateway forgets the keys of an API after a while, whatever their expiry; none where it does not. */
export function lifetimeFindings(
  apis: readonly ApiDefinition[],
): ProviderFinding[] {
  const forgetful = apis.filter(({ session_lifetime: seconds }) => seconds > 0);
  if (forgetful.length === 0) return [];
  const named = forgetful.map(
    ({ api_id: id, name, session_lifetime: seconds }) =>
      `${name || id} (after ${seconds} s)`,
  );
  return [
    {
      name: 'session-lifetime',
      status: 'warning',
      message: `The gateway forgets keys that were not written for so long, whatever their expiry: those of ${named.join(
        ', ',
      )}. Set session_lifetime of the API to 0.`,
    },
  ];
}

const MINUTE_MS = 60_000;

/**
 * Keys that end by themselves although they should not. Nothing at a gateway tells that it forces a lifetime on them;
 * but a key of the portal's own that was there at one look and is gone at the next does.
 *
 * @param vanished - what became of that key
 */
export function keysLastFinding(
  vanished: Vanished | undefined,
): ProviderFinding[] {
  if (!vanished) return [];
  const minutes = (ms: number) => Math.round(ms / MINUTE_MS);
  return [
    {
      name: 'keys-last',
      status: 'warning',
      message: `A key of the portal's own that never ends was gone ${minutes(
        vanished.after,
      )} to ${minutes(
        vanished.before,
      )} minutes after it was made. If nobody removed it, this gateway forgets keys, those of consumers as well: switch force_global_session_lifetime off, and give its Redis enough memory or maxmemory-policy noeviction.`,
    },
  ];
}
