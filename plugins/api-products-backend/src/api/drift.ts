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
import type { Drift } from '../providers/drift/Drift';
import { requirePermission } from '../identity/authorize';
import type { AnyRequest, CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** Differences between the portal and its providers. @internal */
export function driftRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  permissions: PermissionsService;
  drift: Drift;
}): Routes {
  const { auditor, callers, permissions, drift } = options;

  const callerOf = async (req: AnyRequest, permission: BasicPermission) => {
    const { caller, credentials } = await callers.user(req);
    await requirePermission(permissions, credentials, permission);
    return caller;
  };

  return router => {
    router.get('/providers/:id/drift', async (req, res) => {
      const caller = await callerOf(req, providerReadPermission);
      res.json(await drift.list(caller, req.params.id, req.query));
    });

    router.post('/providers/:id/drift/check', async (request, res) => {
      const caller = await callerOf(request, providerUpdatePermission);
      const { id } = request.params;
      await audited(
        auditor,
        { eventId: 'drift-check', request, meta: { provider: id } },
        () => drift.check(caller, id),
      );
      res.status(202).json({ provider: id });
    });

    router.post('/providers/:id/drift/:item/repair', async (request, res) => {
      const caller = await callerOf(request, providerUpdatePermission);
      const { id, item } = request.params;
      const { action } = request.body;
      const repairing = await audited(
        auditor,
        {
          eventId: 'drift-repair',
          request,
          meta: { provider: id, item, action },
        },
        () => drift.repair(caller, id, item, action),
      );
      res.json(repairing);
    });
  };
}
