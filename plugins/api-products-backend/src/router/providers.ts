import type { PermissionsService } from '@backstage/backend-plugin-api';
import { providerReadPermission } from 'backstage-plugin-api-products-common';
import { requirePermission } from '../identity/authorize';
import type { AnyRequest, CallerResolver } from '../identity/CallerResolver';
import type { Providers } from '../providers/Providers';
import type { Routes } from './createRouter';

/** @internal */
export function providerRoutes(options: {
  callers: CallerResolver;
  permissions: PermissionsService;
  providers: Providers;
}): Routes {
  const { callers, permissions, providers } = options;

  const callerOf = async (req: AnyRequest) => {
    const { caller, credentials } = await callers.user(req);
    await requirePermission(permissions, credentials, providerReadPermission);
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
  };
}
