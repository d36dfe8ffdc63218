/**
 * What somebody may not see answers as what is not there: in every place of openapi.yaml where something can be named,
 * the answer for something hidden is compared with the answer for nothing. A route or a property that is new in the
 * document fails here until it is said what it names.
 */
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import { BODIES, QUERIES, wholesale as plan } from './routes.subjects';
import { DemoBackend, type Answer } from './support/demo/DemoBackend';
import {
  DOCUMENTED,
  propertiesOf,
  type Route,
} from './support/demo/documented';
import {
  application,
  asking,
  fresh,
  freshName,
  madeRecord,
  subscribed,
  type Subject,
} from './support/demo/subjects';

jest.setTimeout(120_000);

const NOTHING = '00000000-0000-4000-8000-000000000000';

/** A plan that gus does not see, with a scope of its own. */
const wholesale: Entity = {
  ...plan,
  spec: { ...plan.spec, scopes: ['wholesale.read'] },
};

/** Two values of which one names something that gus does not see, and the other nothing. */
interface Pair {
  hidden: JsonValue;
  absent: JsonValue;
  /** Only one record can have it, so it is refused; the answer says no more than that. */
  unique?: boolean;
  /** What else has to be sent. */
  beside?: JsonObject;
}

interface Hidden {
  application: string;
  accessRequest: string;
  subscription: string;
  credential: string;
}

const created = z.object({ id: z.string() });

const WHAT_IS_HERE = /^\/([\w-]+)\/\{(\w+)\}/;

const ids = (hidden: JsonValue): Pair[] => [{ hidden, absent: NOTHING }];
const names = (...hidden: string[]): Pair[] =>
  hidden.map(name => ({ hidden: name, absent: 'nothing' }));
const lists = (...hidden: string[]): Pair[] =>
  names(...hidden).map(pair => ({
    hidden: [pair.hidden],
    absent: [pair.absent],
  }));
const people = (group: boolean): Pair[] => [
  group
    ? { hidden: 'group:default/partners', absent: 'group:default/nothing' }
    : { hidden: 'user:default/pat', absent: 'user:default/nothing' },
];

/** By the first part of the path. */
const PATHS: Record<string, (hidden: Hidden) => [string, string]> = {
  products: () => ['tracking', 'nothing'],
  plans: () => ['wholesale', 'nothing'],
  catalogues: () => ['partners', 'nothing'],
  applications: hidden => [hidden.application, NOTHING],
  'access-requests': hidden => [hidden.accessRequest, NOTHING],
  subscriptions: hidden => [hidden.subscription, NOTHING],
  credentials: hidden => [hidden.credential, NOTHING],
  providers: () => ['sandbox', 'nothing'],
};

/** By the name of the property or of the parameter. */
const REFERENCES: Record<string, (hidden: Hidden, route: Route) => Pair[]> = {
  product: () => names('tracking'),
  plan: () => names('wholesale'),
  plans: () => lists('wholesale'),
  catalogue: () => names('partners'),
  catalogues: () => lists('partners', 'pilot'),
  application: hidden => ids(hidden.application),
  subscription: hidden => ids(hidden.subscription),
  replaces: hidden => ids(hidden.credential),
  subject: hidden => ids(`access-request:${hidden.accessRequest}`),
  owner: () => people(true),
  approvers: () => [{ hidden: ['pat'], absent: ['nothing'] }],
  audience: () => [{ hidden: ['pat'], absent: ['nothing'] }],
  publishers: () => [{ hidden: ['pat'], absent: ['nothing'] }],
  requester: () => people(false),
  actor: () => people(false),
  component: () => [
    {
      hidden: 'component:default/mobile-app',
      absent: 'component:default/nothing',
    },
  ],
  items: hidden =>
    ids(hidden.accessRequest).map(({ hidden: there, absent }) => ({
      hidden: [{ id: there, decision: 'approve' }],
      absent: [{ id: absent, decision: 'approve' }],
    })),
  system: () => names('system:default/shop'),
  apis: () => {
    const [first] = lists('shipments');
    return [
      first,
      {
        hidden: [{ providerApiId: 'shipments' }],
        absent: [{ providerApiId: 'nothing' }],
      },
      {
        hidden: [{ ref: 'shipments', providerApiId: 'tracking' }],
        absent: [{ ref: 'nothing', providerApiId: 'nothing' }],
      },
    ].map(pair => ({ ...pair, beside: { provider: 'sandbox' } }));
  },
  name: (_, { path }) => {
    const taken: Record<string, string> = {
      '/products': 'tracking',
      '/plans': 'wholesale',
      '/catalogues': 'partners',
    };
    return path in taken
      ? [{ hidden: taken[path], absent: freshName(), unique: true }]
      : [];
  },
  title: (_, { path }) =>
    path.startsWith('/products')
      ? [
          {
            hidden: 'Wholesale',
            absent: fresh(),
            unique: true,
            beside: { provider: 'sandbox' },
          },
        ]
      : [
          {
            hidden: 'Parcel tracking',
            absent: fresh(),
            unique: true,
            beside: path.startsWith('/plans') ? { provider: 'sandbox' } : {},
          },
        ],
  providerName: (hidden, route) => REFERENCES.title(hidden, route),
  scopes: () => [
    {
      hidden: 'wholesale.read',
      absent: freshName(),
      unique: true,
      beside: { provider: 'sandbox' },
    },
  ],
  dynamicClientRegistration: () => {
    const scoped = (scope: string) => ({
      enabled: true,
      identityProvider: 'keycloak',
      scopes: [scope],
    });
    return [
      {
        hidden: scoped('wholesale.read'),
        absent: scoped(freshName()),
        unique: true,
        beside: { provider: 'sandbox' },
      },
    ];
  },
};

