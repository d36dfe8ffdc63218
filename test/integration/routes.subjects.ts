/** The subjects that the lines of the table name, and what each route is sent. */
import type { Entity } from '@backstage/catalog-model';
import type { JsonObject } from '@backstage/types';
import { demoEntities } from './support/demo/entities';
import type { DemoBackend } from './support/demo/DemoBackend';
import type { Who } from './support/demo/people';
import {
  application,
  asking,
  decided,
  fresh,
  freshName,
  madeRecord,
  moving,
  pending,
  revealed,
  rotated,
  subscribed,
  subscribedTo,
  suspended,
  TERMS,
  type Subject,
} from './support/demo/subjects';

type MakeSubject = (portal: DemoBackend) => Promise<Subject>;

/** The demo has no plan that only partners see: gold under another name. */
export const wholesale: Entity = {
  ...demoEntities.find(
    ({ kind, metadata }) => kind === 'APIPlan' && metadata.name === 'gold',
  ),
  apiVersion: 'api-products/v1alpha1',
  kind: 'APIPlan',
  metadata: { name: 'wholesale', namespace: 'default', title: 'Wholesale' },
};
wholesale.spec = { ...wholesale.spec, catalogues: ['partners'] };

const named =
  (name: string, namespace = 'default'): MakeSubject =>
  async () => ({ params: { namespace, name } });

const withId =
  (make: (portal: DemoBackend) => Promise<string>): MakeSubject =>
  async portal => ({ params: { id: await make(portal) } });

const ofApplication =
  (change: (who: Who) => JsonObject): MakeSubject =>
  async portal => ({
    params: { id: await application(portal) },
    body: who => ({ revision: 1, ...change(who) }),
  });

const ask =
  (fields: () => JsonObject = () => ({})): MakeSubject =>
  async () => ({ body: () => asking(fields()) });

/** Of payments-team, as its members make it. */
const newProduct = (fields: JsonObject = {}): JsonObject => ({
  name: freshName(),
  owner: 'payments-team',
  lifecycle: 'active',
  provider: 'sandbox',
  apis: ['payments'],
  plans: ['free'],
  catalogues: ['internal'],
  ...fields,
});

const newPlan = (fields: JsonObject = {}): JsonObject => ({
  name: freshName(),
  owner: 'payments-team',
  provider: 'sandbox',
  rateLimit: 'unlimited',
  quota: 'unlimited',
  catalogues: ['internal'],
  ...fields,
});

const newCatalogue = (fields: JsonObject = {}): JsonObject => ({
  name: freshName(),
  owner: 'payments-team',
  ...fields,
});

/** A record that was made in the portal. */
const record =
  (
    resource: 'products' | 'plans' | 'catalogues',
    body: () => JsonObject,
  ): MakeSubject =>
  async portal => {
    const name = await madeRecord(portal, resource, body());
    return { params: { namespace: 'default', name } };
  };

const definition =
  (name: string, providerApiId: string): MakeSubject =>
  async () => ({ params: { namespace: 'default', name, providerApiId } });

const anything = '00000000-0000-4000-8000-000000000000';

