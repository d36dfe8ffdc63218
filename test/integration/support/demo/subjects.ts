/** What a row of the table is about: made through the API, as people make it. */
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { waitFor } from '../waitFor';
import type { Answer, DemoBackend } from './DemoBackend';
import { REFUSED } from './MemoryProvider';
import type { Person, Who } from './people';

/** What goes into a route's path and body. */
export interface Subject {
  params?: Record<string, string>;
  query?: string;
  /** As this one would send it. */
  body?: (who: Who) => JsonObject;
}

export const TERMS = [{ name: 'API terms of use', version: '2026-01' }];

let count = 0;
/** A name that nothing has yet. */
export const fresh = (what = 'app'): string => {
  count += 1;
  return `${what} ${count}`;
};

/** As {@link fresh}, where spaces may not be. */
export const freshName = (): string => fresh('record').replace(' ', '-');

const withId = z.object({ id: z.string() });
const withSubscription = z.object({ id: z.string(), subscription: z.string() });
const subscription = z.object({
  id: z.string(),
  status: z.string(),
  application: z.object({ id: z.string() }),
  credentials: z.array(z.object({ id: z.string() })).min(1),
});

function made<T>(schema: z.ZodType<T>, { status, text, body }: Answer): T {
  if (status >= 300) {
    throw new Error(`The test could not make its subject: ${status} ${text}`);
  }
  return schema.parse(body);
}

export async function application(
  portal: DemoBackend,
  who: Person = 'dana',
  owner = 'shop-team',
): Promise<string> {
  const answer = await portal.ask({
    who,
    method: 'POST',
    path: '/applications',
    body: { name: fresh(), owner },
  });
  return made(withId, answer).id;
}

export const asking = (fields: JsonObject = {}): JsonObject => ({
  product: 'payments',
  plan: 'gold',
  application: { name: fresh() },
  acceptedTerms: TERMS,
  ...fields,
});

/** Of dana for shop-team, unless it is said otherwise; payments on gold, which payments-team decides. */
export async function pending(
  portal: DemoBackend,
  who: Person = 'dana',
  owner = 'shop-team',
): Promise<string> {
  const answer = await portal.ask({
    who,
    method: 'POST',
    path: '/access-requests',
    body: asking({
      application: { name: fresh(), owner },
      reason: 'to see who may',
    }),
  });
  return made(withId, answer).id;
}

export async function decided(
  portal: DemoBackend,
  decision: 'approve' | 'reject' = 'reject',
): Promise<string> {
  const id = await pending(portal);
  const answer = await portal.ask({
    who: 'olga',
    method: 'POST',
    path: `/access-requests/${id}/${decision}`,
    body: { comment: 'decided' },
  });
  return made(withId, answer).id;
}

type Subscribed = z.infer<typeof subscription>;

const becomes = (
  portal: DemoBackend,
  id: string,
  status: 'active' | 'failed',
): Promise<Subscribed> =>
  waitFor(`the subscription is ${status}`, async () => {
    const answer = await portal.ask({
      who: 'dana',
      method: 'GET',
      path: `/subscriptions/${id}`,
    });
    const found = made(subscription, answer);
    return found.status === status && found;
  });

/** Of dana for shop-team: payments on free, with a key that nobody has seen. */
export async function subscribed(
  portal: DemoBackend,
  status: 'active' | 'failed' = 'active',
  name = fresh(status === 'failed' ? REFUSED : 'app'),
): Promise<Subscribed> {
  const request = made(
    withSubscription,
    await portal.ask({
      who: 'dana',
      method: 'POST',
      path: '/access-requests',
      body: asking({
        plan: 'free',
        application: { name, owner: 'shop-team' },
      }),
    }),
  );
  return becomes(portal, request.subscription, status);
}

/** That is to be refused, as payments-team wants it. */
export async function suspended(portal: DemoBackend): Promise<string> {
  const { id } = await subscribed(portal);
  made(
    withId,
    await portal.ask({
      who: 'omar',
      method: 'POST',
      path: `/subscriptions/${id}/suspend`,
      body: { reason: 'too many calls' },
    }),
  );
  return id;
}

/** That is to move to another plan when its quota period is over. */
export async function moving(portal: DemoBackend): Promise<string> {
  const request = await pending(portal);
  const { subscription: id } = made(
    withSubscription,
    await portal.ask({
      who: 'olga',
      method: 'POST',
      path: `/access-requests/${request}/approve`,
    }),
  );
  await becomes(portal, id, 'active');
  made(
    withId,
    await portal.ask({
      who: 'dana',
      method: 'POST',
      path: `/subscriptions/${id}/change-plan`,
      body: { plan: 'free', acceptedTerms: TERMS },
    }),
  );
  return id;
}

export async function revealed(portal: DemoBackend): Promise<Subscribed> {
  const found = await subscribed(portal);
  const [{ id }] = found.credentials;
  const answer = await portal.ask({
    who: 'dana',
    method: 'POST',
    path: `/credentials/${id}/reveal`,
  });
  made(z.object({ secret: z.string() }), answer);
  return found;
}

/** Another key has taken its place, and both work. @returns its id */
export async function rotated(portal: DemoBackend): Promise<string> {
  const { id: subscriptionId, credentials } = await subscribed(portal);
  const [{ id }] = credentials;
  const path = `/credentials/${id}/rotate`;
  made(withId, await portal.ask({ who: 'dana', method: 'POST', path }));
  const keys = z.object({
    items: z.array(z.object({ id: z.string(), status: z.string() })),
  });
  await waitFor('the key is superseded', async () => {
    const answer = await portal.ask({
      who: 'dana',
      method: 'GET',
      path: `/subscriptions/${subscriptionId}/credentials`,
    });
    return made(keys, answer).items.some(
      key => key.id === id && key.status === 'superseded',
    );
  });
  return id;
}

/** Made by the platform's owner. @returns its name */
export async function madeRecord(
  portal: DemoBackend,
  resource: 'products' | 'plans' | 'catalogues',
  body: JsonObject,
): Promise<string> {
  const answer = await portal.ask({
    who: 'paula',
    method: 'POST',
    path: `/${resource}`,
    body,
  });
  return made(z.object({ name: z.string() }), answer).name;
}

/** Dana, for shop-team, on a plan that approves by itself. */
export async function subscribedTo(
  portal: DemoBackend,
  product: string,
  plan: string,
): Promise<void> {
  made(
    withSubscription,
    await portal.ask({
      who: 'dana',
      method: 'POST',
      path: '/access-requests',
      body: asking({
        product,
        plan,
        application: { name: fresh(), owner: 'shop-team' },
        acceptedTerms: [],
      }),
    }),
  );
}
