/**
 * The frontend as a browser can keep it. The development server forbids nothing and offers nothing: each page loads and
 * compiles some forty megabytes anew, which takes longer than most of what is tested. Between it and the browser stands
 * this server, which gives scripts a long life.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { urls } from './portal';

/** What is passed on of an answer; its length and coding may be others here. */
const HEADERS = ['content-type', 'content-security-policy'];

interface Script {
  type: string;
  body: Buffer;
}

/** @returns its port, and how to stop it */
export async function startCachedFrontend(): Promise<{
  port: number;
  stop: () => Promise<void>;
}> {
  const scripts = new Map<string, Promise<Script | undefined>>();
  const load = async (path: string): Promise<Script | undefined> => {
    const response = await fetch(urls.frontend + path);
    return response.ok
      ? {
          type: response.headers.get('content-type') ?? 'text/javascript',
          body: Buffer.from(await response.arrayBuffer()),
        }
      : undefined;
  };

  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    if (path.endsWith('.js')) {
      const loading = scripts.get(path) ?? load(path);
      scripts.set(path, loading);
      const script = await loading;
      if (script) {
        response.writeHead(200, {
          'content-type': script.type,
          'cache-control': 'max-age=86400, immutable',
        });
        response.end(script.body);
        return;
      }
    }
    const passed = await fetch(urls.frontend + path, {
      headers: { accept: request.headers.accept ?? '*/*' },
    });
    for (const name of HEADERS) {
      const value = passed.headers.get(name);
      if (value) response.setHeader(name, value);
    }
    response.writeHead(passed.status);
    response.end(Buffer.from(await passed.arrayBuffer()));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
