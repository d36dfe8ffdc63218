/** A developer who uses the portal: asks for access, takes the key, gives it back. */
import { z } from 'zod';
import type { Portal } from './portal';

const credential = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  lastError: z.string().optional(),
  revocationWarning: z.string().optional(),
  revocation: z
    .object({ revivals: z.number(), message: z.string().optional() })
    .optional(),
});
const subscription = z.object({
  id: z.string(),
  status: z.string(),
  lastError: z.string().optional(),
  application: z.object({ name: z.string() }),
  credentials: z.array(credential),
});
const subscriptions = z.object({ items: z.array(subscription) });
const revealed = z.object({
  secret: z.string(),
  headerName: z.string(),
  headerValue: z.string(),
});

export type Credential = z.infer<typeof credential>;
export type Subscription = z.infer<typeof subscription>;
type Secret = z.infer<typeof revealed>;

const SETTLED = ['active', 'failed'];

interface Wanted {
  product: string;
  plan: string;
  /** Name of one that is made with it. */
  application: string;
}

/** @returns false where the portal does not offer it, or not yet */
export async function requestAccess(
  portal: Portal,
  { product, plan, application }: Wanted,
): Promise<boolean> {
  const { status } = await portal.ask('dana', 'POST', '/access-requests', {
    product,
    plan,
    application: { name: application },
  });
  return status === 201;
}

/** Whether there is a key, or there will be none. */
export const isSettled = (found: Subscription | undefined): boolean =>
  found !== undefined && SETTLED.includes(found.status);

/**
 * Asks for a plan that is approved at once, as soon as the portal offers it.
 *
 * @returns when there is a key, or when there will be none
 */
export async function subscribe(
  portal: Portal,
  wanted: Wanted,
): Promise<Subscription> {
  const { product, application } = wanted;
  await portal.until(`${product} can be had`, () =>
    requestAccess(portal, wanted),
  );
  return portal.until(`${application} has a key`, async () => {
    const found = await subscriptionOf(portal, application);
    return isSettled(found) && found;
  });
}

/** By the names of their applications. */
export async function subscriptionsOf(
  portal: Portal,
): Promise<Map<string, Subscription>> {
  const path = '/subscriptions?as=consumer&limit=100';
  const { body } = await portal.ask('dana', 'GET', path);
  return new Map(
    subscriptions.parse(body).items.map(item => [item.application.name, item]),
  );
}

export async function subscriptionOf(
  portal: Portal,
  application: string,
): Promise<Subscription | undefined> {
  return (await subscriptionsOf(portal)).get(application);
}

export async function credentialOf(
  portal: Portal,
  application: string,
  id: string,
): Promise<Credential> {
  const found = await subscriptionOf(portal, application);
  const own = found?.credentials.find(item => item.id === id);
  if (!own) throw new Error(`${application} has no credential ${id}`);
  return own;
}

/** Waits until it is so. */
export const untilCredential = (
  portal: Portal,
  application: string,
  id: string,
  status: string,
): Promise<Credential> =>
  portal.until(`credential ${id} is ${status}`, async () => {
    const found = await credentialOf(portal, application, id);
    return found.status === status && found;
  });

export async function reveal(portal: Portal, id: string): Promise<Secret> {
  const { body } = await portal.ask(
    'dana',
    'POST',
    `/credentials/${id}/reveal`,
  );
  return revealed.parse(body);
}

export async function revoke(portal: Portal, id: string): Promise<void> {
  const { status } = await portal.ask(
    'dana',
    'POST',
    `/credentials/${id}/revoke`,
  );
  if (status !== 200) throw new Error(`The revocation was refused: ${status}`);
}
