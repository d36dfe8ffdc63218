import { nameTheCode } from '../lib/errors';
import { createApiRouter, type ApiRouter } from './ApiRouter';

/** Adds the routes of one resource. */
export type Routes = (router: ApiRouter) => void;

/**
 * All routes of the plugin; each resource brings its own in a file beside this one.
 */
export function createRouter(routes: Routes[]): ApiRouter {
  const router = createApiRouter();
  for (const add of routes) {
    add(router);
  }
  router.use(nameTheCode);
  return router;
}
