import { refusal } from '../__testUtils__/renderWithApi';
import { fieldErrorOf } from './fieldErrors';
import { serverErrorOf } from './serverError';

const FIELDS = [
  'name',
  'owner',
  'application',
  'plan',
  'acceptedTerms',
  'rateLimit',
  'apis',
] as const;

const asSaid = (error: Error) => serverErrorOf(error).message;

describe('fieldErrorOf', () => {
  it('believes the backend where it names the field, and says the page’s own words there', async () => {
    const error = await refusal(429, 'Plan access quota exceeded', {
      code: 'allowance-used',
      fields: { field: 'plan' },
    });
    expect(fieldErrorOf(error, FIELDS, () => 'in own words')).toEqual({
      field: 'plan',
      message: 'in own words',
    });
  });

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
    ['spec.rateLimit.per must be a positive number of seconds', 'rateLimit'],
    ['spec.apis[1].ref must be a reference to an API', 'apis'],
    ['metadata.name must be at most 63 letters and digits', 'name'],
    ['rateLimit.requests must be a whole number', 'rateLimit'],
    ['request/body/acceptedTerms/0/name must be string', 'acceptedTerms'],
  ])('finds the field of “%s”', (message, field) => {
    expect(fieldErrorOf(new Error(message), FIELDS, asSaid).field).toBe(field);
  });

  it.each([
    [
      'owner: you are not a member of group:default/x',
      'you are not a member of x',
    ],
    ['spec.rateLimit.per must be positive', 'Must be positive'],
    ['spec.apis[1].ref must be an API', 'Must be an API'],
  ])('does not say the field’s name at the field: “%s”', (sent, message) => {
    expect(fieldErrorOf(new Error(sent), FIELDS, asSaid).message).toBe(message);
  });

  it.each([
    'Plan access quota exceeded',
    '“Shop backend” already waits for Payments API',
    'product: Payments API is retired and takes no new requests',
    '',
  ])('leaves “%s” to the whole request', message => {
    expect(fieldErrorOf(new Error(message), FIELDS, asSaid)).toEqual({
      field: undefined,
      message,
    });
  });
});
