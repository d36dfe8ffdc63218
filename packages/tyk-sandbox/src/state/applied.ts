import { applyPolicies } from '../merge/apply';
import type { Applied, FlagRule } from '../merge/apply';
import type { Session } from '../model/session';
import { behaves, ignoresFlag } from '../versions';
import type { Gateway } from './gateway';
import { policyLookup } from './gateway';

/**
 * A session with its policies applied, as the gateway's version does it.
 *
 * @param apiOrg - organisation of the API being called or saved for; `undefined` where there is none
 */
export function applied(
  gateway: Gateway,
  session: Session,
  apiOrg?: string,
): Applied {
  const flag = flagRule(gateway.settings.version);
  return applyPolicies(session, policyLookup(gateway), apiOrg, flag);
}

function flagRule(version: string): FlagRule {
  if (ignoresFlag(version)) return 'ignored';
  return behaves(version, 'policiesAloneSuspend')
    ? 'without-policies'
    : 'counts';
}
