/** A whole backend in a process of its own, as a benchmark starts and asks it. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { freePort } from '../integration/support/freePort';
import { startChild } from './child';
import { usageSchema, type Order, type Usage } from './orders';
import { refOf, type ProviderName } from './portalEntities';
import type { SandboxProcess } from './SandboxProcess';

/** Of the key ring: production's way to start, and the same for all backends of a benchmark. */
const RING = [{ id: 'bench', secret: Buffer.alloc(32, 7).toString('base64') }];

const providerAt = ({ url, secret }: SandboxProcess): JsonObject => ({
  type: 'tyk-gateway',
  url,
  gatewayUrl: url,
  token: secret,
  organisation: 'default',
});

interface Options {
  /** Value of `backend.database`. */
  database: JsonObject;
  /** By the ids that they have in the portal. */
  providers: Partial<Record<ProviderName, SandboxProcess>>;
  /** More of `apiProducts`; all the rest is as it is without configuration. */
  apiProducts?: JsonObject;
  /** More of each provider. */
  ofProviders?: JsonObject;
}

export class BenchBackend {
  readonly #url: string;
  readonly #child: ChildProcess;

  static async start(
    { database, providers, apiProducts, ofProviders }: Options,
    order: Partial<Omit<Order, 'config' | 'providers'>> = {},
  ): Promise<BenchBackend> {
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    const config = {
      app: { baseUrl },
      // Rows that were put into the catalog's tables come from nowhere.
      catalog: { orphanStrategy: 'keep' },
      backend: { baseUrl, listen: { host: '127.0.0.1', port }, database },
      apiProducts: {
        platformOwners: ['platform-owners'],
        secrets: { keys: RING },
        providers: Object.fromEntries(
          Object.entries(providers).map(([id, sandbox]) => [
            id,
            { ...providerAt(sandbox), ...ofProviders },
          ]),
        ),
        ...apiProducts,
      },
    };
    const { child } = await startChild('backend.ts', z.literal('started'), {
      quiet: true,
      send: {
        config,
        providers: Object.keys(providers),
        clockOffset: 0,
        noticeMs: 0,
        ...order,
      },
    });
    return new BenchBackend(baseUrl, child);
  }

  private constructor(url: string, child: ChildProcess) {
    this.#url = url;
    this.#child = child;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.disconnect();
      await gone;
    }
  }

  /** @throws Error where it is answered with anything but success */
  async ask(
    person: string,
    method: 'GET' | 'POST',
    path: string,
    body?: JsonObject,
  ): Promise<unknown> {
    const { ok, status, text } = await this.try(person, method, path, body);
    if (!ok) {
      throw new Error(`${method} ${path} answered ${status}: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  /** The same for what may be refused. */
  async try(
    person: string,
    method: 'GET' | 'POST',
    path: string,
    body?: JsonObject,
  ): Promise<{ ok: boolean; status: number; text: string }> {
    const response = await fetch(`${this.#url}/api${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(refOf(person)),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
    });
    const { ok, status } = response;
    return { ok, status, text: await response.text() };
  }

  /** Of the whole process since it began, its memory after collecting garbage. */
  async usage(): Promise<Usage> {
    return usageSchema.parse(await this.ask('dana', 'GET', '/bench/usage'));
  }
}
