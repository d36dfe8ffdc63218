/**
 * Every property of every body and every parameter of openapi.yaml with values at the edges, on both databases: none is
 * a 5xx, and who is refused with 400 learns which field it was. A property that is new in the document fails here until
 * the good body of its route has it.
 */
import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { BODIES, QUERIES } from './routes.subjects';
import { DemoBackend, type Answer } from './support/demo/DemoBackend';
import {
  DOCUMENTED,
  propertiesOf,
  type Place,
  type Route,
  type Schema,
} from './support/demo/documented';
import {
  edgesAt,
  labelOf,
  numbersAt,
  placesIn,
  textsAt,
  withAt,
} from './support/demo/edges';
import {
  application,
  asking,
  fresh,
  freshName,
  madeRecord,
  pending,
  rotated,
  subscribed,
  suspended,
  TERMS,
  type Subject,
} from './support/demo/subjects';
import type { Who } from './support/demo/people';
import { isLongRun } from './support/longRun';

jest.setTimeout(180_000);

const OWNER = 'group:default/payments-team';

const product = (): JsonObject => ({
  title: fresh('Product'),
  description: 'What it does.',
  tags: ['payments'],
  links: [{ url: 'https://example.com', title: 'More' }],
  type: 'rest',
  owner: OWNER,
  contact: 'payments@example.com',
  lifecycle: 'draft',
  version: '1.0.0',
  system: 'system:default/shop',
  provider: 'sandbox',
  providerName: fresh('Product'),
  apis: [
    {
      ref: 'api:default/payments',
      providerApiId: 'payments',
      versions: ['Default'],
      allowedUrls: [{ url: '/a', methods: ['GET'] }],
    },
  ],
  gatewayEndpoint: 'https://example.com/payments/',
  authentication: 'auth-token',
  plans: ['apiplan:default/gold'],
  catalogues: ['apicatalogue:default/internal'],
  approvers: ['group:default/payments-team'],
  content: '# Payments',
  guides: [{ title: 'Start', content: '…', url: 'https://example.com' }],
  specs: [{ alias: 'payments', definition: 'openapi: 3.1.0' }],
  terms: [
    {
      name: 'Terms',
      version: '1',
      url: 'https://example.com',
      required: false,
    },
  ],
  visibility: {
    comingSoon: false,
    comingSoonText: 'Soon',
    preview: true,
    featured: false,
    displayPriority: 1,
    logo: 'https://example.com/logo.svg',
  },
  dynamicClientRegistration: {
    enabled: true,
    identityProvider: 'keycloak',
    scopes: [freshName()],
  },
  sla: { availability: 99.9, latencyP95Ms: 100, supportHours: '24x7' },
  billing: {
    productCode: 'p',
    paymentSource: 's',
    paymentConfigurationId: 'c',
    meteringModels: ['m'],
    notifyOnInvoice: true,
    notificationAddresses: ['a@example.com'],
    quotaThresholds: [80],
    notifyTrialExpiry: true,
  },
  external: { crm: 'x' },
});

const plan = (): JsonObject => ({
  title: fresh('Plan'),
  description: 'For many.',
  owner: OWNER,
  provider: 'sandbox',
  providerName: fresh('Plan'),
  rateLimit: { requests: 1, per: 1 },
  quota: { requests: 1, per: 'P1D' },
  keyLifetime: 'P1D',
  approval: { mode: 'auto' },
  accessRequests: { allowance: 1, per: 'P1D' },
  credentials: { max: 1, rotationOverlap: 'P1D', revealWithin: 'P1D' },
  scopes: [freshName()],
  credentialMetadata: { tier: 'gold' },
  catalogues: ['apicatalogue:default/internal'],
  pricing: {
    mode: 'fixed',
    label: '$1',
    description: 'A dollar.',
    currency: 'USD',
    amount: '1',
    period: 'month',
    trial: 'P1D',
  },
  displayPriority: 1,
});

const catalogue = (): JsonObject => ({
  title: fresh('Catalogue'),
  description: 'For some.',
  owner: OWNER,
  visibility: 'private',
  audience: ['shop-team'],
  publishers: ['shop-team'],
});

const named = (fields: () => JsonObject) => (): JsonObject => ({
  name: freshName(),
  namespace: 'default',
  ...fields(),
});

