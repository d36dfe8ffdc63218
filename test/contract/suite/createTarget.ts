/** What a target at the sandbox and a real one have in common. */
import { randomBytes } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { createTykProviders } from 'backstage-plugin-api-products-backend-module-tyk';
import type { TykInstallation } from 'backstage-plugin-api-products-backend-module-tyk';
import type { TykSandbox } from 'tyk-sandbox';
import { createAdministrator } from './adversary';
import type { Mode, Store, Target } from './Target';
import {
  apiOf,
  classicDefinition,
  CLASSIC_KINDS,
  oasDocument,
} from './testApis';
import { startUpstream } from './upstream';

export interface Installation {
  name: string;
  mode: Mode;
  /** Of the Gateway API or the Dashboard. */
  url: string;
  token: string;
  /** Where consumers call. */
  gatewayUrl: string;
  organisation: string;
  sandbox?: TykSandbox;
  store?: Store;
  wait(seconds: number): Promise<void>;
  now(): number;
  stop(): Promise<void>;
}

function recordingLogger(lines: string[]): LoggerService {
  const write = (message: string, meta?: unknown) => {
    lines.push(`${message} ${JSON.stringify(meta ?? {})}`);
  };
  const logger: LoggerService = {
    error: write,
    warn: write,
    info: write,
    debug: write,
    child: () => logger,
  };
  return logger;
}

export async function createTarget(
  installation: Installation,
): Promise<Target> {
  const { mode, url, token, gatewayUrl, organisation, now } = installation;
  const prefix = `ct${randomBytes(4).toString('hex')}`;
  const lines: string[] = [];
  const providers: TykInstallation[] = [];
  const upstream = await startUpstream();
  const administrator = createAdministrator({
    mode,
    url,
    token,
    pause: () =>
      installation.sandbox
        ? installation.wait(1)
        : new Promise(resolve => {
            setTimeout(resolve, 250);
          }),
  });

  const another = (changes: JsonObject, id = 'contract'): TykInstallation => {
    const [provider] = createTykProviders({
      config: new ConfigReader({
        apiProducts: {
          providers: {
            [id]: {
              type: `tyk-${mode}`,
              title: 'Contract suite',
              url,
              token,
              organisation,
              gatewayUrl,
              tags: [prefix],
              ...changes,
            },
          },
        },
      }),
      logger: recordingLogger(lines),
      now,
    });
    providers.push(provider);
    return provider;
  };
  const provider = another({});

  for (const kind of CLASSIC_KINDS) {
    await administrator.createApi(
      classicDefinition(prefix, kind, organisation, upstream.url),
    );
  }
  await administrator.createOasApi(
    oasDocument(prefix, organisation, upstream.url),
  );
  const kinds = [...CLASSIC_KINDS, 'oas' as const];
  await administrator.untilApis(kinds.map(kind => apiOf(prefix, kind).id));

  let made = 0;
  const secrets = [token];
  const unique = () => `${prefix}-${(made += 1)}`;

  /** Only what carries the prefix, by id, name or tag. */
  const cleanUp = async () => {
    if (installation.sandbox) return;
    for (const reference of await provider.listCredentials().catch(() => [])) {
      const session = await administrator.session(reference);
      if (JSON.stringify(session ?? {}).includes(prefix)) {
        await provider.removeCredential({ reference, credentialId: prefix });
      }
    }
    const policies = await administrator.policies();
    await administrator.removePolicies(
      policies
        .filter(policy => JSON.stringify(policy).includes(prefix))
        .map(({ id, _id: databaseId }) => String(id || databaseId)),
    );
    for (const kind of kinds) {
      await administrator.removeApi(apiOf(prefix, kind).id);
    }
    await administrator.untilApis([]);
  };

  const target: Target = {
    name: installation.name,
    mode,
    live: installation.sandbox === undefined,
    prefix,
    organisation,
    url,
    gatewayUrl,
    provider,
    another,
    logged: () => lines.join('\n'),
    secrets,
    api: kind => apiOf(prefix, kind),
    upstreamUrl: upstream.url,
    adversary: administrator,

    async product(changes = {}) {
      const key = unique();
      const first = apiOf(prefix, 'first');
      const product = {
        key: `default/${key}`,
        title: `Product ${key}`,
        apis: [{ id: first.id, name: first.id }],
        ...changes,
      };
      return { ...product, reference: await provider.putProduct(product) };
    },

    async plan(changes = {}) {
      const key = unique();
      const plan = {
        key: `default/${key}`,
        title: `Plan ${key}`,
        rateLimit: { requests: 1000, per: 60 },
        quota: { requests: 100, per: 'P1D' },
        credentialMetadata: {},
        apiIds: [apiOf(prefix, 'first').id],
        ...changes,
      };
      return { ...plan, reference: await provider.putPlan(plan) };
    },

    async credential(changes = {}) {
      const chosenKey = randomBytes(32).toString('hex');
      secrets.push(chosenKey);
      return {
        credentialId: unique(),
        chosenKey,
        products: changes.products ?? [await target.product()],
        plan: changes.plan ?? (await target.plan()),
        alias: 'Contract suite',
        tags: [prefix],
        metadata: { ApplicationID: prefix },
        ...changes,
      };
    },

    call: (api, key, path = 'anything') =>
      fetch(`${gatewayUrl}${api.path}${path}`, {
        headers: key === undefined ? {} : { authorization: key },
      }),
    wait: seconds => installation.wait(seconds),
    now,
    sandbox: installation.sandbox,
    store: installation.store,

    async close() {
      await cleanUp();
      await Promise.all(providers.map(item => item.close()));
      await upstream.close();
      await installation.stop();
    },
  };

  return target;
}
