import type { Gateway } from '../state/gateway';
import { errorReply, notFoundReply } from '../http/message';
import type { GatewayRequest, Reply } from '../http/message';

export type Handler = (
  gateway: Gateway,
  request: GatewayRequest,
  /** The variable parts of the path, in order; '' where one is missing. */
  ...parts: string[]
) => Reply;

export interface Route {
  methods: string[];
  /** Path below `/tyk`; `*` stands for a variable part. */
  path: string;
  handle: Handler;
}

/** The first route for path and method; 405 where only the path is known. */
export function dispatch(
  routes: Route[],
  path: string,
  gateway: Gateway,
  request: GatewayRequest,
): Reply {
  let known = false;
  for (const route of routes) {
    const parts = matchPath(route.path, path);
    if (parts) {
      if (route.methods.includes(request.method)) {
        return route.handle(gateway, request, ...parts);
      }
      known = true;
    }
  }
  return known ? errorReply(405, 'Method not supported') : notFoundReply();
}

/** The variable parts of a path that fits a pattern. */
export function matchPath(pattern: string, path: string): string[] | undefined {
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const parts: string[] = [];
  for (const [index, part] of wanted.entries()) {
    if (part === '*') parts.push(given[index]);
    else if (part !== given[index]) return undefined;
  }
  return parts;
}
