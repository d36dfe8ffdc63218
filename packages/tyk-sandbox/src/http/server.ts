/**
 * The edge: node's HTTP server in front of the gateway's pure request handling, and the place where faults strike.
 * What a request does to the gateway happens in one go between two faults, so concurrent requests cannot mix.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { handleAdmin, isAdminPath } from '../admin/handle';
import { handleData } from '../data/handle';
import { applyFault } from '../faults/apply';
import type { Outcome } from '../faults/apply';
import type { FaultRegistry } from '../faults/registry';
import type { FaultContext } from '../faults/types';
import { loadIfDue } from '../state/gateway';
import type { Gateway } from '../state/gateway';
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

export function createGatewayServer(parts: Parts): Server {
  return createServer((incoming, response) => {
    serve(parts, incoming, response).catch(error => {
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
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const request = await readRequest(incoming);
  if (!request) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('400 Bad Request');
    return;
  }
  const plane = isAdminPath(request.path) ? 'admin' : 'data';
  const { method, url, path } = request;
  const at = parts.gateway.clock.now();
  const record = parts.calls.add({ plane, method, path, at });
  const outcome = await pass(parts, request, {
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

/** Lets a request through faults and gateway. */
async function pass(
  { gateway, faults, stopped }: Parts,
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
  loadIfDue(gateway);
  const handle = context.plane === 'admin' ? handleAdmin : handleData;
  const reply = handle(gateway, request);
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
