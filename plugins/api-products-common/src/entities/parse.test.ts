import { InputError } from '@backstage/errors';
import {
  parseCatalogueEntity,
  parsePlanEntity,
  parseProductEntity,
} from './parse';
import { bent, catalogue, plan, product } from './testEntities';

type Row = [path: (string | number)[], value: unknown, message: string];

function refusal(parse: (entity: unknown) => unknown, entity: unknown): string {
  try {
    parse(entity);
  } catch (error) {
    if (error instanceof InputError) {
      return error.message;
    }
    throw error;
  }
  throw new Error('The entity was accepted');
}

const SCRIPT_LINK = ['javascript', 'alert(1)'].join(':');
const OWNER =
  'must be a reference to a group or a user, such as group:default/payments';
const DURATION =
  'must be a positive ISO 8601 duration of at most 100 years, such as PT1H or P30D';
const WEB = 'must be a web address that starts with https:// or http://';
const PERIOD =
  'must be `month` (the calendar month) or a positive ISO 8601 duration without years and months, such as P1D or P30D';

const products: Row[] = [
  [
    ['apiVersion'],
    'api-products/v9',
    'apiVersion must be api-products/v1alpha1',
  ],
  [['kind'], 'APIPlan', 'kind must be APIProduct'],
  [['spec'], undefined, 'spec is missing'],
  [
    ['metadata', 'name'],
    'a'.repeat(64),
    'metadata.name must be at most 63 letters and digits, with `-`, `_` and `.` in between',
  ],
  [
    ['metadata', 'name'],
    '../etc',
    'metadata.name must be at most 63 letters and digits, with `-`, `_` and `.` in between',
  ],
  [
    ['metadata', 'namespace'],
    'Part%2fners',
    'metadata.namespace must be at most 63 lower-case letters and digits, with `-` in between',
  ],
  [
    ['metadata', 'title'],
    't'.repeat(256),
    'metadata.title must be a name for people, at most 255 characters',
  ],
  [
    ['metadata', 'tags'],
    ['PCI'],
    'metadata.tags[0] must be at most 63 lower-case letters, digits, `:`, `+` and `#`, with `-` in between',
  ],
  [
    ['metadata', 'links'],
    [{ url: SCRIPT_LINK }],
    'metadata.links[0].url must be an address that starts with https://, http:// or mailto:',
  ],
  [['spec', 'owner'], undefined, `spec.owner is missing; it ${OWNER}`],
  [['spec', 'owner'], 'component:default/shop', `spec.owner ${OWNER}`],
  [['spec', 'owner'], 'group:default/a b', `spec.owner ${OWNER}`],
  [['spec', 'owner'], '', `spec.owner ${OWNER}`],
  [
    ['spec', 'lifecycle'],
    'production',
    'spec.lifecycle must be one of draft, active, deprecated, retired',
  ],
  [
    ['spec', 'version'],
    '1.4',
    'spec.version must be a semantic version in quotes, such as "1.4.0"',
  ],
  [
    ['spec', 'version'],
    1.4,
    'spec.version must be a semantic version in quotes, such as "1.4.0"',
  ],
  [
    ['spec', 'system'],
    'component:default/x',
    'spec.system must be a reference to a system, such as system:default/checkout',
  ],
  [
    ['spec', 'provider'],
    'tyk eu',
    'spec.provider must be the id of a provider: letters, digits, `-`, `_` and `.`, at most 63 characters',
  ],
  [
    ['spec', 'apis'],
    'api:default/payments',
    'spec.apis must be a list of at most 200 APIs, each of them once',
  ],
  [
    ['spec', 'apis', 0],
    'component:default/x',
    'spec.apis[0] must be a reference to an API, such as api:default/payments',
  ],
  [
    ['spec', 'apis', 1, 'ref'],
    undefined,
    'spec.apis[1].ref is missing; it must be a reference to an API, such as api:default/payments',
  ],
  [
    ['spec', 'apis', 1, 'ref'],
    'payments',
    'spec.apis must be a list of at most 200 APIs, each of them once',
  ],
  [
    ['spec', 'apis', 1, 'apiId'],
    'x',
    'spec.apis[1].apiId is not a known field; known here are ref, providerApiId, versions, allowedUrls',
  ],
  [
    ['spec', 'apis', 1, 'allowedUrls', 0, 'url'],
    '/a(',
    'spec.apis[1].allowedUrls[0].url must be a regular expression over the path, such as /refunds/.*',
  ],
  [
    ['spec', 'apis', 1, 'allowedUrls', 0, 'methods'],
    [],
    'spec.apis[1].allowedUrls[0].methods must be a list of at least one HTTP method',
  ],
  [
    ['spec', 'gatewayEndpoint'],
    'gateway.example.com',
    `spec.gatewayEndpoint ${WEB}`,
  ],
  [['spec', 'gatewayEndpoint'], SCRIPT_LINK, `spec.gatewayEndpoint ${WEB}`],
  [
    ['spec', 'authentication'],
    'oauth',
    'spec.authentication must be one of auth-token, jwt, basic, mtls, keyless',
  ],
  [
    ['spec', 'plans', 1],
    'apiproduct:default/gold',
    'spec.plans[1] must be a reference to an APIPlan, such as apiplan:default/gold or gold',
  ],
  [['spec', 'plans'], 'gold', 'spec.plans must be a list'],
  [
    ['spec', 'catalogues', 0],
    'no/such/thing',
    'spec.catalogues[0] must be a reference to an APICatalogue, such as apicatalogue:default/internal or internal',
  ],
  [['spec', 'approvers'], ['api:default/x'], `spec.approvers[0] ${OWNER}`],
  [
    ['spec', 'content'],
    { $text: './x.md' },
    'spec.content must be Markdown, at most 1000000 characters',
  ],
  [
    ['spec', 'guides', 0, 'content'],
    undefined,
    'spec.guides[0] needs `content` or `url`',
  ],
  [
    ['spec', 'guides', 1, 'url'],
    '//docs.example.com',
    `spec.guides[1].url ${WEB}`,
  ],
  [
    ['spec', 'specs', 0, 'alias'],
    undefined,
    'spec.specs[0].alias is missing; it must be the name of the specification, at most 255 characters',
  ],
  [
    ['spec', 'terms', 0, 'version'],
    2026,
    'spec.terms[0].version must be a version in quotes, such as "2026-01", at most 255 characters',
  ],
  [
    ['spec', 'terms', 0, 'url'],
    undefined,
    `spec.terms[0].url is missing; it ${WEB}`,
  ],
  [
    ['spec', 'terms', 0, 'required'],
    'yes',
    'spec.terms[0].required must be true or false',
  ],
  [
    ['spec', 'visibility', 'logo'],
    'data:text/html;base64,AAAA',
    'spec.visibility.logo must be an https:// or http:// address, or a data:image/…;base64 address, at most 200000 characters',
  ],
  [
    ['spec', 'visibility', 'displayPriority'],
    1e12,
    'spec.visibility.displayPriority must be a whole number between -1000000 and 1000000; higher stands further up',
  ],
  [
    ['spec', 'visibility', 'commingSoon'],
    true,
    'spec.visibility.commingSoon is not a known field; did you mean comingSoon?',
  ],
  [
    ['spec', 'dynamicClientRegistration'],
    { enabled: true },
    'spec.dynamicClientRegistration.identityProvider is missing',
  ],
  [
    ['spec', 'dynamicClientRegistration', 'scopes'],
    ['a b'],
    'spec.dynamicClientRegistration.scopes[0] must be one scope, without spaces, commas, quotes and backslashes',
  ],
  [
    ['spec', 'sla', 'availability'],
    101,
    'spec.sla.availability must be a percentage between 0 and 100, such as 99.9',
  ],
  [
    ['spec', 'billing', 'notificationAddresses'],
    ['finance'],
    'spec.billing.notificationAddresses[0] must be an e-mail address',
  ],
  [
    ['spec', 'billing', 'quotaThresholds'],
    [0],
    'spec.billing.quotaThresholds[0] must be a percentage of the quota, above 0 and at most 100',
  ],
  [
    ['spec', 'external', 'a b'],
    'x',
    'spec.external["a b"] must have a name of at most 63 letters, digits, `_`, `.` and `-`',
  ],
  [
    ['spec', 'external', 'id'],
    7,
    'spec.external.id must be an id as text, at most 255 characters',
  ],
  [
    ['spec', 'lifecyle'],
    'active',
    'spec.lifecyle is not a known field; did you mean lifecycle?',
  ],
];

