import type { AuditorService } from '@backstage/backend-plugin-api';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type {
  AuthorizedCatalogRecords,
  AuthorizedCatalogRemovals,
} from '../records/authorized';
import type { Routes } from './createRouter';

/** What the catalog should have, and entities in it that have no record any more. */
export function catalogRemovalRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  records: AuthorizedCatalogRecords;
  removals: AuthorizedCatalogRemovals;
}): Routes {
  const { auditor, callers, records, removals } = options;

  return router => {
    router.get('/catalog-records', async (req, res) => {
      const who = await callers.anyone(req);
      res.json(await records.list(who, req.query.known));
    });

    router.get('/catalog-removals', async (req, res) => {
      const person = await callers.user(req);
      res.json({ items: await removals.list(person) });
    });

    router.post('/catalog-removals', async (req, res) => {
      const who = await callers.anyone(req);
      res.json({ refs: await removals.report(who, req.body.refs) });
    });

    router.post('/catalog-removals/confirm', async (request, res) => {
      const person = await callers.user(request);
      const { refs } = request.body;
      const confirmed = await audited(
        auditor,
        { eventId: 'catalog-removal-confirm', request, meta: { refs } },
        () => removals.confirm(person, refs),
      );
      res.json({ refs: confirmed });
    });
  };
}
