/** What somebody comes to the portal for. */
export type DemoRole = 'Developer' | 'Product owner' | 'Platform owner';

/** Somebody to sign in as. The people of the demo portal are fixed: documentation and tests name them. */
export interface DemoPerson {
  /** Name of the user in the catalog. */
  name: string;
  displayName: string;
  role: DemoRole;
  /** Where the person belongs, in words. */
  group: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('dana', 'Developer', 'shop-team'),
  person('devin', 'Developer', 'shop-team'),
  person('mia', 'Developer', 'mobile-team'),
  person('pat', 'Developer', 'partners'),
  person('gus', 'Developer', 'in no group'),
  person('omar', 'Product owner', 'payments-team'),
  person('olga', 'Product owner', 'payments-team'),
  person('liam', 'Product owner', 'logistics-team'),
  person('paula', 'Platform owner', 'platform-owners'),
];

/** In the order of the sign-in page, with what each of them sees. */
export const DEMO_ROLES: ReadonlyMap<DemoRole, string> = new Map([
  ['Developer', 'Find an API, get a key'],
  ['Product owner', 'Decide who gets access'],
  ['Platform owner', 'Look after all of it'],
]);

function person(name: string, role: DemoRole, group: string): DemoPerson {
  const displayName = name.charAt(0).toLocaleUpperCase('en') + name.slice(1);
  return { name, displayName, role, group };
}
