import type { Knex } from 'knex';
import type { EntityRef } from 'backstage-plugin-api-products-common';
import type { CallerResolver } from '../identity/CallerResolver';
import { meOf } from '../access/Me';
import type { Routes } from './createRouter';

/** Who the caller is; there is no permission to take that away. @internal */
export function meRoutes(options: {
  callers: CallerResolver;
  db: Knex;
  allowSelfApproval: boolean;
  platformOwners: EntityRef[];
}): Routes {
  return router => {
    router.get('/me', async (req, res) => {
      const { caller } = await options.callers.user(req);
      res.json(await meOf(options.db, caller, options));
    });
  };
}
