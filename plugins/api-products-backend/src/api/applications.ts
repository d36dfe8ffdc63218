import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AuthorizedApplications } from '../access/authorized';
import { audited } from '../history/audited';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';

/** `/applications`. */
export const applicationRoutes =
  (deps: {
    callers: CallerResolver;
    applications: AuthorizedApplications;
    auditor: AuditorService;
  }): Routes =>
  router => {
    const { callers, applications, auditor } = deps;

    router.get('/applications', async (req, res) => {
      const person = await callers.user(req);
      res.json(await applications.list(person, req.query));
    });

    router.post('/applications', async (request, res) => {
      const person = await callers.user(request);
      const made = await audited(
        auditor,
        { eventId: 'application-create', request },
        () => applications.create(person, request.body),
        ({ id }) => ({ application: id }),
      );
      res.status(201).json(made);
    });

    router.get('/applications/:id', async (req, res) => {
      const person = await callers.user(req);
      res.json(await applications.get(person, req.params.id));
    });

    router.patch('/applications/:id', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      const changed = await audited(
        auditor,
        { eventId: 'application-update', request, meta: { application: id } },
        () => applications.update(person, id, request.body),
      );
      res.json(changed);
    });

    router.delete('/applications/:id', async (request, res) => {
      const person = await callers.user(request);
      const { id } = request.params;
      await audited(
        auditor,
        { eventId: 'application-delete', request, meta: { application: id } },
        () => applications.delete(person, id),
      );
      res.status(204).end();
    });
  };
