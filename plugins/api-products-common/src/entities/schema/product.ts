import type { SchemaObject } from 'ajv';
import { API_PRODUCT_KIND } from '../kinds';
import { entitySchema } from './entity';
import {
  catalogues,
  closedObject,
  displayPriority,
  entityRef,
  groupsOrUsers,
  line,
  listOf,
  longText,
  optionalLine,
  owner,
  provider,
  providerName,
  scopes,
  webAddress,
} from './fragments';

/** Official expression of semver.org. */
const SEMVER =
  '^(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-((?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\\.(?:0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\\+([0-9a-zA-Z-]+(?:\\.[0-9a-zA-Z-]+)*))?$';

const apiRef = entityRef(['api'], 'api:default/payments');

const allowedUrl = closedObject(
  {
    url: {
      type: 'string',
      minLength: 1,
      maxLength: 2000,
      format: 'regex',
      'x-message':
        'must be a regular expression over the path, such as /refunds/.*',
    },
    methods: {
      ...listOf({
        enum: [
          'GET',
          'HEAD',
          'POST',
          'PUT',
          'PATCH',
          'DELETE',
          'OPTIONS',
          'TRACE',
          'CONNECT',
        ],
      }),
      minItems: 1,
      'x-message': 'must be a list of at least one HTTP method',
    },
  },
  ['url', 'methods'],
);

const apiInDetail: SchemaObject = {
  ...closedObject({
    ref: apiRef,
    providerApiId: line('the id that the provider has for the API'),
    versions: listOf({
      type: 'string',
      maxLength: 255,
      'x-message': 'must be the name of a version',
    }),
    allowedUrls: listOf(allowedUrl),
  }),
  if: {
    not: { anyOf: [{ required: ['ref'] }, { required: ['providerApiId'] }] },
  },
  then: {
    not: {},
    'x-message':
      'needs `ref`, the API entity, or `providerApiId`, the id that the provider has for the API',
  },
};

const api: SchemaObject = {
  if: { type: 'object' },
  then: apiInDetail,
  else: apiRef,
};

const guide: SchemaObject = {
  ...closedObject(
    {
      title: line('a title'),
      content: longText('Markdown'),
      url: webAddress,
    },
    ['title'],
  ),
  if: {
    type: 'object',
    not: { anyOf: [{ required: ['content'] }, { required: ['url'] }] },
  },
  then: { not: {}, 'x-message': 'needs `content` or `url`' },
};

const visibility = closedObject({
  comingSoon: { type: 'boolean' },
  comingSoonText: optionalLine('a short text, such as Expected March'),
  preview: { type: 'boolean' },
  featured: { type: 'boolean' },
  displayPriority,
  logo: {
    type: 'string',
    format: 'image-url',
    maxLength: 200_000,
    'x-message':
      'must be an https:// or http:// address, or a data:image/…;base64 address, at most 200000 characters',
  },
});

const dynamicClientRegistration: SchemaObject = {
  ...closedObject(
    {
      enabled: { type: 'boolean' },
      identityProvider: line('the id of an identity provider'),
      scopes,
    },
    ['enabled'],
  ),
  if: {
    type: 'object',
    required: ['enabled'],
    properties: { enabled: { const: true } },
  },
  then: { required: ['identityProvider'] },
};

const sla = closedObject({
  availability: {
    type: 'number',
    minimum: 0,
    maximum: 100,
    'x-message': 'must be a percentage between 0 and 100, such as 99.9',
  },
  latencyP95Ms: {
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 86_400_000,
    'x-message': 'must be a positive number of milliseconds',
  },
  supportHours: optionalLine('a text, such as 24x7'),
});

const billing = closedObject({
  productCode: optionalLine('a text'),
  paymentSource: optionalLine('a text'),
  paymentConfigurationId: optionalLine('a text'),
  meteringModels: listOf(line('the name of a metering model')),
  notifyOnInvoice: { type: 'boolean' },
  notificationAddresses: listOf({
    type: 'string',
    format: 'email',
    maxLength: 255,
    'x-message': 'must be an e-mail address',
  }),
  quotaThresholds: listOf({
    type: 'number',
    exclusiveMinimum: 0,
    maximum: 100,
    'x-message': 'must be a percentage of the quota, above 0 and at most 100',
  }),
  notifyTrialExpiry: { type: 'boolean' },
});

const external: SchemaObject = {
  type: 'object',
  maxProperties: 50,
  propertyNames: {
    pattern: '^[A-Za-z][A-Za-z0-9_.-]{0,62}$',
    'x-message':
      'must have a name of at most 63 letters, digits, `_`, `.` and `-`',
  },
  additionalProperties: {
    if: { type: 'array' },
    then: listOf(optionalLine('an id as text')),
    else: optionalLine('an id as text'),
  },
};

const spec = closedObject(
  {
    type: line('a type, such as rest, graphql, event, mcp or mixed'),
    owner,
    contact: optionalLine('a person: a reference, an e-mail address or a name'),
    lifecycle: { enum: ['draft', 'active', 'deprecated', 'retired'] },
    version: {
      type: 'string',
      maxLength: 255,
      pattern: SEMVER,
      'x-message': 'must be a semantic version in quotes, such as "1.4.0"',
    },
    system: entityRef(['system'], 'system:default/checkout'),
    provider,
    providerName,
    apis: {
      ...listOf(api),
      'x-unique-by': 'ref',
      'x-message': 'must be a list of at most 200 APIs, each of them once',
    },
    gatewayEndpoint: webAddress,
    authentication: { enum: ['auth-token', 'jwt', 'basic', 'mtls', 'keyless'] },
    plans: listOf(entityRef(['apiplan'], 'apiplan:default/gold or gold')),
    catalogues,
    approvers: groupsOrUsers,
    content: longText('Markdown'),
    guides: listOf(guide),
    specs: {
      ...listOf(
        closedObject(
          {
            alias: line('the name of the specification'),
            definition: longText('the text of the definition'),
          },
          ['alias', 'definition'],
        ),
      ),
      'x-unique-by': 'alias',
      'x-message':
        'must be a list of at most 200 specifications, each alias once',
    },
    terms: {
      ...listOf(
        closedObject(
          {
            name: line('the name of the terms'),
            version: line('a version in quotes, such as "2026-01"'),
            url: webAddress,
            required: { type: 'boolean' },
          },
          ['name', 'version', 'url'],
        ),
      ),
      'x-unique-by': 'name',
      'x-message': 'must be a list of at most 200 terms, each name once',
    },
    visibility,
    dynamicClientRegistration,
    sla,
    billing,
    external,
  },
  ['owner'],
);

/** JSON Schema (draft-07) of `APIProduct`; its own keywords are explained in `./fragments`. @public */
export const apiProductSchema: SchemaObject = entitySchema(
  API_PRODUCT_KIND,
  spec,
);
