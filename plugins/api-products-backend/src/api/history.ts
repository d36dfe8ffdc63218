import type { PermissionsService } from '@backstage/backend-plugin-api';
import { historyReadPermission } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import { listHistory } from '../access/listHistory';
import { readRef } from '../lib/refs';
import { requirePermission } from '../identity/authorize';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** @internal */
export function historyRoutes(options: {
  callers: CallerResolver;
  permissions: PermissionsService;
  db: Knex;
}): Routes {
  const { callers, permissions, db } = options;
  return router => {
    router.get('/history', async (req, res) => {
      const { caller, credentials } = await callers.user(req);
      await requirePermission(permissions, credentials, historyReadPermission);
      const { actor, ...query } = req.query;
      const page = await listHistory(db, caller, {
        ...query,
        actor:
          actor === undefined
            ? undefined
            : readRef('actor', actor, { default: 'user' }),
      });
      res.json(page);
    });
  };
}
