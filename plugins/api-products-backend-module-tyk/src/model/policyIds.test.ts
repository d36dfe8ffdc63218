import fc from 'fast-check';
import { goesByGivenIds, policyId } from './policyIds';

const key = fc
  .tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))
  .map(parts => parts.join('/'));
const likely = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9.~_/-]{1,6}$/),
    fc.stringMatching(/^[a-z0-9.~_/-]{1,6}$/),
  )
  .map(parts => parts.join('/'));

describe('policyId', () => {
  it.each([
    ['default/payments', 'bs-product-default.payments'],
    ['partners/payments', 'bs-product-partners.payments'],
    ['default/orders-v1', 'bs-product-default.orders-v1'],
    ['default/orders.v1', 'bs-product-default.orders~2ev1'],
    ['default/Payments_EU', 'bs-product-default.payments_eu'],
    ['default/a~b', 'bs-product-default.a~7eb'],
  ])('of %s is %s', (given, id) => {
    expect(policyId('product', given)).toBe(id);
  });

  it('tells products from plans', () => {
    expect(policyId('plan', 'default/gold')).toBe('bs-plan-default.gold');
  });

  it('has only characters that Tyk accepts, and a length that a file name can have', () => {
    fc.assert(
      fc.property(fc.oneof(key, fc.string({ maxLength: 400 })), text => {
        const id = policyId('product', text);
        expect(id).toMatch(/^[A-Za-z0-9._~-]+$/);
        expect(id.length).toBeLessThanOrEqual(120);
      }),
    );
  });

  it('is another for another key', () => {
    const fold = (text: string) => text.toLocaleLowerCase('en-US');
    fc.assert(
      fc.property(fc.oneof(likely, key), fc.oneof(likely, key), (a, b) => {
        fc.pre(fold(a) !== fold(b));
        expect(policyId('product', a)).not.toBe(policyId('product', b));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is another for long keys that differ at the end', () => {
    const long = `default/${'x'.repeat(200)}`;
    expect(policyId('product', `${long}a`)).not.toBe(
      policyId('product', `${long}b`),
    );
  });
});

describe('goesByGivenIds', () => {
  it.each([
    ['v5.14.0', true],
    ['5.11.0', true],
    ['6.0', true],
    ['5.8.9', true],
    ['v5.8.15', true],
    [undefined, true],
    ['unknown', true],
    ['5.8.8', false],
    ['5.10.1', false],
    ['5.9.9', false],
    ['4.3.4', false],
  ])('case 12: of %s it is %s', (version, expected) => {
    expect(goesByGivenIds(version)).toBe(expected);
  });
});
