/** A backend with thousands of everything, which counts what it is asked for. */
import type {
  ApiProductsApi,
  Page,
} from 'backstage-plugin-api-products-common';

/** As the backend gives where nothing is said. */
const DEFAULT_LIMIT = 20;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null;

const isPage = (value: unknown): value is Page<object> =>
  isObject(value) && 'items' in value && 'pageInfo' in value;

/** The query of a call, and what else it was called with; never the signal. */
const argumentsOf = (args: unknown[]): unknown[] =>
  args.filter(arg => !(isObject(arg) && 'signal' in arg));

function limitOf(args: unknown[]): number {
  for (const arg of args) {
    if (isObject(arg) && 'limit' in arg && typeof arg.limit === 'number') {
      return arg.limit;
    }
  }
  return DEFAULT_LIMIT;
}

/** A full page of the same item under other names, and no end of it. */
function manyOf(page: Page<object>, limit: number): Page<object> {
  const [item] = page.items;
  if (item === undefined) {
    return page;
  }
  const named = (i: number): object => ({
    ...item,
    ...('id' in item && { id: `${item.id}-${i}` }),
    ...('ref' in item && { ref: `${item.ref}-${i}` }),
    ...('name' in item && { name: `${item.name}-${i}` }),
  });
  return {
    items: Array.from({ length: limit }, (_, i) => named(i)),
    totalItems: 1_000,
    totalIsAtLeast: true,
    pageInfo: { nextCursor: 'next' },
  };
}

export interface Asked {
  /** Each call as it was made. */
  calls: string[];
  bytes: number;
  running: number;
}

/** @param wholeLists - names of methods whose lists have no pages */
export function apiAtSize(
  api: ApiProductsApi,
  wholeLists: readonly string[],
): { api: ApiProductsApi; asked: Asked } {
  const asked: Asked = { calls: [], bytes: 0, running: 0 };
  return {
    asked,
    api: new Proxy(api, {
      get(target, name) {
        const call: unknown = Reflect.get(target, name);
        if (typeof call !== 'function' || typeof name !== 'string') {
          return call;
        }
        return async (...args: unknown[]) => {
          asked.calls.push(JSON.stringify([name, ...argumentsOf(args)]));
          asked.running++;
          try {
            const answer: unknown = await Reflect.apply(call, target, args);
            const given =
              isPage(answer) && !wholeLists.includes(name)
                ? manyOf(answer, limitOf(args))
                : answer;
            asked.bytes += JSON.stringify(given).length;
            return given;
          } finally {
            asked.running--;
          }
        };
      },
    }),
  };
}