const plans: Row[] = [
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
    'spec.rateLimit.requests must be a whole number of at least 1; write `rateLimit: unlimited` for no limit',
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

const catalogues: Row[] = [
  [['spec', 'owner'], 7, `spec.owner ${OWNER}`],
  [
    ['spec', 'visibility'],
    'secret',
    'spec.visibility must be one of public, private',
  ],
  [
    ['spec', 'audience', 0],
    'apiplan:default/gold',
    `spec.audience[0] ${OWNER}`,
  ],
  [['spec', 'audience'], 'partners', 'spec.audience must be a list'],
];

describe('parsing entities', () => {
  it('accepts the entities of the design', () => {
    expect(parseProductEntity(product())).toEqual(product());
    expect(parsePlanEntity(plan())).toEqual(plan());
    expect(parseCatalogueEntity(catalogue())).toEqual(catalogue());
  });

  it('accepts the least that each kind needs', () => {
    const least = (kind: string, spec: object) => ({
      apiVersion: 'api-products/v1alpha1',
      kind,
      metadata: { name: 'x' },
      spec: { owner: 'payments', ...spec },
    });
    expect(() => parseProductEntity(least('APIProduct', {}))).not.toThrow();
    expect(() => parseCatalogueEntity(least('APICatalogue', {}))).not.toThrow();
    expect(() =>
      parsePlanEntity(
        least('APIPlan', { rateLimit: 'unlimited', quota: 'unlimited' }),
      ),
    ).not.toThrow();
  });

  it('accepts a product that is at a provider before it has APIs', () => {
    const entity = bent(product(), ['spec', 'apis'], []);
    expect(() => parseProductEntity(entity)).not.toThrow();
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

  it.each(products)('refuses a product with %j %j', (path, value, message) => {
    expect(refusal(parseProductEntity, bent(product(), path, value))).toBe(
      message,
    );
  });

  it.each(plans)('refuses a plan with %j %j', (path, value, message) => {
    expect(refusal(parsePlanEntity, bent(plan(), path, value))).toBe(message);
  });

  it.each(catalogues)(
    'refuses a catalogue with %j %j',
    (path, value, message) => {
      expect(
        refusal(parseCatalogueEntity, bent(catalogue(), path, value)),
      ).toBe(message);
    },
  );

  it('refuses a name that is not the same API twice only in another namespace', () => {
    const inPartners = bent(product(), ['metadata', 'namespace'], 'partners');
    const twice = ['payments', 'api:default/payments'];
    const elsewhere = bent(Object(inPartners), ['spec', 'apis'], twice);
    expect(() => parseProductEntity(elsewhere)).not.toThrow();
    expect(
      refusal(parseProductEntity, bent(product(), ['spec', 'apis'], twice)),
    ).toContain('spec.apis ');
  });

  it('lists everything that is wrong in one message', () => {
    const entity = {
      ...plan(),
      spec: {
        owner: 'payments',
        rateLimit: { requests: 0, per: 0 },
        quota: { requests: 0, per: 'P1M' },
        keyLifetime: 'soon',
      },
    };
    const sentences = refusal(parsePlanEntity, entity).split(/; (?=spec)/);
    expect(sentences.map(sentence => sentence.split(' ')[0])).toEqual([
      'spec.rateLimit.requests',
      'spec.rateLimit.per',
      'spec.quota.requests',
      'spec.quota.per',
      'spec.keyLifetime',
    ]);
  });

  it('says how many more there are when there are very many', () => {
    const entity = bent(product(), ['spec', 'plans'], Array(50).fill(7));
    expect(refusal(parseProductEntity, entity)).toMatch(/; and 30 more$/);
  });

  it.each([null, undefined, 7, 'text', [], {}])('refuses %j', value => {
    expect(refusal(parseProductEntity, value)).not.toBe('');
  });
});
