/** Who can sign in to the demo portal, for the terminal. */
export const PEOPLE = [
  ['dana, devin', 'developers in shop-team'],
  ['mia', 'developer in mobile-team'],
  ['pat', 'developer at a partner (group partners)'],
  ['gus', 'developer in no group'],
  ['omar, olga', 'product owners in payments-team'],
  ['liam', 'product owner in logistics-team'],
  ['paula', 'platform owner'],
];
