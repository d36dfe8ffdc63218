/** The people of the demo portal as callers. */
import type { UserCaller } from '../identity/Caller';

function person(name: string, ...groups: string[]): UserCaller {
  const ref = `user:default/${name}`;
  return {
    kind: 'user',
    ref,
    ownership: [ref, ...groups.map(group => `group:default/${group}`)],
    platformOwner: groups.includes('platform-owners'),
  };
}

/** @internal */
export const people = {
  paula: person('paula', 'platform-owners'),
  omar: person('omar', 'payments-team'),
  olga: person('olga', 'payments-team'),
  liam: person('liam', 'logistics-team'),
  dana: person('dana', 'shop-team'),
  devin: person('devin', 'shop-team'),
  mia: person('mia', 'mobile-team'),
  pat: person('pat', 'partners'),
  gus: person('gus'),
};
