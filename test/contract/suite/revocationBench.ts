/**
 * The portal in front of a fleet of gateways: at each of them it is a provider twice, once taking keys away with
 * verification only and once with markers, and each has a product for tokens and one for users with passwords.
 */
import { Agent, get } from 'node:http';
import { z } from 'zod';
import {
  isSettled,
  requestAccess,
  reveal,
  revoke,
  subscriptionsOf,
} from './consumer';
import type { Credential, Subscription } from './consumer';
import { MODES, PRESENTED } from './gateways';
import type { GatewayUnderTest, Mode, Presented } from './gateways';
import { bareOf } from './keys';
import { startPortal } from './portal';
import type { Portal } from './portal';
import {
  apiEntity,
  catalogueEntity,
  planEntity,
  productEntity,
} from './portalEntities';

/** One consumer with a key of its own. */
export interface Row {
  gateway: GatewayUnderTest;
  presented: Presented;
  mode: Mode;
  /** Of its application. */
  name: string;
  provider: string;
  /** Absent where the portal could make no key. */
  key?: { id: string; call(): Promise<number> };
  /** Why it could not. */
  failure?: string;
}

/** What the portal says of a key that is being taken away. */
export interface Said {
  credential: Credential;
  /** Kinds of differences that are reported of it. */
  drift: string[];
}

export interface RevocationBench {
  portal: Portal;
  rows: Row[];
  revoke(row: Row): Promise<void>;
  /** Of all keys, by the names of their rows. */
  said(): Promise<Map<string, Said>>;
  close(): Promise<void>;
}

const drift = z.object({
  items: z.array(
    z.object({ kind: z.string(), subject: z.object({ id: z.string() }) }),
  ),
});

const kindOf = (presented: Presented) =>
  presented === 'basic auth' ? ('basic' as const) : ('first' as const);

const providerOf = ({ target }: GatewayUnderTest, mode: Mode) =>
  `${target.prefix}-${mode}`;

function entitiesOf(gateway: GatewayUnderTest) {
  const { target } = gateway;
  const kinds = ['first', 'basic'] as const;
  return [
    catalogueEntity(target),
    ...MODES.flatMap(mode => {
      const provider = providerOf(gateway, mode);
      return [
        ...kinds.map(kind => apiEntity(target, kind, provider)),
        planEntity(target, `${mode}-plan`, {
          provider,
          rateLimit: 'unlimited',
          // Without one no call is written back, and so no key revived.
          quota: { requests: 1_000_000, per: 'P1D' },
        }),
        ...kinds.map(kind =>
          productEntity(target, `${mode}-${kind}`, [`${mode}-plan`], {
            api: kind,
            spec: {
              provider,
              apis: [`api:default/${provider}-${kind}`],
              authentication: kind === 'basic' ? 'basic' : 'auth-token',
            },
          }),
        ),
      ];
    }),
  ];
}

const productOf = ({ gateway, mode, presented }: Row) =>
  `${gateway.target.prefix}-${mode}-${kindOf(presented)}`;

/** Asks for access to everything, together, since each answer waits for a gateway. */
async function subscribeAll(
  portal: Portal,
  rows: readonly Row[],
): Promise<Map<string, Subscription>> {
  let left = [...rows];
  await portal.until('everything can be had', async () => {
    const refused: Row[] = [];
    for (const row of left) {
      const wanted = {
        product: productOf(row),
        plan: `${row.gateway.target.prefix}-${row.mode}-plan`,
        application: row.name,
      };
      if (!(await requestAccess(portal, wanted))) refused.push(row);
    }
    left = refused;
    return left.length === 0;
  });
  return portal.until('there is a key wherever there can be one', async () => {
    const found = await subscriptionsOf(portal);
    return rows.every(({ name }) => isSettled(found.get(name))) && found;
  });
}

const agent = new Agent({ keepAlive: true });

/** Thousands of calls are made: `fetch` would cost more than all the rest. */
const statusOf = (url: string, authorization: string): Promise<number> =>
  new Promise((resolve, reject) => {
    get(url, { agent, headers: { authorization } }, response => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    }).on('error', reject);
  });

/** Takes the key as its consumer presents it. */
async function withKey(
  portal: Portal,
  row: Row,
  subscription: Subscription | undefined,
): Promise<Row> {
  const { target } = row.gateway;
  const [first] = subscription?.credentials ?? [];
  if (!first || subscription?.status === 'failed') {
    return { ...row, failure: subscription?.lastError };
  }
  const { id } = first;
  const { secret, headerValue } = await reveal(portal, id);
  const value =
    row.presented === 'bare value'
      ? bareOf(secret, target.organisation)
      : headerValue;
  const { path } = target.api(kindOf(row.presented));
  const url = `${target.gatewayUrl}${path}anything`;
  return { ...row, key: { id, call: () => statusOf(url, value) } };
}

export async function startRevocationBench(
  gateways: readonly GatewayUnderTest[],
): Promise<RevocationBench> {
  const [{ target }] = gateways;
  const rows = gateways.flatMap(gateway =>
    PRESENTED.flatMap(presented =>
      MODES.map((mode): Row => {
        const provider = providerOf(gateway, mode);
        const name = `${provider} ${presented}`;
        return { gateway, presented, mode, name, provider };
      }),
    ),
  );
  const providers = gateways.flatMap(gateway =>
    MODES.map(mode => {
      const id = providerOf(gateway, mode);
      return gateway.target.another({ revocation: mode, tags: [id] }, id);
    }),
  );
  const portal = await startPortal(target, {
    entities: gateways.flatMap(entitiesOf),
    providers,
    timeStandsStill: true,
    config: {
      provisioning: { pollInterval: 'PT0.1S', lease: 'PT1H', concurrency: 32 },
      providers: Object.fromEntries(
        providers.map(({ id }) => [
          id,
          { synchronisation: { enabled: false } },
        ]),
      ),
    },
  });
  const subscriptions = await subscribeAll(portal, rows);
  return {
    portal,
    rows: await Promise.all(
      rows.map(row => withKey(portal, row, subscriptions.get(row.name))),
    ),
    async revoke({ key }) {
      if (key) await revoke(portal, key.id);
    },
    async said() {
      const found = await subscriptionsOf(portal);
      const differences = await Promise.all(
        providers.map(async ({ id }) => {
          const path = `/providers/${id}/drift?limit=100`;
          const { body } = await portal.ask('paula', 'GET', path);
          return drift.parse(body).items;
        }),
      );
      const said = new Map<string, Said>();
      for (const { name } of rows) {
        const [credential] = found.get(name)?.credentials ?? [];
        if (!credential) continue;
        said.set(name, {
          credential,
          drift: differences
            .flat()
            .filter(({ subject }) => subject.id === credential.id)
            .map(({ kind }) => kind),
        });
      }
      return said;
    },
    async close() {
      // What was made is taken away, now that nobody calls.
      await portal
        .until('everything is revoked', async () =>
          [...(await subscriptionsOf(portal)).values()].every(({ status }) =>
            ['revoked', 'failed'].includes(status),
          ),
        )
        .finally(() => portal.close());
    },
  };
}