/** A good request, and who sends it. */
interface Good extends Subject {
  who: Who;
  body?: () => JsonObject;
}

type MakeGood = (portal: DemoBackend) => Promise<Good>;

const making =
  (body: () => JsonObject, who: Who = 'paula'): MakeGood =>
  async () => ({ who, body });

const changing =
  (
    resource: 'products' | 'plans' | 'catalogues',
    fields: () => JsonObject,
  ): MakeGood =>
  async portal => {
    const name = await madeRecord(portal, resource, named(fields)());
    return {
      who: 'paula',
      params: { namespace: 'default', name },
      body: () => ({ revision: 1, ...fields() }),
    };
  };

const onId =
  (
    who: Who,
    make: (portal: DemoBackend) => Promise<string>,
    body: () => JsonObject,
  ): MakeGood =>
  async portal => ({ who, params: { id: await make(portal) }, body });

const ofProvider = (body: () => JsonObject, item = ''): MakeGood => {
  const params = { id: 'sandbox', item };
  return async () => ({ who: 'paula', params, body });
};

const NOTHING = '00000000-0000-4000-8000-000000000000';

const newApplication = () => ({
  name: fresh(),
  owner: 'shop-team',
  component: 'component:default/shop-backend',
  description: 'Sells.',
});

/** With every property that the document has. */
const GOOD: Record<string, MakeGood> = {
  'POST /products': making(named(product)),
  'PATCH /products/{namespace}/{name}': changing('products', product),
  'POST /plans': making(named(plan)),
  'PATCH /plans/{namespace}/{name}': changing('plans', plan),
  'POST /catalogues': making(named(catalogue)),
  'PATCH /catalogues/{namespace}/{name}': changing('catalogues', catalogue),
  'POST /applications': making(newApplication, 'dana'),
  'PATCH /applications/{id}': onId('dana', application, () => ({
    revision: 1,
    ...newApplication(),
  })),
  'POST /access-requests': making(
    () => asking({ application: newApplication(), reason: 'To pay.' }),
    'dana',
  ),
  'PATCH /access-requests/{id}': onId('dana', pending, () => ({
    revision: 1,
    plan: 'metered',
    reason: 'To pay.',
    acceptedTerms: TERMS,
  })),
  'POST /access-requests/decide': async portal => {
    const id = await pending(portal);
    const item = { id, decision: 'approve', revision: 1, comment: 'Welcome.' };
    return { who: 'omar', body: () => ({ items: [item] }) };
  },
  'POST /access-requests/{id}/approve': onId('omar', pending, () => ({
    revision: 1,
    comment: 'Welcome.',
  })),
  'POST /access-requests/{id}/reject': onId('omar', pending, () => ({
    revision: 1,
    comment: 'Not now.',
  })),
  'POST /access-requests/{id}/cancel': onId('dana', pending, () => ({
    revision: 1,
  })),
  'POST /subscriptions/{id}/revoke': onId(
    'dana',
    async portal => (await subscribed(portal)).id,
    () => ({ reason: 'Gone.' }),
  ),
  'POST /subscriptions/{id}/change-plan': onId(
    'dana',
    async portal => (await subscribed(portal)).id,
    () => ({
      plan: 'gold',
      when: 'now',
      reason: 'More.',
      acceptedTerms: TERMS,
    }),
  ),
  'POST /subscriptions/{id}/suspend': onId(
    'omar',
    async portal => (await subscribed(portal)).id,
    () => ({ reason: 'Too many calls.' }),
  ),
  'POST /subscriptions/{id}/resume': onId('omar', suspended, () => ({
    reason: 'It is over.',
  })),
  'POST /subscriptions/{id}/credentials': async portal => {
    const { id, credentials } = await subscribed(portal);
    const body = () => ({ name: 'another', replaces: credentials[0].id });
    return { who: 'dana', params: { id }, body };
  },
  'POST /credentials/{id}/revoke': onId(
    'dana',
    async portal => (await subscribed(portal)).credentials[0].id,
    () => ({ reason: 'Gone.' }),
  ),
  'POST /credentials/{id}/rotate': onId(
    'dana',
    async portal => (await subscribed(portal)).credentials[0].id,
    () => ({ overlap: 'P1D', name: 'another' }),
  ),
  'POST /credentials/{id}/extend': onId('dana', rotated, () => ({
    overlap: 'P1D',
  })),
  'POST /providers/{id}/apis/decide': ofProvider(() => ({
    api: 'payments',
    product: 'apiproduct:default/payments',
    withdraw: false,
  })),
  'POST /providers/{id}/sync': ofProvider(() => ({ confirmDrop: true })),
  'POST /providers/{id}/drift/{item}/repair': ofProvider(
    () => ({ action: 'ignore' }),
    NOTHING,
  ),
  'POST /catalog-removals': making(
    () => ({ refs: ['apiproduct:default/gone'] }),
    'service',
  ),
  'POST /gone-records/confirm-rename': making(() => ({
    from: 'apiplan:default/gone',
    to: 'apiplan:default/gold',
  })),
  'POST /catalog-removals/confirm': making(() => ({
    refs: ['apiproduct:default/gone'],
  })),
};