export const SUBJECTS: Record<string, MakeSubject> = {
  '-': async () => ({}),
  'what is not there': async () => ({
    params: { id: anything, namespace: 'default', name: 'nothing' },
  }),
  'product payments': named('payments'),
  'draft tracking': named('tracking'),
  'announced loyalty': named('loyalty'),
  'deprecated orders-v1': named('orders-v1'),
  'documentation handbook': named('handbook'),
  'partners/payments': named('payments', 'partners'),
  'plan gold': named('gold'),
  'plan for partners only': named('wholesale'),
  'catalogue internal': named('internal'),
  'catalogue partners': named('partners'),
  'catalogue pilot': named('pilot'),

  'own product': async () => ({
    body: who => ({ name: freshName(), owner: `user:default/${who}` }),
  }),
  'product of payments-team': async () => ({ body: () => newProduct() }),
  "product of another's API": async () => ({
    body: who => ({
      ...newProduct(),
      owner: `user:default/${who}`,
      apis: ['shipments'],
    }),
  }),
  'product without an owner': async () => ({
    body: () => ({ name: freshName() }),
  }),
  'product whose name is taken': async () => ({
    body: who => ({ name: 'payments', owner: `user:default/${who}` }),
  }),
  'portal product': record('products', () => newProduct()),
  'portal draft': record('products', () => newProduct({ lifecycle: 'draft' })),
  'portal product to strangers': async portal => ({
    ...(await record('products', () => newProduct())(portal)),
    body: () => ({ revision: 1, owner: 'mobile-team' }),
  }),
  'portal product changed since': async portal => {
    const subject = await record('products', () => newProduct())(portal);
    await portal.ask({
      who: 'paula',
      method: 'PATCH',
      path: `/products/default/${subject.params?.name}`,
      body: { revision: 1, title: fresh('Changed') },
    });
    return subject;
  },
  'portal product in use': async portal => {
    const subject = await record('products', () => newProduct())(portal);
    await subscribedTo(portal, subject.params?.name ?? '', 'free');
    return subject;
  },
  'definition of payments': definition('payments', 'payments'),
  'definition of draft tracking': definition('tracking', 'tracking'),
  'definition of another API': definition('payments', 'shipments'),
  'API without a definition': definition('shipments', 'shipment-labels'),

  'own plan': async () => ({
    body: who => newPlan({ owner: `user:default/${who}` }),
  }),
  'plan of payments-team': async () => ({ body: () => newPlan() }),
  'plan without limits': async () => ({
    body: who => ({ name: freshName(), owner: `user:default/${who}` }),
  }),
  'portal plan': record('plans', () => newPlan()),
  'portal plan in no catalogue': record('plans', () =>
    newPlan({ catalogues: [] }),
  ),
  'portal plan in use': async portal => {
    const subject = await record('plans', () =>
      newPlan({ approval: { mode: 'auto' } }),
    )(portal);
    const plan = subject.params?.name ?? '';
    const product = await record('products', () =>
      newProduct({ plans: [plan] }),
    )(portal);
    await subscribedTo(portal, product.params?.name ?? '', plan);
    return subject;
  },

  'own catalogue': async () => ({
    body: who => ({ name: freshName(), owner: `user:default/${who}` }),
  }),
  'catalogue of payments-team': async () => ({ body: () => newCatalogue() }),
  'portal catalogue': record('catalogues', () =>
    newCatalogue({ visibility: 'public' }),
  ),
  'private portal catalogue': record('catalogues', () => newCatalogue()),

  'own application': async () => ({ body: () => ({ name: fresh() }) }),
  'application of shop-team': async () => ({
    body: () => ({ name: fresh(), owner: 'group:default/shop-team' }),
  }),
  'existing application': ofApplication(() => ({ name: fresh() })),
  'application to own hands': ofApplication(who => ({
    owner: `user:default/${who}`,
  })),
  'application to strangers': ofApplication(() => ({
    owner: 'group:default/mobile-team',
  })),
  'application in use': withId(
    async portal => (await subscribed(portal)).application.id,
  ),

  'as approver': async () => ({ query: '?as=approver' }),
  'as owner': async () => ({ query: '?as=owner' }),
  'manual plan, own application': ask(),
  'automatic plan, own application': ask(() => ({ plan: 'free' })),
  'for the existing application': async portal => {
    const id = await application(portal);
    return { body: () => asking({ application: id }) };
  },
  'for a new one of shop-team': ask(() => ({
    application: { name: fresh(), owner: 'shop-team' },
  })),
  'of draft tracking': ask(() => ({ product: 'tracking', plan: 'free' })),
  'of announced loyalty': ask(() => ({ product: 'loyalty', plan: 'free' })),
  'of deprecated orders-v1': ask(() => ({
    product: 'orders-v1',
    plan: 'free',
  })),
  'of documentation handbook': ask(() => ({
    product: 'handbook',
    plan: 'free',
  })),
  'of partners/payments': ask(() => ({
    product: 'partners/payments',
    acceptedTerms: [{ name: 'Partner agreement', version: '3.0' }],
  })),
  'on a plan that it does not have': ask(() => ({ plan: 'unlimited' })),
  'without the required terms': ask(() => ({ acceptedTerms: [] })),
  'in the name of somebody else': ask(() => ({
    requester: 'user:default/dana',
  })),

  'pending request': withId(portal => pending(portal)),
  'decided request': withId(portal => decided(portal)),
  'several requests': async portal => {
    const items = [
      { id: await pending(portal), decision: 'approve' },
      { id: await pending(portal), decision: 'reject', comment: 'Not now.' },
      { id: anything, decision: 'approve' },
    ];
    return { body: () => ({ items }) };
  },
  'a request twice': async () => ({
    body: () => ({
      items: [anything, anything].map(id => ({ id, decision: 'approve' })),
    }),
  }),
  'a rejection without a comment': async () => ({
    body: () => ({ items: [{ id: anything, decision: 'reject' }] }),
  }),
  "the owner's own request": withId(portal =>
    pending(portal, 'omar', 'user:default/omar'),
  ),
  "the platform owner's request": withId(portal =>
    pending(portal, 'paula', 'user:default/paula'),
  ),
  'request edited since': async portal => {
    const id = await pending(portal);
    await portal.ask({
      who: 'dana',
      method: 'PATCH',
      path: `/access-requests/${id}`,
      body: { revision: 1, reason: 'another' },
    });
    return { params: { id }, body: () => ({ revision: 1 }) };
  },

  'active subscription': withId(async portal => (await subscribed(portal)).id),
  'failed subscription': withId(
    async portal => (await subscribed(portal, 'failed')).id,
  ),
  'moving subscription': withId(moving),
  'suspended subscription': withId(suspended),
  'one instead of the lost one': async portal => {
    const { id, credentials } = await subscribed(portal);
    return { params: { id }, body: () => ({ replaces: credentials[0].id }) };
  },
  "somebody else's instead": async portal => {
    const [{ id }, other] = [
      await subscribed(portal),
      await subscribed(portal),
    ];
    return {
      params: { id },
      body: () => ({ replaces: other.credentials[0].id }),
    };
  },
  'unseen key': withId(
    async portal => (await subscribed(portal)).credentials[0].id,
  ),
  'rotated key': withId(rotated),
  'seen key': withId(
    async portal => (await revealed(portal)).credentials[0].id,
  ),

  'provider sandbox': async () => ({ params: { id: 'sandbox' } }),
  'an unknown difference': async () => ({
    params: { id: 'sandbox', item: anything },
  }),
};

