import { RESERVED_CREDENTIAL_METADATA } from './credentialMetadata';
import { parsePlanEntity } from './parse';
import { Refusal, bent, plan, refusal } from './testEntities';

const DURATION =
  'must be a positive ISO 8601 duration of at most 100 years, such as PT1H or P30D';
const PERIOD =
  'must be `month` (the calendar month) or a positive ISO 8601 duration without years and months, such as P1D or P30D';

const plans: Refusal[] = [
  [
    ['spec', 'rateLimit'],
    undefined,
    'spec.rateLimit is missing; it must be `unlimited` or { requests: 100, per: 60 }',
  ],
  [
    ['spec', 'rateLimit'],
    'none',
    'spec.rateLimit must be `unlimited` or { requests: 100, per: 60 }',
  ],
  [
    ['spec', 'rateLimit', 'per'],
    -1,
    'spec.rateLimit.per must be a positive number of seconds',
  ],
  [
    ['spec', 'rateLimit', 'per'],
    0,
    'spec.rateLimit.per must be a positive number of seconds',
  ],
  [
    ['spec', 'rateLimit', 'per'],
    'month',
    'spec.rateLimit.per must be a positive number of seconds',
  ],
  [
    ['spec', 'rateLimit', 'per'],
    'PT1M',
    'spec.rateLimit.per must be a positive number of seconds',
  ],
  [
    ['spec', 'rateLimit', 'requests'],
    0,
    'spec.rateLimit.requests must be a whole number of at least 1; write `rateLimit: unlimited` for no limit',
  ],
  [
    ['spec', 'rateLimit', 'requests'],
    1e300,
    'spec.rateLimit.requests must be a whole number of at least 1; write `rateLimit: unlimited` for no limit; at most 9007199254740991',
  ],
  [
    ['spec', 'quota'],
    undefined,
    'spec.quota is missing; it must be `unlimited` or { requests: 100000, per: month }',
  ],
  [
    ['spec', 'quota', 'requests'],
    0,
    'spec.quota.requests must be a whole number of at least 1 (gateways take 0 for no limit); write `quota: unlimited` for no limit',
  ],
  [
    ['spec', 'quota', 'requests'],
    '10',
    'spec.quota.requests must be a whole number of at least 1 (gateways take 0 for no limit); write `quota: unlimited` for no limit',
  ],
  [['spec', 'quota', 'per'], 86400, `spec.quota.per ${PERIOD}`],
  [['spec', 'quota', 'per'], 'P1M', `spec.quota.per ${PERIOD}`],
  [['spec', 'quota', 'per'], 'P0D', `spec.quota.per ${PERIOD}`],
  [['spec', 'quota', 'per'], 'day', `spec.quota.per ${PERIOD}`],
  [
    ['spec', 'keyLifetime'],
    '90 days',
    'spec.keyLifetime must be `never` or a positive ISO 8601 duration of at most 100 years, such as P90D',
  ],
  [
    ['spec', 'keyLifetime'],
    'P999Y',
    'spec.keyLifetime must be `never` or a positive ISO 8601 duration of at most 100 years, such as P90D',
  ],
  [
    ['spec', 'keyLifetime'],
    90,
    'spec.keyLifetime must be `never` or a positive ISO 8601 duration of at most 100 years, such as P90D',
  ],
  [
    ['spec', 'approval', 'mode'],
    'automatic',
    'spec.approval.mode must be one of auto, manual',
  ],
  [
    ['spec', 'accessRequests', 'allowance'],
    0,
    'spec.accessRequests.allowance must be a whole number of requests, at least 1',
  ],
  [
    ['spec', 'accessRequests', 'per'],
    'month',
    `spec.accessRequests.per ${DURATION}`,
  ],
  [
    ['spec', 'credentials', 'max'],
    0,
    'spec.credentials.max must be a whole number between 1 and 100',
  ],
  [
    ['spec', 'credentials', 'rotationOverlap'],
    '-PT1H',
    `spec.credentials.rotationOverlap ${DURATION}`,
  ],
  [
    ['spec', 'credentials', 'revealWithin'],
    'PT',
    `spec.credentials.revealWithin ${DURATION}`,
  ],
  [
    ['spec', 'scopes'],
    7,
    'spec.scopes must be a list of scopes, or a text of scopes with spaces or commas between them',
  ],
  [
    ['spec', 'scopes'],
    'a "b"',
    'spec.scopes must be a list of scopes, or a text of scopes with spaces or commas between them',
  ],
  [
    ['spec', 'credentialMetadata', 'level'],
    3,
    'spec.credentialMetadata.level must be text; numbers, true and false stand in quotes',
  ],
  [
    ['spec', 'credentialMetadata', 'level'],
    'x'.repeat(256),
    'spec.credentialMetadata.level must be text; numbers, true and false stand in quotes; at most 255 characters',
  ],
  [
    ['spec', 'accessRequests'],
    { allowance: 1_000_001, per: 'P1D' },
    'spec.accessRequests.allowance must be a whole number of requests, at least 1; at most 1000000',
  ],
  ...RESERVED_CREDENTIAL_METADATA.map(
    (name): Refusal => [
      ['spec', 'credentialMetadata'],
      { [name]: 'forged' },
      `spec.credentialMetadata.${name} must have a name of at most 63 letters, digits, \`_\`, \`.\` and \`-\`, and none that the portal uses itself: application, application_id, credential_id, owner, portal_offering, portal_policies, subscription_id`,
    ],
  ),
  [
    ['spec', 'pricing', 'mode'],
    'paid',
    'spec.pricing.mode must be one of free, fixed, metered',
  ],
  [
    ['spec', 'pricing', 'amount'],
    49,
    'spec.pricing.amount must be a decimal number in quotes, such as "49.00"',
  ],
  [
    ['spec', 'pricing', 'amount'],
    '49,00',
    'spec.pricing.amount must be a decimal number in quotes, such as "49.00"',
  ],
  [
    ['spec', 'pricing', 'currency'],
    'dollars',
    'spec.pricing.currency must be an ISO 4217 code, such as USD or EUR',
  ],
  [
    ['spec', 'pricing', 'currency'],
    undefined,
    'spec.pricing.currency is missing',
  ],
  [
    ['spec', 'pricing', 'mode'],
    'free',
    'spec.pricing.amount must be left out of a free plan; a price needs mode fixed or metered',
  ],
  [
    ['spec', 'pricing'],
    { mode: 'metered' },
    'spec.pricing needs `amount` or `label`, so that people can see the price',
  ],
  [['spec', 'pricing', 'trial'], 'two weeks', `spec.pricing.trial ${DURATION}`],
  [
    ['spec', 'ratelimit'],
    'unlimited',
    'spec.ratelimit is not a known field; did you mean rateLimit?',
  ],
];

describe('parsing a plan', () => {
  it.each(plans)('refuses %j %j', (path, value, message) => {
    expect(refusal(parsePlanEntity, bent(plan(), path, value))).toBe(message);
  });

  it.each([
    [['scopes'], 'payments.read, payments.write'],
    [['scopes'], ''],
    [['quota', 'per'], 'month'],
    [['quota', 'per'], 'PT1H30M'],
    [['rateLimit', 'per'], 0.5],
    [['keyLifetime'], 'P1Y'],
    [['pricing'], { mode: 'metered', label: 'from $0.002 per call' }],
    [['pricing'], { mode: 'free' }],
  ])('accepts %j %j in a plan', (path, value) => {
    const entity = bent(plan(), ['spec', ...path], value);
    expect(() => parsePlanEntity(entity)).not.toThrow();
  });
});