/** What is refused all the same: there is no such difference, and nothing was renamed. */
const REFUSED = [
  'POST /providers/{id}/drift/{item}/repair',
  'POST /gone-records/confirm-rename',
];

/** Where one of two things can be sent. */
const OTHERWISE: Record<string, JsonObject> = {
  'POST /access-requests': {
    application: NOTHING,
    subscription: NOTHING,
    when: 'now',
  },
  'POST /credentials/{id}/extend': {
    until: new Date(Date.now() + 5 * 24 * 60 * 60_000).toISOString(),
  },
  'POST /providers/{id}/apis/decide': { entity: 'api:default/payments' },
};

const WITH_BODY = DOCUMENTED.filter(({ body }) => body);

const withFields = z.object({
  message: z.string(),
  fields: z.object({ field: z.string().optional() }),
});

/** The message or the fields of a refusal name the place, or what it is in. */
function isNamed({ body }: Answer, place: Place): boolean {
  const { data } = withFields.safeParse(body.error);
  const said = `${data?.message} ${data?.fields.field}`.toLocaleLowerCase();
  return (
    /larger than|character nul|malformed uri/.test(said) ||
    place.some(step => said.includes(String(step).toLocaleLowerCase()))
  );
}

/** What is wrong with the answer, if anything. */
const faultOf = (answer: Answer, place: Place): string | undefined =>
  answer.status >= 500 || (answer.status === 400 && !isNamed(answer, place))
    ? `${answer.status} ${answer.text.slice(0, 300)}`
    : undefined;

const isIn = (found: Place, place: Place): boolean =>
  found.length === place.length &&
  found.every(
    (step, i) => step === (typeof place[i] === 'number' ? 0 : place[i]),
  );

const schemaAt = ({ body = {} }: Route, at: Place): Schema =>
  propertiesOf(body).find(({ place }) => isIn(place, at))?.schema ?? {};

/** As a part of an address; half a pair is written as if it were a character. */
const encoded = (text: string): string =>
  text
    .split(/(\p{Surrogate})/u)
    .map(part =>
      /\p{Surrogate}/u.test(part) ? '%ED%A0%BD' : encodeURIComponent(part),
    )
    .join('');

/** A record is read by one reader however it comes, and every parameter is checked by the same checks. */
const ONE_IN = { parameter: 7, newRecord: 11, changedRecord: 60, other: 3 };

function kindOf({ method, path }: Route): keyof typeof ONE_IN {
  if (!/^\/(products|plans|catalogues)\b/.test(path)) {
    return 'other';
  }
  return method === 'POST' ? 'newRecord' : 'changedRecord';
}

