/** Making, changing and deleting products, plans and catalogues over HTTP, and the definitions of a product's APIs. */
import type { AuditorService } from '@backstage/backend-plugin-api';
import { audited } from '../history/audited';
import type { AuthorizedAuthoring } from '../records/authoring/authorized';
import type { AuthorizedDefinitions } from '../records/authorized';
import { CATALOGUE_KIND, PLAN_KIND, PRODUCT_KIND, refOf } from '../lib/refs';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

export const authoringRoutes =
  (deps: {
    callers: CallerResolver;
    auditor: AuditorService;
    authoring: AuthorizedAuthoring;
    definitions: AuthorizedDefinitions;
  }): Routes =>
  router => {
    const { callers, auditor, authoring, definitions } = deps;

    router.post('/products', async (request, res) => {
      const person = await callers.user(request);
      const made = await audited(
        auditor,
        { eventId: 'product-create', request },
        () => authoring.createProduct(person, request.body),
        ({ ref }) => ({ product: ref }),
      );
      res.status(201).json(made);
    });

    router.patch('/products/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const product = refOf(PRODUCT_KIND, request.params);
      const changed = await audited(
        auditor,
        { eventId: 'product-update', request, meta: { product } },
        () => authoring.updateProduct(person, product, request.body),
      );
      res.json(changed);
    });

    router.get('/products/:namespace/:name/deletion', async (req, res) => {
      const person = await callers.user(req);
      res.json(
        await authoring.productDeletion(
          person,
          refOf(PRODUCT_KIND, req.params),
        ),
      );
    });

    router.delete('/products/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const product = refOf(PRODUCT_KIND, request.params);
      await audited(
        auditor,
        { eventId: 'product-delete', request, meta: { product } },
        () => authoring.deleteProduct(person, product, request.query.confirm),
      );
      res.status(204).end();
    });

    router.get(
      '/products/:namespace/:name/definitions/:providerApiId',
      async (req, res) => {
        const who = await callers.anyone(req);
        const { providerApiId, ...product } = req.params;
        res.json(
          await definitions.get(
            who,
            refOf(PRODUCT_KIND, product),
            providerApiId,
          ),
        );
      },
    );

    router.post('/plans', async (request, res) => {
      const person = await callers.user(request);
      const made = await audited(
        auditor,
        { eventId: 'plan-create', request },
        () => authoring.createPlan(person, request.body),
        ({ ref }) => ({ plan: ref }),
      );
      res.status(201).json(made);
    });

    router.patch('/plans/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const plan = refOf(PLAN_KIND, request.params);
      const changed = await audited(
        auditor,
        { eventId: 'plan-update', request, meta: { plan } },
        () => authoring.updatePlan(person, plan, request.body),
      );
      res.json(changed);
    });

    router.get('/plans/:namespace/:name/deletion', async (req, res) => {
      const person = await callers.user(req);
      res.json(
        await authoring.planDeletion(person, refOf(PLAN_KIND, req.params)),
      );
    });

    router.delete('/plans/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const plan = refOf(PLAN_KIND, request.params);
      await audited(
        auditor,
        { eventId: 'plan-delete', request, meta: { plan } },
        () => authoring.deletePlan(person, plan, request.query.confirm),
      );
      res.status(204).end();
    });

    router.post('/catalogues', async (request, res) => {
      const person = await callers.user(request);
      const made = await audited(
        auditor,
        { eventId: 'catalogue-create', request },
        () => authoring.createCatalogue(person, request.body),
        ({ ref }) => ({ catalogue: ref }),
      );
      res.status(201).json(made);
    });

    router.patch('/catalogues/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const catalogue = refOf(CATALOGUE_KIND, request.params);
      const changed = await audited(
        auditor,
        { eventId: 'catalogue-update', request, meta: { catalogue } },
        () => authoring.updateCatalogue(person, catalogue, request.body),
      );
      res.json(changed);
    });

    router.delete('/catalogues/:namespace/:name', async (request, res) => {
      const person = await callers.user(request);
      const catalogue = refOf(CATALOGUE_KIND, request.params);
      await audited(
        auditor,
        { eventId: 'catalogue-delete', request, meta: { catalogue } },
        () =>
          authoring.deleteCatalogue(person, catalogue, request.query.confirm),
      );
      res.status(204).end();
    });
  };
