import type { SchemaObject } from 'ajv';
import { RESERVED_CREDENTIAL_METADATA } from '../credentialMetadata';
import { API_PLAN_KIND } from '../kinds';
import { entitySchema } from './entity';
import {
  LONGEST,
  catalogues,
  closedObject,
  displayPriority,
  duration,
  line,
  owner,
  provider,
  providerName,
  scopes,
} from './fragments';

/** A number that JavaScript and the providers count without rounding. */
const MOST_REQUESTS = Number.MAX_SAFE_INTEGER;

const unlimitedOr = (limits: SchemaObject, example: string): SchemaObject => ({
  if: { type: 'object' },
  then: limits,
  else: {
    const: 'unlimited',
    'x-message': `must be \`unlimited\` or ${example}`,
  },
});

const rateLimit = unlimitedOr(
  closedObject(
    {
      requests: {
        type: 'integer',
        minimum: 1,
        maximum: MOST_REQUESTS,
        'x-message':
          'must be a whole number of at least 1; write `rateLimit: unlimited` for no limit',
      },
      per: {
        type: 'number',
        exclusiveMinimum: 0,
        maximum: 31_536_000,
        'x-message': 'must be a positive number of seconds',
      },
    },
    ['requests', 'per'],
  ),
  '{ requests: 100, per: 60 }',
);

const QUOTA_PERIOD =
  'must be `month` (the calendar month) or a positive ISO 8601 duration without years and months, such as P1D or P30D';

const quota = unlimitedOr(
  closedObject(
    {
      requests: {
        type: 'integer',
        minimum: 1,
        maximum: MOST_REQUESTS,
        'x-message':
          'must be a whole number of at least 1 (gateways take 0 for no limit); write `quota: unlimited` for no limit',
      },
      per: {
        type: 'string',
        // A duration in years or months has no fixed length, and the calendar month has a word of its own.
        if: { not: { const: 'month' } },
        then: {
          format: 'positive-duration',
          pattern: '^[^YMT]*(T.*)?$',
          'x-message': QUOTA_PERIOD,
        },
        'x-message': QUOTA_PERIOD,
      },
    },
    ['requests', 'per'],
  ),
  '{ requests: 100000, per: month }',
);

const amount: SchemaObject = {
  type: 'string',
  pattern: '^(0|[1-9]\\d{0,14})(\\.\\d{1,6})?$',
  'x-message': 'must be a decimal number in quotes, such as "49.00"',
};

const pricing: SchemaObject = {
  ...closedObject(
    {
      mode: { enum: ['free', 'fixed', 'metered'] },
      label: line('what people read, such as $49/month'),
      description: {
        type: 'string',
        maxLength: LONGEST.paragraph,
        'x-message': `must be a text of at most ${LONGEST.paragraph} characters`,
      },
      currency: {
        type: 'string',
        format: 'currency',
        'x-message': 'must be an ISO 4217 code, such as USD or EUR',
      },
      amount,
      period: { enum: ['month', 'year'] },
      trial: duration,
    },
    ['mode'],
  ),
  allOf: [
    {
      if: { type: 'object', required: ['amount'] },
      then: { required: ['currency'] },
    },
    {
      if: {
        type: 'object',
        required: ['mode', 'amount'],
        properties: { mode: { const: 'free' } },
      },
      then: {
        properties: {
          amount: {
            pattern: '^0(\\.0+)?$',
            'x-message':
              'must be left out of a free plan; a price needs mode fixed or metered',
          },
        },
      },
    },
    {
      if: {
        type: 'object',
        required: ['mode'],
        properties: { mode: { enum: ['fixed', 'metered'] } },
        not: { anyOf: [{ required: ['amount'] }, { required: ['label'] }] },
      },
      then: {
        not: {},
        'x-message':
          'needs `amount` or `label`, so that people can see the price',
      },
    },
  ],
};

const spec = closedObject(
  {
    owner,
    provider,
    providerName,
    rateLimit,
    quota,
    keyLifetime: {
      if: { not: { const: 'never' } },
      then: {
        ...duration,
        'x-message':
          'must be `never` or a positive ISO 8601 duration of at most 100 years, such as P90D',
      },
    },
    approval: closedObject({ mode: { enum: ['auto', 'manual'] } }, ['mode']),
    accessRequests: closedObject(
      {
        allowance: {
          type: 'integer',
          minimum: 1,
          maximum: 1_000_000,
          'x-message': 'must be a whole number of requests, at least 1',
        },
        per: duration,
      },
      ['allowance', 'per'],
    ),
    credentials: closedObject({
      max: {
        type: 'integer',
        minimum: 1,
        maximum: 100,
        'x-message': 'must be a whole number between 1 and 100',
      },
      rotationOverlap: duration,
      revealWithin: duration,
      renewWithin: duration,
    }),
    scopes,
    credentialMetadata: {
      type: 'object',
      maxProperties: 50,
      propertyNames: {
        pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,62}$',
        not: { enum: [...RESERVED_CREDENTIAL_METADATA] },
        'x-message': `must have a name of at most 63 letters, digits, \`_\`, \`.\` and \`-\`, and none that the portal uses itself: ${RESERVED_CREDENTIAL_METADATA.join(
          ', ',
        )}`,
      },
      additionalProperties: {
        type: 'string',
        maxLength: LONGEST.line,
        'x-message': 'must be text; numbers, true and false stand in quotes',
      },
    },
    catalogues,
    pricing,
    displayPriority,
  },
  ['owner', 'rateLimit', 'quota'],
);

/** JSON Schema (draft-07) of `APIPlan`; its own keywords are explained in `./fragments`. @public */
export const apiPlanSchema: SchemaObject = entitySchema(API_PLAN_KIND, spec);
