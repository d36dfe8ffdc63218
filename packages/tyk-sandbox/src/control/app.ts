/**
 * The control route: faults, settings and a look inside over HTTP, for tests that run in another process.
 * It is no part of Tyk and has no secret; it only listens where it was told to, by default on the loopback address.
 */
import express from 'express';
import type { Express, NextFunction, Request, Response } from 'express';
import type { TykSandbox } from '../types';
import {
  advanceSchema,
  changesSchema,
  faultSchema,
  readSettings,
  restartSchema,
  storeSchema,
} from './schema';

export function createControlApp(sandbox: TykSandbox): Express {
  const app = express();
  app.use(express.json({ limit: '10mb' }));

  app.get('/faults', (_request, response) => {
    response.json(sandbox.faults.list());
  });
  app.post('/faults', (request, response) => {
    const fault = faultSchema.parse(request.body);
    response.status(201).json({ id: sandbox.faults.add(fault) });
  });
  app.delete('/faults', (_request, response) => {
    sandbox.faults.clear();
    response.sendStatus(204);
  });
  app.delete('/faults/:id', (request, response) => {
    response.sendStatus(sandbox.faults.remove(request.params.id) ? 204 : 404);
  });

  app.get('/settings', (_request, response) => {
    const { hashKeyFunction = null, ...settings } = sandbox.settings;
    response.json({ ...settings, hashKeyFunction });
  });
  app.put('/settings', (request, response) => {
    sandbox.setSettings(readSettings(request.body));
    response.sendStatus(204);
  });

  app.put('/store', (request, response) => {
    sandbox.setStore(storeSchema.parse(request.body).state);
    response.sendStatus(204);
  });
  app.post('/restart', (request, response) => {
    const { loadsAfterMs } = restartSchema.parse(request.body ?? {});
    sandbox.restartGateway(loadsAfterMs);
    response.sendStatus(204);
  });

  app.get('/calls', (_request, response) => {
    response.json(sandbox.inspect.calls());
  });
  app.get('/keys', (_request, response) => {
    const keys = sandbox.inspect.keys();
    response.json(keys.map(({ hash, session }) => ({ hash, session })));
  });
  app.get('/policies', (_request, response) => {
    response.json(sandbox.inspect.policies());
  });
  app.get('/policies/documents', (_request, response) => {
    response.json(sandbox.inspect.policyDocuments());
  });
  app.patch('/policies/:id', (request, response) => {
    const changes = changesSchema.parse(request.body);
    const found = sandbox.edit.changePolicy(request.params.id, changes);
    response.sendStatus(found ? 204 : 404);
  });
  app.delete('/policies/:id', (request, response) => {
    const found = sandbox.edit.removePolicy(request.params.id);
    response.sendStatus(found ? 204 : 404);
  });

  app.post('/advance', (request, response) => {
    sandbox.advance(advanceSchema.parse(request.body).milliseconds);
    response.sendStatus(204);
  });
  app.post('/reset', (_request, response) => {
    sandbox.reset();
    response.sendStatus(204);
  });

  app.use(
    (
      error: Error,
      _request: Request,
      response: Response,
      _next: NextFunction,
    ) => {
      response.status(400).json({ error: error.message });
    },
  );
  return app;
}
