import { refName } from './refName';

describe('refName', () => {
  it.each([
    ['group:default/payments-team', 'payments-team'],
    ['user:default/dana', 'dana'],
    ['group:partners/payments', 'partners/payments'],
  ])('%s is called %s', (ref, name) => {
    expect(refName(ref)).toBe(name);
  });
});
