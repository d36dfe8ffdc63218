/**
 * The edge: node's HTTP servers in front of the pure request handling of gateway and Dashboard, and the place where
 * faults strike.
 * What a request does to the gateway happens in one go between two faults, so concurrent requests cannot mix.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { handleAdmin, isAdminPath } from '../admin/handle';
import { handleData } from '../data/handle';
import { handleDashboard } from '../dashboard/handle';
import type { Dashboard } from '../dashboard/state';
import { applyFault } from '../faults/apply';
import type { Outcome } from '../faults/apply';
import type { FaultRegistry } from '../faults/registry';
import type { FaultContext } from '../faults/types';
import { loadIfDue } from '../state/gateway';
import type { Gateway } from '../state/gateway';
import type { Plane } from '../types';
import type { CallLog } from './calls';
import { errorReply } from './message';
import type { GatewayRequest, Reply } from './message';

interface Parts {
  gateway: Gateway;
  faults: FaultRegistry;
  calls: CallLog;
  /** Fires when the sandbox stops. */
  stopped: AbortSignal;
}

/** Of the Gateway API and of the Dashboard's. */
const ASKS_FOR_KEYS = /^\/(tyk|api|api\/apis|api\/apis\/[^/]+)\/keys\b/;

/** What answers the requests of one server. */
interface Face {
  planeOf(path: string): Plane;
  handle(plane: Plane, request: GatewayRequest): Reply;
}

export function createGatewayServer(parts: Parts): Server {
  const { gateway } = parts;
  return createFace(parts, {
    planeOf: path => (isAdminPath(path) ? 'admin' : 'data'),
    handle: (plane, request) =>
      plane === 'admin'
        ? handleAdmin(gateway, request)
        : handleData(gateway, request),
  });
}

export function createDashboardServer(
  parts: Parts,
  dashboard: Dashboard,
): Server {
  return createFace(parts, {
    planeOf: () => 'dashboard',
    handle: (_plane, request) => handleDashboard(dashboard, request),
  });
}

function createFace(parts: Parts, face: Face): Server {
  return createServer((incoming, response) => {
    serve(parts, face, incoming, response).catch(error => {
      if (parts.stopped.aborted || response.headersSent) {
        incoming.socket.destroy();
      } else {
        // A hook has thrown, or the sandbox has a bug: a test must be able to see which.
        send(response, errorReply(500, `Tyk sandbox: ${error}`), false);
      }
    });
  });
}

async function serve(
  parts: Parts,
  face: Face,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  if (!request) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('400 Bad Request');
    return;
  }
  const plane = face.planeOf(request.path);
  const { method, url, path } = request;
  const at = parts.gateway.clock.now();
  const record = parts.calls.add({ plane, method, path, at });
  const outcome = await pass(parts, face, request, {
    plane,
    method,
    path: url,
    status: undefined,
  });
  if (outcome.kind === 'answer') {
    record.status = outcome.reply.status;
    send(response, outcome.reply, outcome.cut === true);
  } else if (outcome.kind === 'reset') {
    incoming.socket.resetAndDestroy();
  }
}

/** Lets a request through faults and gateway (or Dashboard). */
async function pass(
  { gateway, faults, stopped }: Parts,
  face: Face,
  request: GatewayRequest,
  context: FaultContext,
): Promise<Outcome> {
  for (const fault of faults.strike(context, 'before')) {
    const outcome = await applyFault(
      fault,
      context,
      gateway,
      undefined,
      stopped,
    );
    if (outcome.kind !== 'go-on') return outcome;
  }
  if (ASKS_FOR_KEYS.test(context.path)) await gateway.store.wait(stopped);
  loadIfDue(gateway);
  const reply = face.handle(context.plane, request);
  gateway.reloadExtraMs = 0;

  const after = { ...context, status: reply.status };
  for (const fault of faults.strike(after, 'after')) {
    const outcome = await applyFault(fault, after, gateway, reply, stopped);
    if (outcome.kind !== 'go-on') return outcome;
  }
  return { kind: 'answer', reply };
}

async function readRequest(
  incoming: IncomingMessage,
): Promise<GatewayRequest | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  const url = incoming.url ?? '/';
  const [path, ...query] = url.split('?');
  try {
    return {
      method: incoming.method ?? 'GET',
      path: decodeURIComponent(path),
      url,
      query: new URLSearchParams(query.join('?')),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, reply: Reply, cut: boolean): void {
  const body = Buffer.from(reply.body, 'utf8');
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': body.length,
  });
  if (cut) {
    const half = body.subarray(0, Math.floor(body.length / 2));
    response.write(half, () => response.destroy());
  } else {
    response.end(body);
  }
}

/** @returns the port listened on */
export function listen(
  server: Server,
  host: string,
  port: number,
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

export function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
