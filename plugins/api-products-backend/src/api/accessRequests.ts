import type { AuditorService } from '@backstage/backend-plugin-api';
import type {
  AccessRequest,
  DecisionResult,
} from 'backstage-plugin-api-products-common';
import type { AuthorizedAccessRequests } from '../access/authorized';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';
import { withRetryAfter } from '../lib/errors';

const idsOf = ({ id, product, plan, application }: AccessRequest) => ({
  accessRequest: id,
  product: product.ref,
  plan: plan.ref,
  application: application.id,
});

const outcomesOf = (results: DecisionResult[]) => ({
  results: results.map(({ id, status, error }) => ({
    accessRequest: id,
    status,
    ...(error ? { code: error.code } : {}),
  })),
});

/** `/access-requests`, and what makes one of a subscription. */
export const accessRequestRoutes =
  (deps: {
    callers: CallerResolver;
    accessRequests: AuthorizedAccessRequests;
    auditor: AuditorService;
  }): Routes =>
  router => {
    const { callers, accessRequests, auditor } = deps;

    router.get('/access-requests', async (req, res) => {
      const person = await callers.user(req);
      res.json(await accessRequests.list(person, req.query));
    });

    router.post('/access-requests', async (request, res) => {
      const person = await callers.user(request);
      const made = await audited(
        auditor,
        { eventId: 'access-request-create', request },
        () =>
          accessRequests.create(person, request.body, {
            idempotencyKey: request.header('Idempotency-Key'),
          }),
        idsOf,
      ).catch(withRetryAfter(res));
      res.status(201).json(made);
    });

    router.post('/subscriptions/:id/change-plan', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const made = await audited(
        auditor,
        {
          eventId: 'subscription-change-plan',
          request,
          meta: { subscription: id },
        },
        () =>
          accessRequests.changePlan(person, id, request.body, {
            idempotencyKey: request.header('Idempotency-Key'),
          }),
        idsOf,
      ).catch(withRetryAfter(res));
      res.status(201).json(made);
    });

    router.post('/access-requests/decide', async (request, res) => {
      const person = await callers.user(request);
      const { items } = request.body;
      const results = await audited(
        auditor,
        {
          eventId: 'access-requests-decide',
          request,
          meta: {
            decisions: items.map(({ id, decision }) => ({
              accessRequest: id,
              decision,
            })),
          },
        },
        () => accessRequests.decide(person, items),
        outcomesOf,
      );
      res.json({ results });
    });

    router.get('/access-requests/:id', async (req, res) => {
      const person = await callers.user(req);
      res.json(await accessRequests.get(person, req.params.id));
    });

    router.patch('/access-requests/:id', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const changed = await audited(
        auditor,
        {
          eventId: 'access-request-update',
          request,
          meta: { accessRequest: id },
        },
        () => accessRequests.update(person, id, request.body),
        idsOf,
      ).catch(withRetryAfter(res));
      res.json(changed);
    });

    router.post('/access-requests/:id/cancel', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const cancelled = await audited(
        auditor,
        {
          eventId: 'access-request-cancel',
          request,
          meta: { accessRequest: id },
        },
        () => accessRequests.cancel(person, id, request.body ?? {}),
        idsOf,
      );
      res.json(cancelled);
    });

    router.post('/access-requests/:id/approve', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const approved = await audited(
        auditor,
        {
          eventId: 'access-request-approve',
          request,
          meta: { accessRequest: id },
        },
        () => accessRequests.approve(person, id, request.body ?? {}),
        idsOf,
      );
      res.json(approved);
    });

    router.post('/access-requests/:id/reject', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const rejected = await audited(
        auditor,
        {
          eventId: 'access-request-reject',
          request,
          meta: { accessRequest: id },
        },
        () => accessRequests.reject(person, id, request.body),
        idsOf,
      );
      res.json(rejected);
    });
  };