/** Sent where the subject does not say what. */
export const BODIES: Record<string, () => JsonObject> = {
  'PATCH /products/{namespace}/{name}': () => ({
    revision: 1,
    title: fresh('Product'),
  }),
  'PATCH /plans/{namespace}/{name}': () => ({
    revision: 1,
    title: fresh('Plan'),
  }),
  'PATCH /catalogues/{namespace}/{name}': () => ({
    revision: 1,
    title: fresh('Catalogue'),
  }),
  'PATCH /applications/{id}': () => ({ revision: 1 }),
  'PATCH /access-requests/{id}': () => ({ revision: 1, reason: 'another' }),
  'POST /access-requests/{id}/reject': () => ({ comment: 'not now' }),
  'POST /providers/{id}/drift/{item}/repair': () => ({ action: 'push-ours' }),
  'POST /providers/{id}/apis/decide': () => ({
    api: 'payments',
    entity: 'api:default/payments',
  }),
  'POST /catalog-removals': () => ({ refs: [] }),
  'POST /catalog-removals/confirm': () => ({ refs: [] }),
  'POST /gone-records/confirm-rename': () => ({
    from: 'apiproduct:default/nothing',
    to: 'apiproduct:default/payments',
  }),
  'POST /subscriptions/{id}/revoke': () => ({ reason: 'no longer needed' }),
  'POST /subscriptions/{id}/change-plan': () => ({
    plan: 'gold',
    acceptedTerms: TERMS,
  }),
  'POST /subscriptions/{id}/suspend': () => ({ reason: 'too many calls' }),
  'POST /credentials/{id}/revoke': () => ({ reason: 'no longer needed' }),
  'POST /credentials/{id}/extend': () => ({ overlap: 'P1D' }),
};

const confirmed = ({ name }: Record<string, string>): string =>
  `?confirm=${name}`;

/** As {@link BODIES}, for what stands in the query. */
export const QUERIES: Record<
  string,
  (params: Record<string, string>) => string
> = {
  'DELETE /products/{namespace}/{name}': confirmed,
  'DELETE /plans/{namespace}/{name}': confirmed,
  'DELETE /catalogues/{namespace}/{name}': confirmed,
};
