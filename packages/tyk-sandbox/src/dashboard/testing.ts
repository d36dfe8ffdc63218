/** Help for the tests of the Dashboard. Not published. */
import type { JsonObject, JsonValue } from '../json';
import { asObject, asText } from '../json';
import { read, startBench } from '../testing';
import type { Answer, Bench } from '../testing';
import type { TykSandboxOptions } from '../types';

export interface DashboardBench extends Bench {
  /** Asks the Dashboard, with its key unless `headers` say otherwise. */
  ask(
    method: string,
    path: string,
    body?: JsonValue,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Body of an answer that must be 200. */
  get(path: string): Promise<JsonObject>;
  /** Creates a policy. @returns its `_id` */
  createPolicy(policy: JsonObject): Promise<string>;
  /** Lets the gateway load what was published. */
  settle(): void;
}

/** A sandbox with Dashboard, the API `echo`, a product, a plan and a clock that stands still. */
export async function startDashboardBench(
  options: TykSandboxOptions = {},
): Promise<DashboardBench> {
  const bench = await startBench({ dashboardPort: 0, ...options });
  const { sandbox } = bench;
  const ask: DashboardBench['ask'] = async (method, path, body, headers) => {
    const response = await fetch(`${sandbox.dashboardUrl}${path}`, {
      method,
      headers: headers ?? { authorization: sandbox.dashboardKey },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return read(response);
  };
  return {
    ...bench,
    ask,
    get: async path => {
      const { status, text, body } = await ask('GET', path);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return asObject(body);
    },
    createPolicy: async policy => {
      const { status, text, body } = await ask(
        'POST',
        '/api/portal/policies',
        policy,
      );
      if (status !== 200) throw new Error(text);
      return asText(asObject(body).Message);
    },
    settle: () => sandbox.advance(1000),
  };
}
