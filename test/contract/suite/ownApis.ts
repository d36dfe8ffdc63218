/** APIs that a case makes for itself, and that are gone after it. */
import type { JsonObject } from '@backstage/types';
import type { Target, TestApi } from './Target';
import { classicApi, oasApi } from './testApis';
import type { OasSignIn } from './testApis';

interface OwnApis {
  /** By name: what is said of a classic API besides the usual. */
  classic?: Record<string, JsonObject>;
  /** By name: how callers of an OAS API sign in. */
  oas?: Record<string, OasSignIn>;
}

/** @param run - gets the APIs by their names, once the gateway has loaded them */
export async function withOwnApis(
  target: Target,
  { classic = {}, oas = {} }: OwnApis,
  run: (api: (name: string) => TestApi) => Promise<void>,
): Promise<void> {
  const { adversary, prefix } = target;
  const apiNamed = (name: string): TestApi => ({
    id: `${prefix}-own-${name}`,
    path: `/${prefix}-own-${name}/`,
  });
  const ids: string[] = [];
  try {
    for (const [name, more] of Object.entries(classic)) {
      const api = apiNamed(name);
      await adversary.createApi(classicApi(api, target, more));
      ids.push(api.id);
    }
    for (const [name, signIn] of Object.entries(oas)) {
      const api = apiNamed(name);
      await adversary.createOasApi(oasApi(api, target, signIn));
      ids.push(api.id);
    }
    await adversary.untilApis(ids);
    await run(apiNamed);
  } finally {
    // A Gateway removes only what it has loaded.
    await adversary.untilApis(ids);
    for (const id of ids) await adversary.removeApi(id);
    await adversary.untilApis([]);
  }
}
