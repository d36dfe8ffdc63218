import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AuthorizedOwnerless } from '../access/authorized';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { AuthorizedGoneRecords } from '../records/authoring/authorized';
import type { Routes } from './createRouter';

/** What is left of entities and owners that are gone. */
export function cleanUpRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  goneRecords: AuthorizedGoneRecords;
  ownerless: AuthorizedOwnerless;
}): Routes {
  const { auditor, callers, goneRecords, ownerless } = options;

  return router => {
    router.get('/gone-records', async (req, res) => {
      const person = await callers.user(req);
      res.json(await goneRecords.list(person, req.query));
    });

    router.post('/gone-records/confirm-rename', async (request, res) => {
      const person = await callers.user(request);
      const { from, to } = request.body;
      await audited(
        auditor,
        { eventId: 'rename-confirm', request, meta: { from, to } },
        () => goneRecords.confirm(person, from, to),
      );
      res.status(202).end();
    });

    router.get('/ownerless', async (req, res) => {
      const person = await callers.user(req);
      res.json(await ownerless.list(person, req.query));
    });
  };
}
