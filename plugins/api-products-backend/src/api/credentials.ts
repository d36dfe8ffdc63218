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

    router.post('/credentials/:id/rotate', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const { overlap, name } = request.body ?? {};
      const made = await audited(
        auditor,
        { eventId: 'credential-rotate', request, meta: { credential: id } },
        () => credentials.rotate(person, id, { overlap, name }),
        credential => ({ successor: credential.id }),
      );
      res.status(201).json(made);
    });

    router.post('/credentials/:id/cut-off', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const cutOff = await audited(
        auditor,
        { eventId: 'credential-cut-off', request, meta: { credential: id } },
        () => credentials.cutOff(person, id),
      );
      res.json(cutOff);
    });

    router.post('/credentials/:id/extend', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const { until, overlap } = request.body;
      const extended = await audited(
        auditor,
        { eventId: 'credential-extend', request, meta: { credential: id } },
        () => credentials.extend(person, id, { until, overlap }),
      );
      res.json(extended);
    });

    router.post('/credentials/:id/cancel-rotation', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const kept = await audited(
        auditor,
        {
          eventId: 'credential-cancel-rotation',
          request,
          meta: { credential: id },
        },
        () => credentials.cancelRotation(person, id),
      );
      res.json(kept);
    });
  };