/** They name nothing, or something that is no secret: the providers of a portal stand on its products. */
const PLAIN = new Set(
  `limit cursor q tag lifecycle billing auth origin orderBy status as current from to confirm Idempotency-Key
  namespace description tags links type contact version provider gatewayEndpoint authentication content guides specs
  terms visibility sla external rateLimit quota keyLifetime approval accessRequests credentials credentialMetadata
  pricing displayPriority revision reason comment acceptedTerms action confirmDrop known
  unlisted format position hash when overlap until`.split(/\s+/),
);

/** For platform owners and other plugins: everybody else is refused before anything is looked at. */
const isOperation = ({ path }: Route) =>
  /^\/(providers|catalog-removals)\b/.test(path);

const LIMITS = { rateLimit: 'unlimited', quota: 'unlimited' };

/** Without a ref: those have colons in them. */
const UNTOLD =
  /"message":"[\w.]+: (“…”|the name “…”|the scope …) cannot be used [^:]*; choose another","code":"taken"/;

/** What the route is sent by gus where nothing is wrong with it. */
const GOOD: Record<string, (portal: DemoBackend) => Promise<Subject>> = {
  'POST /products': async () => ({ body: own }),
  'PATCH /products/{namespace}/{name}': portal =>
    ownRecord(portal, 'products', {}),
  'POST /plans': async () => ({ body: () => ({ ...own(), ...LIMITS }) }),
  'PATCH /plans/{namespace}/{name}': portal =>
    ownRecord(portal, 'plans', LIMITS),
  'POST /catalogues': async () => ({ body: own }),
  'PATCH /catalogues/{namespace}/{name}': portal =>
    ownRecord(portal, 'catalogues', {}),
  'POST /applications': async () => ({ body: () => ({ name: fresh() }) }),
  'PATCH /applications/{id}': async portal => ({
    params: { id: await application(portal, 'gus', 'user:default/gus') },
    body: () => ({ revision: 1 }),
  }),
  'POST /access-requests': async () => ({ body: () => asking() }),
  'PATCH /access-requests/{id}': async portal => ({
    params: { id: await asked(portal, {}) },
    body: () => ({ revision: 1 }),
  }),
  'POST /access-requests/decide': async () => ({}),
  'POST /access-requests/{id}/approve': ownRequest,
  'POST /access-requests/{id}/reject': ownRequest,
  'POST /access-requests/{id}/cancel': ownRequest,
  'POST /subscriptions/{id}/revoke': ownSubscription,
  'POST /subscriptions/{id}/suspend': async portal => ({
    ...(await ownSubscription(portal)),
    body: () => ({ reason: 'too many calls' }),
  }),
  'POST /subscriptions/{id}/resume': ownSubscription,
  'POST /subscriptions/{id}/withdraw-plan-change': ownSubscription,
  'POST /subscriptions/{id}/change-plan': async portal => ({
    ...(await ownSubscription(portal)),
    body: () => ({ plan: 'gold' }),
  }),
  'POST /subscriptions/{id}/credentials': ownSubscription,
  'POST /credentials/{id}/revoke': ownKey,
  'POST /credentials/{id}/rotate': ownKey,
  'POST /credentials/{id}/extend': async portal => ({
    ...(await ownKey(portal)),
    body: () => ({ overlap: 'P1D' }),
  }),
};

async function ownKey(portal: DemoBackend): Promise<Subject> {
  const { credentials } = await subscribed(portal);
  return { params: { id: credentials[0].id } };
}

function own() {
  return { name: freshName(), owner: 'user:default/gus' };
}

async function ownRecord(
  portal: DemoBackend,
  resource: 'products' | 'plans' | 'catalogues',
  fields: JsonObject,
): Promise<Subject> {
  const name = await madeRecord(portal, resource, { ...own(), ...fields });
  return {
    params: { namespace: 'default', name },
    body: () => ({ revision: 1 }),
  };
}

async function asked(portal: DemoBackend, fields: JsonObject): Promise<string> {
  const { body } = await portal.ask({
    who: 'gus',
    method: 'POST',
    path: '/access-requests',
    body: asking(fields),
  });
  return created.parse(body).id;
}

async function ownRequest(portal: DemoBackend): Promise<Subject> {
  return { params: { id: await asked(portal, {}) } };
}

