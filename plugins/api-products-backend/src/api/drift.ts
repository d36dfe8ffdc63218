import type { AuditorService } from '@backstage/backend-plugin-api';
import { audited } from '../history/audited';
import type { AuthorizedDrift } from '../providers/drift/authorized';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** Differences between the portal and its providers. */
export function driftRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  drift: AuthorizedDrift;
}): Routes {
  const { auditor, callers, drift } = options;

  return router => {
    router.get('/providers/:id/drift', async (req, res) => {
      const person = await callers.user(req);
      res.json(await drift.list(person, req.params.id, req.query));
    });

    router.post('/providers/:id/drift/check', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      await audited(
        auditor,
        { eventId: 'drift-check', request, meta: { provider: id } },
        () => drift.check(person, id),
      );
      res.status(202).json({ provider: id });
    });

    router.post('/providers/:id/drift/:item/repair', async (request, res) => {
      const person = await callers.user(request);
      const { id, item } = request.params;
      const { action } = request.body;
      const repairing = await audited(
        auditor,
        {
          eventId: 'drift-repair',
          request,
          meta: { provider: id, item, action },
        },
        () => drift.repair(person, id, item, action),
      );
      res.json(repairing);
    });
  };
}
