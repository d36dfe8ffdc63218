import { parseProductEntity } from './parse';
import { OWNER_MESSAGE, Refusal, bent, product, refusal } from './testEntities';

const SCRIPT_LINK = ['javascript', 'alert(1)'].join(':');
const WEB = 'must be a web address that starts with https:// or http://';

const products: Refusal[] = [
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
    'metadata.title must be a name for people, at most 255 characters and not only blanks',
  ],
  [
    ['metadata', 'title'],
    ' \u00a0',
    'metadata.title must be a name for people, at most 255 characters and not only blanks',
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
  [['spec', 'owner'], undefined, `spec.owner is missing; it ${OWNER_MESSAGE}`],
  [['spec', 'owner'], 'component:default/shop', `spec.owner ${OWNER_MESSAGE}`],
  [['spec', 'owner'], 'group:default/a b', `spec.owner ${OWNER_MESSAGE}`],
  [['spec', 'owner'], '', `spec.owner ${OWNER_MESSAGE}`],
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
    ['spec', 'apis', 1],
    { versions: ['Default'] },
    'spec.apis[1] needs `ref`, the API entity, or `providerApiId`, the id that the provider has for the API',
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
  [
    ['spec', 'approvers'],
    ['api:default/x'],
    `spec.approvers[0] ${OWNER_MESSAGE}`,
  ],
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
    'spec.specs[0].alias is missing; it must be the name of the specification, at most 255 characters and not only blanks',
  ],
  [
    ['spec', 'terms', 0, 'version'],
    2026,
    'spec.terms[0].version must be a version in quotes, such as "2026-01", at most 255 characters and not only blanks',
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
    'spec.external.id must be an id as text, at most 255 characters and not only blanks',
  ],
  [
    ['spec', 'lifecyle'],
    'active',
    'spec.lifecyle is not a known field; did you mean lifecycle?',
  ],
];

describe('parsing a product', () => {
  it.each(products)('refuses %j %j', (path, value, message) => {
    expect(refusal(parseProductEntity, bent(product(), path, value))).toBe(
      message,
    );
  });
});