/** All with `npm run test:long`; else some, other ones at each place. */
function sampleOf<T>(all: T[], kind: keyof typeof ONE_IN): T[] {
  return isLongRun ? all : all.filter((_, i) => i % ONE_IN[kind] === 0);
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe('the good bodies', () => {
  it.each(WITH_BODY)('are there for $route', ({ route }) => {
    expect(Object.keys(GOOD)).toContain(route);
  });
});

describe.each(databases.eachSupportedId())('edges, %p', databaseId => {
  let portal: DemoBackend;

  beforeAll(async () => {
    portal = await DemoBackend.start({
      knex: await databases.init(databaseId),
    });
  });

  afterAll(() => portal.stop());

  const pathOf = ({ path }: Route, params: Record<string, string> = {}) =>
    path.replace(/\{(\w+)\}/g, (_, name) => params[name]);

  describe.each(WITH_BODY)('of the body of $route', route => {
    const { method } = route;

    const send = ({ who, params }: Good, body: JsonValue) =>
      portal.ask({ who, method, path: pathOf(route, params), body });

    it('starts from one that is good and has all there is', async () => {
      const good = await GOOD[route.route](portal);
      const body = good.body?.() ?? {};
      const there = [body, OTHERWISE[route.route] ?? {}]
        .flatMap(sent => placesIn(sent))
        .map(({ place }) => place);
      expect(
        propertiesOf(route.body ?? {})
          .map(({ place }) => place)
          .filter(place => !there.some(found => isIn(found, place))),
      ).toEqual([]);
      const { status, text } = await send(good, body);
      const isTaken = status < 300 || REFUSED.includes(route.route);
      expect({ isTaken, text }).toEqual({ isTaken: true, text });
    });

    it('fails at none', async () => {
      const faults: Record<string, string> = {};
      let good = await GOOD[route.route](portal);
      const bodies = [() => ({}), () => OTHERWISE[route.route] ?? {}];
      const edges = bodies.flatMap((other, i) =>
        placesIn({ ...good.body?.(), ...other() })
          .filter(({ place: [top] }) => i === 0 || top in other())
          .flatMap(({ place, good: value }) =>
            edgesAt(schemaAt(route, place), value).map(edge => ({
              other,
              place,
              edge,
            })),
          ),
      );
      for (const { other, place, edge } of sampleOf(edges, kindOf(route))) {
        const body = { ...good.body?.(), ...other() };
        const answer = await send(good, withAt(body, place, edge));
        const fault = faultOf(answer, place);
        if (fault !== undefined) {
          faults[labelOf(place, edge)] = fault;
        }
        if (answer.status < 300) {
          good = await GOOD[route.route](portal);
        }
      }
      expect(faults).toEqual({});
    });
  });

  describe.each(
    DOCUMENTED.flatMap(route =>
      route.parameters.map(parameter => ({ ...route, parameter })),
    ),
  )('of $parameter.name of $route', ({ parameter, ...route }) => {
    const { name, schema } = parameter;
    const { method } = route;
    const values = [
      ...textsAt(schema.items ?? schema),
      ...numbersAt(schema).map(String),
    ];

    it('fails at none', async () => {
      const faults: Record<string, string> = {};
      for (const value of sampleOf(values, 'parameter')) {
        const params: Record<string, string> = {
          id: NOTHING,
          item: NOTHING,
          namespace: 'default',
          name: 'nothing',
          providerApiId: 'nothing',
        };
        if (parameter.in === 'path') {
          params[name] = encoded(value);
        }
        const query =
          parameter.in === 'query'
            ? `?${name}=${encoded(value)}`
            : QUERIES[route.route]?.({ name: 'nothing' }) ?? '';
        const isHeader =
          parameter.in === 'header' && /^[\x20-\x7e]*$/.test(value);
        const answer = await portal.ask({
          who: 'paula',
          method,
          path: `${pathOf(route, params)}${query}`,
          body:
            route.route === 'POST /access-requests'
              ? asking()
              : BODIES[route.route]?.(),
          headers: isHeader ? { [name]: value } : {},
        });
        const fault = faultOf(answer, [name]);
        if (fault !== undefined) {
          faults[labelOf([name], value)] = fault;
        }
      }
      expect(faults).toEqual({});
    });
  });

  it('are far from a megabyte', async () => {
    const faults: Record<string, string> = {};
    for (const { route, method, ...rest } of WITH_BODY) {
      const good = await GOOD[route](portal);
      const [place] = propertiesOf(rest.body ?? {}).map(found => found.place);
      const answer = await portal.ask({
        who: good.who,
        method,
        path: pathOf({ route, method, ...rest }, good.params),
        body: withAt(good.body?.() ?? {}, place, 'x'.repeat(2 ** 20)),
      });
      if (answer.status !== 400) {
        faults[route] = `${answer.status} ${answer.text.slice(0, 300)}`;
      }
    }
    expect(faults).toEqual({});
  });
});
