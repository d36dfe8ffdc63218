import type {
  AuditorService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  providerReadPermission,
  providerUpdatePermission,
} from 'backstage-plugin-api-products-common';
import type { Ownerless } from '../access/Ownerless';
import { audited } from '../history/audited';
import { requirePermission } from '../identity/authorize';
import type { AnyRequest, CallerResolver } from '../identity/CallerResolver';
import type { GoneRecords } from '../records/authoring/GoneRecords';
import type { Routes } from './createRouter';

/** What is left of entities and owners that are gone. @internal */
export function cleanUpRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  permissions: PermissionsService;
  goneRecords: GoneRecords;
  ownerless: Ownerless;
}): Routes {
  const { auditor, callers, permissions, goneRecords, ownerless } = options;

  const callerOf = async (req: AnyRequest, permission: BasicPermission) => {
    const { caller, credentials } = await callers.user(req);
    await requirePermission(permissions, credentials, permission);
    return caller;
  };

  return router => {
    router.get('/gone-records', async (req, res) => {
      const caller = await callerOf(req, providerReadPermission);
      res.json(await goneRecords.list(caller, req.query));
    });

    router.post('/gone-records/confirm-rename', async (request, res) => {
      const caller = await callerOf(request, providerUpdatePermission);
      const { from, to } = request.body;
      await audited(
        auditor,
        { eventId: 'rename-confirm', request, meta: { from, to } },
        () => goneRecords.confirm(caller, from, to),
      );
      res.status(202).end();
    });

    router.get('/ownerless', async (req, res) => {
      const caller = await callerOf(req, providerReadPermission);
      res.json(await ownerless.list(caller, req.query));
    });
  };
}
