import type { AuthorizedHistory } from '../access/authorized';
import { readRef } from '../lib/refs';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

export function historyRoutes(options: {
  callers: CallerResolver;
  history: AuthorizedHistory;
}): Routes {
  const { callers, history } = options;
  return router => {
    router.get('/history', async (req, res) => {
      const person = await callers.user(req);
      const { actor, ...query } = req.query;
      const page = await history.list(person, {
        ...query,
        actor:
          actor === undefined
            ? undefined
            : readRef('actor', actor, { default: 'user' }),
      });
      res.json(page);
    });
  };
}
