/** A Tyk in a process of its own, and what a benchmark does there without a portal. */
import { randomBytes } from 'node:crypto';
import type { ChildProcess } from 'node:child_process';
import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import { startChild } from './child';

const startedSchema = z.object({
  url: z.string(),
  controlUrl: z.string(),
  secret: z.string(),
});
const madeSchema = z.object({ key: z.string(), key_hash: z.string() });
const callsSchema = z.array(
  z.object({ plane: z.string(), method: z.string(), path: z.string() }),
);
const keysSchema = z.array(
  z.object({ hash: z.string(), session: z.record(z.string(), z.json()) }),
);
const policiesSchema = z.array(z.object({ id: z.string() }));

type Calls = z.infer<typeof callsSchema>;

export interface RawKey {
  token: string;
  hash: string;
}

export class SandboxProcess {
  readonly url: string;
  readonly secret: string;
  readonly #controlUrl: string;
  readonly #child: ChildProcess;

  /** @param policies - so many are there from the beginning, as Tyk's own portal makes them */
  static async start(policies = 0): Promise<SandboxProcess> {
    const { child, said } = await startChild('sandbox.ts', startedSchema, {
      args: [String(policies)],
    });
    return new SandboxProcess(child, said);
  }

  private constructor(
    child: ChildProcess,
    { url, controlUrl, secret }: z.infer<typeof startedSchema>,
  ) {
    this.#child = child;
    this.url = url;
    this.secret = secret;
    this.#controlUrl = controlUrl;
  }

  stop(): void {
    if (this.#child.connected) {
      this.#child.disconnect();
    }
  }

  /** A key of the policies, made as the driver makes it. */
  async createKey(policies: readonly string[]): Promise<RawKey> {
    const id = randomBytes(16).toString('hex');
    const response = await this.#admin(
      'POST',
      `/tyk/keys/${id}?suppress_reset=1`,
      {
        org_id: 'default',
        alias: 'raw',
        apply_policies: [...policies],
        meta_data: { credential: id },
        tags: [],
      },
    );
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`The sandbox makes no key: ${text}`);
    }
    const { key, key_hash } = madeSchema.parse(JSON.parse(text));
    return { token: key, hash: key_hash };
  }

  /** Whether there is such a key. */
  async readKey(hash: string): Promise<boolean> {
    const response = await this.#admin('GET', `/tyk/keys/${hash}?hashed=true`);
    await response.text();
    return response.ok;
  }

  /** Status of a call to the proxied API. */
  async call(headers: Record<string, string>, api: string): Promise<number> {
    const response = await fetch(`${this.url}/${api}/`, { headers });
    await response.text();
    return response.status;
  }

  async calls(): Promise<Calls> {
    return callsSchema.parse(await this.#control('GET', '/calls'));
  }

  async keys(): Promise<z.infer<typeof keysSchema>> {
    return keysSchema.parse(await this.#control('GET', '/keys'));
  }

  /** Ids of a product's policy and a plan's, as the portal has put them there. */
  async policiesOfPortal(): Promise<string[]> {
    const policies = policiesSchema.parse(
      await this.#control('GET', '/policies'),
    );
    return ['bs-product-', 'bs-plan-'].map(prefix => {
      const found = policies.find(({ id }) => id.startsWith(prefix));
      if (!found) {
        throw new Error(`The sandbox has no policy ${prefix}…`);
      }
      return found.id;
    });
  }

  /** From now on its Gateway API answers so late. */
  async slowDown(milliseconds: number): Promise<void> {
    await this.#control('POST', '/faults', {
      kind: 'latency',
      milliseconds,
      match: { plane: 'admin' },
    });
  }

  /** From now on it takes no policy. */
  async refusePolicies(): Promise<void> {
    await this.#control('POST', '/faults', {
      kind: 'status',
      status: 503,
      match: { plane: 'admin', method: 'POST', path: '^/tyk/policies' },
    });
  }

  async recover(): Promise<void> {
    await this.#control('DELETE', '/faults');
  }

  #admin(method: string, path: string, body?: JsonObject): Promise<Response> {
    return fetch(`${this.url}${path}`, {
      method,
      headers: { 'x-tyk-authorization': this.secret },
      body: body && JSON.stringify(body),
    });
  }

  async #control(
    method: string,
    path: string,
    body?: JsonObject,
  ): Promise<unknown> {
    const response = await fetch(`${this.#controlUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${method} ${path} of the sandbox: ${text}`);
    }
    return text === '' ? undefined : JSON.parse(text);
  }
}
