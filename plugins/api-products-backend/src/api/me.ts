import type { AuthorizedMe } from '../access/authorized';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** Who the caller is. */
export function meRoutes(options: {
  callers: CallerResolver;
  me: AuthorizedMe;
}): Routes {
  const { callers, me } = options;
  return router => {
    router.get('/me', async (req, res) => {
      res.json(await me.get(await callers.user(req)));
    });
  };
}