async function ownSubscription(portal: DemoBackend): Promise<Subject> {
  const { body } = await portal.ask({
    who: 'gus',
    method: 'POST',
    path: '/access-requests',
    body: asking({ plan: 'free' }),
  });
  const { subscription } = z.object({ subscription: z.string() }).parse(body);
  return { params: { id: subscription } };
}

const textsIn = (value: JsonValue): string[] =>
  typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(inside => textsIn(inside ?? null))
    : [String(value)];

/** What the answer says, with what was named taken out of it. */
function told({ status, body }: Answer, named: JsonValue) {
  const said = JSON.stringify(
    body.error ?? { items: body.items, results: body.results },
  );
  const without = textsIn(named).reduce(
    (text, name) => text.split(name).join('…'),
    said,
  );
  return { status, said: without };
}

const REFERRING = DOCUMENTED.flatMap(route =>
  [
    ...route.parameters.filter(({ in: where }) => where === 'query'),
    ...(route.body && !isOperation(route)
      ? propertiesOf(route.body).flatMap(({ place }) =>
          place.length === 1 && typeof place[0] === 'string'
            ? [{ name: place[0], in: 'body' as const }]
            : [],
        )
      : []),
  ]
    .filter(({ name }) => !PLAIN.has(name))
    .map(property => ({
      ...route,
      name: property.name,
      where: property.in,
    })),
);

describe('what is hidden', () => {
  let portal: DemoBackend;
  let hidden: Hidden;

  beforeAll(async () => {
    portal = await DemoBackend.start({ entities: [wholesale] });
    const { id, credentials } = await subscribed(portal);
    const { body } = await portal.ask({
      who: 'pat',
      method: 'POST',
      path: '/access-requests',
      body: asking({
        product: 'partners/payments',
        acceptedTerms: [{ name: 'Partner agreement', version: '3.0' }],
      }),
    });
    hidden = {
      application: await application(portal),
      accessRequest: created.parse(body).id,
      subscription: id,
      credential: credentials[0].id,
    };
  });

  afterAll(() => portal.stop());

  const ask = (
    { method, path }: Route,
    params: Record<string, string>,
    rest: { query?: string; body?: JsonObject },
  ) =>
    portal.ask({
      who: 'gus',
      method,
      path: `${path.replace(/\{(\w+)\}/g, (_, name) => params[name])}${
        rest.query ?? ''
      }`,
      body: rest.body,
    });

  it.each(DOCUMENTED.filter(({ path }) => WHAT_IS_HERE.test(path)))(
    'answers as nothing does to $route',
    async route => {
      const [, resource = ''] = WHAT_IS_HERE.exec(route.path) ?? [];
      const answers = [];
      for (const name of PATHS[resource](hidden)) {
        const params = {
          namespace: 'default',
          name,
          id: name,
          item: NOTHING,
          providerApiId: name,
        };
        const answer = await ask(route, params, {
          query: QUERIES[route.route]?.(params),
          body: BODIES[route.route]?.(),
        });
        answers.push(told(answer, name));
      }
      expect(answers[0]).toEqual(answers[1]);
      expect([403, 404]).toContain(answers[0].status);
    },
  );

  it.each(REFERRING)(
    'is not told by $name in $where of $route',
    async route => {
      const untold = { status: 409, said: expect.stringMatching(UNTOLD) };
      const pairs = REFERENCES[route.name]?.(hidden, route);
      expect({ [route.name]: pairs }).not.toEqual({ [route.name]: undefined });
      for (const { hidden: there, absent, unique, beside } of pairs ?? []) {
        const answers: Answer[] = [];
        for (const value of [there, absent]) {
          if (route.where === 'query') {
            answers.push(
              await ask(route, {}, { query: `?${route.name}=${value}` }),
            );
            continue;
          }
          const good = await GOOD[route.route](portal);
          answers.push(
            await ask(route, good.params ?? {}, {
              body: { ...good.body?.('gus'), ...beside, [route.name]: value },
            }),
          );
        }
        const [first, second] = [
          told(answers[0], there),
          told(answers[1], absent),
        ];
        const isForced = unique && first.status !== second.status;
        expect(first).toEqual(isForced ? untold : second);
      }
    },
  );

  it('is not told by an API that the product does not have', async () => {
    const answers = [];
    for (const api of ['tracking', 'nothing']) {
      const path = `/products/default/payments/definitions/${api}`;
      const answer = await portal.ask({ who: 'gus', method: 'GET', path });
      answers.push(told(answer, api));
    }
    expect(answers[0]).toEqual(answers[1]);
  });

  it('is not told where two want the same at a provider', async () => {
    for (const field of ['title', 'providerName']) {
      const answer = await portal.ask({
        who: 'gus',
        method: 'POST',
        path: '/products',
        body: { ...own(), provider: 'sandbox', [field]: 'Wholesale' },
      });
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatchObject({
        message: `${field}: the name “Wholesale” cannot be used at provider sandbox; choose another`,
        code: 'taken',
        fields: { field },
      });
    }
  });
});
