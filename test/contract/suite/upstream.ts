/** What the proxied APIs lead to: a server of the suite's own on loopback, so that nothing else is called. */
import { createServer } from 'node:http';
import type { Server } from 'node:http';

interface Upstream {
  url: string;
  close(): Promise<void>;
}

/** Listens on a free port of loopback. */
export async function portOf(server: Server): Promise<number> {
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('The server listens on no port');
  }
  return address.port;
}

/** Of a port where nobody listens. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await portOf(server);
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}

export async function startUpstream(): Promise<Upstream> {
  const server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ path: request.url }));
  });
  const port = await portOf(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close(error => (error ? reject(error) : resolve()));
      }),
  };
}
