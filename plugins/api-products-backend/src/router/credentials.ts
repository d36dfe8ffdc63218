import type { CallerResolver } from '../identity/CallerResolver';
import type { Credentials } from '../credentials/types';
import type { Routes } from './createRouter';

/** `/subscriptions/{id}/credentials` and `/credentials/{id}`. @internal */
export const credentialRoutes =
  (deps: { callers: CallerResolver; credentials: Credentials }): Routes =>
  router => {
    const { callers, credentials } = deps;

    router.get('/subscriptions/:id/credentials', async (req, res) => {
      const person = await callers.user(req);
      res.json(await credentials.list(person, req.params.id));
    });

    router.post('/subscriptions/:id/credentials', async (req, res) => {
      const person = await callers.user(req);
      const { name, replaces } = req.body ?? {};
      const issued = await credentials.issue(person, req.params.id, {
        name,
        replaces,
      });
      res.status(201).json(issued);
    });

    router.post('/credentials/:id/reveal', async (req, res) => {
      const person = await callers.user(req);
      const revealed = await credentials.reveal(person, req.params.id);
      // Nobody on the way keeps it either.
      res.setHeader('Cache-Control', 'no-store');
      res.json(revealed);
    });

    router.post('/credentials/:id/revoke', async (req, res) => {
      const person = await callers.user(req);
      const { reason } = req.body ?? {};
      res.json(await credentials.revoke(person, req.params.id, { reason }));
    });
  };
