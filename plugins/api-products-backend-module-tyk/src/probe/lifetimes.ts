import type { ProviderFinding } from 'backstage-plugin-api-products-common';
import type { ApiDefinition } from '../model/apis';

/** Where a gateway forgets the keys of an API after a while, whatever their expiry; none where it does not. @internal */
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
