/** What the tests ask of a backend and look up at the sandbox, in the words of the tests. */
import { start, type StoredKeyView, type TykSandbox } from 'tyk-sandbox';
import { z } from 'zod';
import type { BackendProcess } from './BackendProcess';
import { API_ID } from './entities';
import { waitFor } from './waitFor';

const credential = z.object({
  id: z.string(),
  status: z.string(),
  lastError: z.string().optional(),
  nextTryAt: z.string().optional(),
});
const subscription = z.object({
  id: z.string(),
  status: z.string(),
  lastError: z.string().optional(),
  suspension: z.object({ reason: z.string() }).optional(),
  application: z.object({ name: z.string() }),
  credentials: z.array(credential),
});
const subscriptions = z.object({ items: z.array(subscription) });
const revealed = z.object({
  secret: z.string(),
  headerName: z.string(),
  headerValue: z.string(),
});

export type Subscription = z.infer<typeof subscription>;

/** How a key is presented. */
export type Secret = z.infer<typeof revealed>;

export const startSandbox = (): Promise<TykSandbox> =>
  start({
    reloadDelayMs: 50,
    seed: {
      apis: [
        {
          api_id: API_ID,
          name: API_ID,
          active: true,
          use_standard_auth: true,
          version_data: { not_versioned: true },
          proxy: { listen_path: `/${API_ID}/`, strip_listen_path: true },
        },
      ],
    },
  });

/** Started, its product and plan at the gateway, its probe done: from here on it only does what it is asked. */
export async function untilReady(backend: BackendProcess): Promise<void> {
  const state = z.object({ providerState: z.object({ status: z.string() }) });
  const provider = z.object({ status: z.literal('up'), checkedAt: z.string() });
  await waitFor(
    'the policies are at the gateway, the probe is done',
    async () => {
      const answers = await Promise.all([
        backend.ask('paula', 'GET', '/products/default/payments'),
        backend.ask('paula', 'GET', '/plans/default/free'),
        backend.ask('paula', 'GET', '/providers/sandbox'),
      ]);
      return (
        answers
          .slice(0, 2)
          .every(
            ({ body }) =>
              state.safeParse(body).data?.providerState.status === 'ready',
          ) &&
        Date.parse(provider.safeParse(answers[2].body).data?.checkedAt ?? '') >=
          backend.startedAt
      );
    },
  );
}

/** Asks for the free plan, which is approved at once. A backend that dies meanwhile answers nothing. */
export async function request(
  backend: BackendProcess,
  application: string,
): Promise<number | undefined> {
  try {
    const { status } = await backend.ask('dana', 'POST', '/access-requests', {
      product: 'payments',
      plan: 'free',
      application: { name: application },
    });
    return status;
  } catch {
    return undefined;
  }
}

export async function subscriptionOf(
  backend: BackendProcess,
  application: string,
): Promise<Subscription | undefined> {
  const { body } = await backend.ask(
    'dana',
    'GET',
    '/subscriptions?as=consumer&limit=100',
  );
  return subscriptions
    .parse(body)
    .items.find(item => item.application.name === application);
}

export const untilStatus = (
  backend: BackendProcess,
  application: string,
  status: string,
): Promise<Subscription> =>
  waitFor(`${application} is ${status}`, async () => {
    const found = await subscriptionOf(backend, application);
    return found?.status === status && found;
  });

/** Moves the clocks whenever the next step waits for its time, until the gateway is known to have it so. */
export const untilConfirmed = (
  backend: BackendProcess,
  sandbox: TykSandbox,
  application: string,
  status: 'active' | 'suspended' | 'revoked',
): Promise<Subscription> =>
  waitFor(`${application} is ${status}`, async () => {
    const found = await subscriptionOf(backend, application);
    if (found?.credentials.some(({ nextTryAt }) => nextTryAt !== undefined)) {
      await backend.advance(3_000);
      sandbox.advance(3_000);
    }
    return found?.status === status && found;
  });

/** The same, until the gateway is known to refuse every key. */
export const untilRevoked = (
  backend: BackendProcess,
  sandbox: TykSandbox,
  application: string,
): Promise<Subscription> =>
  untilConfirmed(backend, sandbox, application, 'revoked');

export async function revealKey(backend: BackendProcess, id: string) {
  const { body } = await backend.ask(
    'dana',
    'POST',
    `/credentials/${id}/reveal`,
  );
  return revealed.parse(body);
}

export const reveal = (
  backend: BackendProcess,
  { credentials: [first] }: Subscription,
) => revealKey(backend, first.id);

/** Status of a call to the proxied API. */
export async function call(
  sandbox: TykSandbox,
  { headerName, headerValue }: { headerName: string; headerValue: string },
): Promise<number> {
  const { status } = await fetch(`${sandbox.gatewayUrl}/${API_ID}/`, {
    headers: { [headerName]: headerValue },
  });
  return status;
}

/** All keys at the gateway but the one that the driver keeps there to prove that keys are seen. */
export const consumerKeysOf = (sandbox: TykSandbox): StoredKeyView[] =>
  sandbox.inspect
    .keys()
    .filter(({ session }) => !JSON.stringify(session).includes('bs-witness'));

/** Keys at the gateway that were made for the credential. */
export const keysOf = (
  sandbox: TykSandbox,
  credentialId: string,
): StoredKeyView[] =>
  sandbox.inspect
    .keys()
    .filter(({ session }) =>
      JSON.stringify(session).includes(JSON.stringify(credentialId)),
    );
