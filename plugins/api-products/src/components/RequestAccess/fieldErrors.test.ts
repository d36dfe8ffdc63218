import { fieldErrorOf } from './fieldErrors';

describe('fieldErrorOf', () => {
  it.each([
    ['plan: Gold is not offered with Payments API', 'plan'],
    ['name must not be empty', 'name'],
    ['owner: you are not a member of group:default/x', 'owner'],
    [
      'request/body/application/name must NOT have more than 63 characters',
      'name',
    ],
    ['application: there is no application 17', 'application'],
    ['acceptedTerms must contain Terms (2026-01)', 'acceptedTerms'],
    ['request/body/acceptedTerms/0/name must be string', 'acceptedTerms'],
  ])('finds the field of “%s”', (message, field) => {
    expect(fieldErrorOf(new Error(message))).toEqual({ field, message });
  });

  it.each([
    'Plan access quota exceeded',
    '“Shop backend” already waits for Payments API',
    'product: Payments API is retired and takes no new requests',
    '',
  ])('leaves “%s” to the whole request', message => {
    expect(fieldErrorOf(new Error(message))).toEqual({
      field: undefined,
      message,
    });
  });
});
