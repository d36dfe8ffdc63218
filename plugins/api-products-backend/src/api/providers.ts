import type { AuditorService } from '@backstage/backend-plugin-api';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type {
  AuthorizedApiOwnership,
  AuthorizedProviders,
  AuthorizedProviderSync,
} from '../providers/authorized';
import type { Routes } from './createRouter';

/** `/providers`, but for their differences. */
export function providerRoutes(options: {
  auditor: AuditorService;
  callers: CallerResolver;
  providers: AuthorizedProviders;
  sync: AuthorizedProviderSync;
  ownership: AuthorizedApiOwnership;
}): Routes {
  const { auditor, callers, providers, sync, ownership } = options;

  return router => {
    router.get('/providers', async (req, res) => {
      res.json(await providers.list(await callers.user(req)));
    });

    router.get('/providers/:id', async (req, res) => {
      res.json(await providers.get(await callers.user(req), req.params.id));
    });

    router.get('/providers/:id/apis', async (req, res) => {
      res.json(
        await providers.listApis(await callers.user(req), req.params.id),
      );
    });

    router.post('/providers/:id/apis/decide', async (request, res) => {
      const person = await callers.user(request);
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
        () => ownership.decide(person, id, decision),
      );
      res.json({ api });
    });

    router.post('/providers/:id/sync', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const { confirmDrop } = request.body ?? {};
      const run = await audited(
        auditor,
        {
          eventId: 'provider-sync',
          request,
          meta: { provider: id, confirmDrop: confirmDrop === true },
        },
        () => sync.request(person, id, { confirmDrop }),
        begun => ({ run: begun.id }),
      );
      res.status(202).json({ run });
    });

    router.get('/providers/:id/sync-runs', async (req, res) => {
      const { limit, cursor } = req.query;
      res.json(
        await sync.list(await callers.user(req), req.params.id, {
          limit,
          cursor,
        }),
      );
    });
  };
}
