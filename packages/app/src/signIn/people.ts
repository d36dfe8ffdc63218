/** Somebody to sign in as. The people of the demo portal are fixed: documentation and tests name them. */
export interface DemoPerson {
  /** Name of the user in the catalog. */
  name: string;
  displayName: string;
  group: string;
  role: string;
}

/** In the order in which the sign-in page shows them. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('dana', 'shop-team', 'Developer'),
  person('devin', 'shop-team', 'Developer'),
  person('mia', 'mobile-team', 'Developer'),
  person('pat', 'partners', 'Developer at a partner'),
  person('gus', 'in no group', 'Developer'),
  person('omar', 'payments-team', 'Product owner'),
  person('olga', 'payments-team', 'Product owner'),
  person('liam', 'logistics-team', 'Product owner'),
  person('paula', 'platform-owners', 'Platform owner'),
];

function person(name: string, group: string, role: string): DemoPerson {
  const displayName = name.charAt(0).toLocaleUpperCase('en') + name.slice(1);
  return { name, displayName, group, role };
}
