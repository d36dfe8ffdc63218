import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import { audited } from '../history/audited';
import { requirePermission } from '../identity/authorize';
import type { AnyRequest, CallerResolver } from '../identity/CallerResolver';
import type { CatalogRemovals } from '../records/CatalogRemovals';
import type { Routes } from './createRouter';

/** Entities in the catalog that have no record any more. @internal */
export function catalogRemovalRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  permissions: PermissionsService;
  removals: CatalogRemovals;
}): Routes {
  const { auditor, callers, permissions, removals } = options;

  const personOf = async (req: AnyRequest, permission: BasicPermission) => {
    const { caller, credentials } = await callers.user(req);
    await requirePermission(permissions, credentials, permission);
    return caller;
  };

  return router => {
    router.get('/catalog-removals', async (req, res) => {
      const caller = await personOf(req, providerReadPermission);
      res.json({ items: await removals.list(caller) });
    });

    router.post('/catalog-removals', async (req, res) => {
      const { caller } = await callers.anyone(req);
      res.json({ refs: await removals.report(caller, req.body.refs) });
    });

    router.post('/catalog-removals/confirm', async (request, res) => {
      const caller = await personOf(request, providerUpdatePermission);
      const { refs } = request.body;
      const confirmed = await audited(
        auditor,
        { eventId: 'catalog-removal-confirm', request, meta: { refs } },
        () => removals.confirm(caller, refs),
      );
      res.json({ refs: confirmed });
    });
  };
}
