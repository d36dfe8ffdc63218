/** Products, plans and catalogues over HTTP. */
import type { PermissionsService } from '@backstage/backend-plugin-api';
import {
  catalogueReadPermission,
  planReadPermission,
  productReadPermission,
} from 'backstage-plugin-api-products-common';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import type { Catalogue } from '../records/Catalogue';
import {
  CATALOGUE_KIND,
  PLAN_KIND,
  PRODUCT_KIND,
  readRef,
  refOf,
} from '../lib/refs';
import { requirePermission } from '../identity/authorize';
import type { Caller } from '../identity/Caller';
import type { AnyRequest, CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

const groups = (refs: readonly string[] | undefined) =>
  refs?.map(ref => readRef('owner', ref, { default: 'group' }));

const catalogues = (refs: readonly string[] | undefined) =>
  refs?.map(ref => readRef('catalogue', ref, { only: CATALOGUE_KIND }));

/** @internal */
export function catalogueRoutes(options: {
  callers: CallerResolver;
  permissions: PermissionsService;
  catalogue: Catalogue;
}): Routes {
  const { callers, permissions, catalogue } = options;

  const callerOf = async (
    req: AnyRequest,
    permission: BasicPermission,
  ): Promise<Caller> => {
    const { caller, credentials } = await callers.anyone(req);
    await requirePermission(permissions, credentials, permission);
    return caller;
  };

  return router => {
    router.get('/products', async (req, res) => {
      const caller = await callerOf(req, productReadPermission);
      const { owner, catalogue: refs, ...query } = req.query;
      const page = await catalogue.listProducts(caller, {
        ...query,
        owner: groups(owner),
        catalogue: catalogues(refs),
      });
      res.json(page);
    });

    router.get('/products/:namespace/:name', async (req, res) => {
      const caller = await callerOf(req, productReadPermission);
      res.json(
        await catalogue.getProduct(caller, refOf(PRODUCT_KIND, req.params)),
      );
    });

    router.get('/plans', async (req, res) => {
      const caller = await callerOf(req, planReadPermission);
      const { owner, catalogue: refs, ...query } = req.query;
      const page = await catalogue.listPlans(caller, {
        ...query,
        owner: groups(owner),
        catalogue: catalogues(refs),
      });
      res.json(page);
    });

    router.get('/plans/:namespace/:name', async (req, res) => {
      const caller = await callerOf(req, planReadPermission);
      res.json(await catalogue.getPlan(caller, refOf(PLAN_KIND, req.params)));
    });

    router.get('/catalogues', async (req, res) => {
      const caller = await callerOf(req, catalogueReadPermission);
      const { owner, ...query } = req.query;
      const page = await catalogue.listCatalogues(caller, {
        ...query,
        owner: groups(owner),
      });
      res.json(page);
    });

    router.get('/catalogues/:namespace/:name', async (req, res) => {
      const caller = await callerOf(req, catalogueReadPermission);
      res.json(
        await catalogue.getCatalogue(caller, refOf(CATALOGUE_KIND, req.params)),
      );
    });
  };
}
