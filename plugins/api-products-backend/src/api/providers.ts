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
import type { ApiOwnership } from '../providers/ApiOwnership';
import type { Providers } from '../providers/Providers';
import type { ProviderSync } from '../providers/ProviderSync';
import type { Routes } from './createRouter';

/** `/providers`, but for their differences. @internal */
export function providerRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  permissions: PermissionsService;
  providers: Providers;
  sync: ProviderSync;
  ownership: ApiOwnership;
}): Routes {
  const { auditor, callers, permissions, providers, sync, ownership } = options;

  const callerOf = async (
    req: AnyRequest,
    permission: BasicPermission = providerReadPermission,
  ) => {
    const { caller, credentials } = await callers.user(req);
    await requirePermission(permissions, credentials, permission);
    return caller;
  };

  return router => {
    router.get('/providers', async (req, res) => {
      res.json(await providers.list(await callerOf(req)));
    });

    router.get('/providers/:id', async (req, res) => {
      res.json(await providers.get(await callerOf(req), req.params.id));
    });

    router.get('/providers/:id/apis', async (req, res) => {
      res.json(await providers.listApis(await callerOf(req), req.params.id));
    });

    router.post('/providers/:id/apis/decide', async (request, res) => {
      const caller = await callerOf(request, providerUpdatePermission);
      const { id } = request.params;
      const decision = request.body;
      const { api } = decision;
      await audited(
        auditor,
        {
          eventId: 'provider-api-decide',
          request,
          meta: {
            provider: id,
            api,
            entity: decision.entity ?? null,
            product: decision.product ?? null,
            withdraw: decision.withdraw === true,
          },
        },
        () => ownership.decide(caller, id, decision),
      );
      res.json({ api });
    });

    router.post('/providers/:id/sync', async (request, res) => {
      const caller = await callerOf(request, providerUpdatePermission);
      const { id } = request.params;
      const { confirmDrop } = request.body ?? {};
      const run = await audited(
        auditor,
        {
          eventId: 'provider-sync',
          request,
          meta: { provider: id, confirmDrop: confirmDrop === true },
        },
        () => sync.request(caller, id, { confirmDrop }),
        begun => ({ run: begun.id }),
      );
      res.status(202).json({ run });
    });

    router.get('/providers/:id/sync-runs', async (req, res) => {
      const { limit, cursor } = req.query;
      res.json(
        await sync.list(await callerOf(req), req.params.id, { limit, cursor }),
      );
    });
  };
}
