import type { AuditorService } from '@backstage/backend-plugin-api';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { AuthorizedCredentials } from '../subscriptions/authorized';
import type { Routes } from './createRouter';

/** `/subscriptions/{id}/credentials` and `/credentials/{id}`. */
export const credentialRoutes =
  (deps: {
    callers: CallerResolver;
    credentials: AuthorizedCredentials;
    auditor: AuditorService;
  }): Routes =>
  router => {
    const { callers, credentials, auditor } = deps;

    router.get('/subscriptions/:id/credentials', async (req, res) => {
      const person = await callers.user(req);
      res.json(await credentials.list(person, req.params.id));
    });

    router.post('/subscriptions/:id/credentials', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const { name, replaces } = request.body ?? {};
      const issued = await audited(
        auditor,
        { eventId: 'credential-issue', request, meta: { subscription: id } },
        () => credentials.issue(person, id, { name, replaces }),
        credential => ({ credential: credential.id }),
      );
      res.status(201).json(issued);
    });

    router.post('/credentials/:id/reveal', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const revealed = await audited(
        auditor,
        { eventId: 'credential-reveal', request, meta: { credential: id } },
        () => credentials.reveal(person, id),
      );
      // Nobody on the way keeps it either.
      res.setHeader('Cache-Control', 'no-store');
      res.json(revealed);
    });

    router.post('/credentials/:id/revoke', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const { reason } = request.body ?? {};
      const revoking = await audited(
        auditor,
        { eventId: 'credential-revoke', request, meta: { credential: id } },
        () => credentials.revoke(person, id, { reason }),
      );
      res.json(revoking);
    });
  };
