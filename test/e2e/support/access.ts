/** Access over REST, for tests that begin in the middle of the story. */
import { expect } from '@playwright/test';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { z } from 'zod';
import { isRunning } from './portal';

const requestSchema = z.object({
  id: z.string(),
  revision: z.number(),
  status: z.string(),
  subscription: z.string().optional(),
});

const subscriptionSchema = z.object({
  status: z.string(),
  usage: z.object({ endpoint: z.string().optional() }).optional(),
  credentials: z.array(z.object({ id: z.string(), status: z.string() })),
});

const secretSchema = z.object({
  headerName: z.string(),
  headerValue: z.string(),
});

/** What of an access request the tests look at. */
export type AccessRequest = z.infer<typeof requestSchema>;

/** A key in use: where and how to call. */
export interface Key {
  endpoint: string;
  headers: Record<string, string>;
}

/** Terms that the payments product asks for (examples/products/payments.yaml). */
const PAYMENTS_TERMS = [{ name: 'API terms of use', version: '2026-01' }];

/**
 * A name that no application has yet. On a portal of the tests' own it is the name as it is; on one that runs on
 * (E2E_PORTAL_RUNS), the last run has used it.
 */
export function newName(name: string): string {
  return isRunning ? `${name} ${Date.now().toString(36)}` : name;
}

async function answerOf(response: APIResponse): Promise<unknown> {
  if (!response.ok()) {
    throw new Error(
      `${response.url()} answers ${response.status()}: ${await response.text()}`,
    );
  }
  return response.json();
}

/** Asks for access for a new application. */
export async function ask(
  api: APIRequestContext,
  wanted: {
    product: 'payments' | 'shipments';
    plan: string;
    application: { name: string; owner?: string; component?: string };
    reason?: string;
  },
): Promise<AccessRequest> {
  const { product, plan, application, reason } = wanted;
  const response = await api.post('api-products/access-requests', {
    data: {
      product: `apiproduct:default/${product}`,
      plan: `apiplan:default/${plan}`,
      application,
      reason,
      acceptedTerms: product === 'payments' ? PAYMENTS_TERMS : [],
    },
  });
  return requestSchema.parse(await answerOf(response));
}

/** Approves; the subscription has no key yet when this answers. */
export async function approve(
  api: APIRequestContext,
  { id, revision }: AccessRequest,
): Promise<AccessRequest> {
  const response = await api.post(
    `api-products/access-requests/${id}/approve`,
    { data: { revision } },
  );
  return requestSchema.parse(await answerOf(response));
}

/** A request as it is now. */
export async function read(
  api: APIRequestContext,
  { id }: AccessRequest,
): Promise<AccessRequest> {
  return requestSchema.parse(
    await answerOf(await api.get(`api-products/access-requests/${id}`)),
  );
}

/** Rejects. */
export async function reject(
  api: APIRequestContext,
  { id, revision }: AccessRequest,
  comment: string,
): Promise<void> {
  await answerOf(
    await api.post(`api-products/access-requests/${id}/reject`, {
      data: { revision, comment },
    }),
  );
}

/** Takes a request back. */
export async function withdraw(
  api: APIRequestContext,
  { id, revision }: AccessRequest,
): Promise<void> {
  await answerOf(
    await api.post(`api-products/access-requests/${id}/cancel`, {
      data: { revision },
    }),
  );
}

/** Reads a subscription. */
async function subscriptionOf(
  api: APIRequestContext,
  request: AccessRequest,
): Promise<z.infer<typeof subscriptionSchema>> {
  const response = await api.get(
    `api-products/subscriptions/${request.subscription}`,
  );
  return subscriptionSchema.parse(await answerOf(response));
}

/** Waits for the gateway to have the key. */
export async function untilActive(
  api: APIRequestContext,
  request: AccessRequest,
): Promise<void> {
  await expect
    .poll(async () => (await subscriptionOf(api, request)).status)
    .toBe('active');
}

/** Payments API on Metered for an application of mia's team, approved by omar, with a key that the gateway accepts. */
export async function meteredFor(
  mia: APIRequestContext,
  omar: APIRequestContext,
  application: string,
): Promise<AccessRequest> {
  const request = await approve(
    omar,
    await ask(mia, {
      product: 'payments',
      plan: 'metered',
      application: {
        name: application,
        owner: 'group:default/mobile-team',
        component: 'component:default/mobile-app',
      },
    }),
  );
  await untilActive(mia, request);
  return request;
}

/** Has the gateway refuse its keys; it does so some seconds later. */
export async function suspend(
  api: APIRequestContext,
  request: AccessRequest,
  reason: string,
): Promise<void> {
  await answerOf(
    await api.post(
      `api-products/subscriptions/${request.subscription}/suspend`,
      { data: { reason } },
    ),
  );
}

/** Reveals a key of an active subscription: its only one, or the one with this number. */
export async function reveal(
  api: APIRequestContext,
  request: AccessRequest,
  number = 0,
): Promise<Key> {
  const { credentials, usage } = await subscriptionOf(api, request);
  const response = await api.post(
    `api-products/credentials/${credentials[number]?.id}/reveal`,
  );
  const { headerName, headerValue } = secretSchema.parse(
    await answerOf(response),
  );
  return {
    endpoint: usage?.endpoint ?? '',
    headers: { [headerName]: headerValue },
  };
}

/** Revokes the only key of a subscription; the gateway may know it for some seconds more. */
export async function revokeKey(
  api: APIRequestContext,
  request: AccessRequest,
): Promise<void> {
  const { credentials } = await subscriptionOf(api, request);
  await answerOf(
    await api.post(`api-products/credentials/${credentials[0]?.id}/revoke`),
  );
}
