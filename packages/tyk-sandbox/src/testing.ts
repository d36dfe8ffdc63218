/** Help for the tests of this package. Not published. */
import { start } from './start';
import type { JsonObject, JsonValue } from './json';
import type { PolicyInput } from './model/policy';
import type { TykSandbox, TykSandboxOptions } from './types';

export function tokenApi(id: string, more: JsonObject = {}): JsonObject {
  return {
    api_id: id,
    name: id,
    active: true,
    use_standard_auth: true,
    version_data: { not_versioned: true },
    proxy: { listen_path: `/${id}/`, strip_listen_path: true },
    ...more,
  };
}

const PRODUCT: PolicyInput = {
  id: 'product',
  partitions: { acl: true },
  access_rights: { echo: { versions: ['Default'] } },
};

export function planPolicy(limits: Partial<PolicyInput> = {}): PolicyInput {
  return {
    id: 'plan',
    partitions: { quota: true, rate_limit: true },
    rate: 100,
    per: 60,
    quota_max: 1000,
    quota_renewal_rate: 3600,
    ...limits,
  };
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** `undefined` where the body is no JSON. */
  body: JsonValue | undefined;
}

export interface Bench {
  sandbox: TykSandbox;
  admin(method: string, path: string, body?: JsonValue): Promise<Answer>;
  /** Calls the API `echo`, or another path. */
  call(key: string, path?: string): Promise<Answer>;
  /** Creates a key on `product` and `plan`; a random one where no id is given. */
  createKey(id?: string): Promise<{ key: string; hash: string }>;
}

/** A sandbox with the API `echo`, a product, a plan and a clock that stands still. */
export async function startBench(
  options: TykSandboxOptions = {},
): Promise<Bench> {
  const sandbox = await start({
    clock: { now: () => Date.parse('2026-01-01T00:00:00Z') },
    ...options,
    seed: {
      apis: [tokenApi('echo')],
      policies: [PRODUCT, planPolicy()],
      ...options.seed,
    },
  });
  const send = async (path: string, init: RequestInit) => {
    const response = await fetch(sandbox.gatewayUrl + path, init);
    return read(response);
  };
  const admin: Bench['admin'] = (method, path, body) =>
    send(path, {
      method,
      headers: { 'x-tyk-authorization': sandbox.secret },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  return {
    sandbox,
    admin,
    call: (key, path = '/echo/a') =>
      send(path, { headers: { authorization: key } }),
    createKey: async (id = 'create') => {
      const { body } = await admin('POST', `/tyk/keys/${id}`, {
        org_id: 'default',
        apply_policies: ['product', 'plan'],
      });
      const { key, key_hash: hash } = Object(body);
      return { key, hash };
    },
  };
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const { status, headers } = response;
  try {
    return { status, headers, text, body: JSON.parse(text) };
  } catch {
    return { status, headers, text, body: undefined };
  }
}
