import { useRouteRef } from '@backstage/core-plugin-api';
import type {
  AnyParams,
  RouteFunc,
  RouteRef,
  SubRouteRef,
} from '@backstage/core-plugin-api';

type Route<Params extends AnyParams> = RouteRef<Params> | SubRouteRef<Params>;

/** The way to the page that the caller is part of: where it is shown, it has an address. */
export function useOwnRoute<Params extends AnyParams>(
  route: Route<Params>,
): RouteFunc<Params> {
  return useRouteRef(route);
}

/** The way to a page, or nothing in an app that has switched the page off. */
export function useRoute<Params extends AnyParams>(
  route: Route<Params>,
): RouteFunc<Params> | undefined {
  try {
    // Throws after all of its own hooks, so that their order stays.
    return useRouteRef(route);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('No path for ')) {
      return undefined;
    }
    throw error;
  }
}
