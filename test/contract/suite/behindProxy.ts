/** What a case needs that spoils the way to a target, or wants to see what is sent there. */
import type { JsonObject } from '@backstage/types';
import type { TykInstallation } from 'backstage-plugin-api-products-backend-module-tyk';
import { FaultyProxy } from './FaultyProxy';
import type { ProxiedRequest } from './FaultyProxy';
import type { Target } from './Target';

/** A second driver for the target, which goes through a proxy. */
export async function behindProxy(
  target: Target,
  config: JsonObject,
  use: (proxy: FaultyProxy, provider: TykInstallation) => Promise<void>,
): Promise<void> {
  const proxy = await FaultyProxy.start(target.url);
  const provider = target.another({ ...config, url: proxy.url });
  try {
    await use(proxy, provider);
  } finally {
    await proxy.close();
  }
}

/** For the rule of a fault: `POST /tyk/policies`, as a pattern. */
export const asked =
  (pattern: RegExp) =>
  ({ method, path }: ProxiedRequest): boolean =>
    pattern.test(`${method} ${path}`);

/** The error that a call ends with; an error of its own where it ends well. */
export async function failureOf(call: Promise<unknown>): Promise<Error> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`It failed with something that is no error`);
  }
  throw new Error('It did not fail');
}
