/** Products, plans and catalogues over HTTP. */
import type { AuthorizedCatalogue } from '../records/authorized';
import {
  CATALOGUE_KIND,
  PLAN_KIND,
  PRODUCT_KIND,
  readRef,
  refOf,
} from '../lib/refs';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

const groups = (refs: readonly string[] | undefined) =>
  refs?.map(ref => readRef('owner', ref, { default: 'group' }));

const catalogues = (refs: readonly string[] | undefined) =>
  refs?.map(ref => readRef('catalogue', ref, { only: CATALOGUE_KIND }));

export function catalogueRoutes(options: {
  callers: CallerResolver;
  catalogue: AuthorizedCatalogue;
}): Routes {
  const { callers, catalogue } = options;

  return router => {
    router.get('/products', async (req, res) => {
      const who = await callers.anyone(req);
      const { owner, catalogue: refs, ...query } = req.query;
      const page = await catalogue.listProducts(who, {
        ...query,
        owner: groups(owner),
        catalogue: catalogues(refs),
      });
      res.json(page);
    });

    router.get('/product-cards', async (req, res) => {
      const who = await callers.anyone(req);
      const { owner, catalogue: refs, ...query } = req.query;
      const page = await catalogue.listProductCards(who, {
        ...query,
        owner: groups(owner),
        catalogue: catalogues(refs),
      });
      res.json(page);
    });

    router.get('/product-facets', async (req, res) => {
      const who = await callers.anyone(req);
      res.json(await catalogue.listProductFacets(who, req.query));
    });

    router.get('/products/:namespace/:name', async (req, res) => {
      const who = await callers.anyone(req);
      res.json(
        await catalogue.getProduct(who, refOf(PRODUCT_KIND, req.params)),
      );
    });

    router.get('/plans', async (req, res) => {
      const who = await callers.anyone(req);
      const { owner, catalogue: refs, ...query } = req.query;
      const page = await catalogue.listPlans(who, {
        ...query,
        owner: groups(owner),
        catalogue: catalogues(refs),
      });
      res.json(page);
    });

    router.get('/plans/:namespace/:name', async (req, res) => {
      const who = await callers.anyone(req);
      res.json(await catalogue.getPlan(who, refOf(PLAN_KIND, req.params)));
    });

    router.get('/catalogues', async (req, res) => {
      const who = await callers.anyone(req);
      const { owner, ...query } = req.query;
      const page = await catalogue.listCatalogues(who, {
        ...query,
        owner: groups(owner),
      });
      res.json(page);
    });

    router.get('/catalogues/:namespace/:name', async (req, res) => {
      const who = await callers.anyone(req);
      res.json(
        await catalogue.getCatalogue(who, refOf(CATALOGUE_KIND, req.params)),
      );
    });
  };
}
