import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AuthorizedSubscriptions } from '../subscriptions/authorized';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** `/subscriptions`, but for their credentials. */
export const subscriptionRoutes =
  (deps: {
    callers: CallerResolver;
    subscriptions: AuthorizedSubscriptions;
    auditor: AuditorService;
  }): Routes =>
  router => {
    const { callers, subscriptions, auditor } = deps;

    router.get('/subscriptions', async (req, res) => {
      const person = await callers.user(req);
      res.json(await subscriptions.list(person, req.query));
    });

    router.get('/subscriptions/:id', async (req, res) => {
      const person = await callers.user(req);
      res.json(await subscriptions.get(person, req.params.id));
    });

    router.post('/subscriptions/:id/revoke', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const revoked = await audited(
        auditor,
        { eventId: 'subscription-revoke', request, meta: { subscription: id } },
        () => subscriptions.revoke(person, id, request.body ?? {}),
      );
      res.json(revoked);
    });

    router.post('/subscriptions/:id/suspend', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const suspended = await audited(
        auditor,
        {
          eventId: 'subscription-suspend',
          request,
          meta: { subscription: id },
        },
        () => subscriptions.suspend(person, id, request.body),
      );
      res.json(suspended);
    });

    router.post('/subscriptions/:id/resume', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const resumed = await audited(
        auditor,
        { eventId: 'subscription-resume', request, meta: { subscription: id } },
        () => subscriptions.resume(person, id, request.body ?? {}),
      );
      res.json(resumed);
    });

    router.post(
      '/subscriptions/:id/withdraw-plan-change',
      async (request, res) => {
        const person = await callers.user(request);
        const { id } = request.params;
        const kept = await audited(
          auditor,
          {
            eventId: 'subscription-withdraw-plan-change',
            request,
            meta: { subscription: id },
          },
          () => subscriptions.withdrawPlanChange(person, id),
        );
        res.json(kept);
      },
    );

    router.post('/subscriptions/:id/renew', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const renewed = await audited(
        auditor,
        { eventId: 'subscription-renew', request, meta: { subscription: id } },
        () => subscriptions.renew(person, id),
      );
      res.json(renewed);
    });

    router.post('/subscriptions/:id/retry', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const retried = await audited(
        auditor,
        { eventId: 'subscription-retry', request, meta: { subscription: id } },
        () => subscriptions.retry(person, id),
      );
      res.json(retried);
    });
  };
