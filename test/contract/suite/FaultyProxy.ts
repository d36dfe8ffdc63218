/**
 * A proxy in front of an installation that shows what is sent to it, and spoils answers on demand. So a real Tyk can be
 * as unreliable as a sandbox, without being touched.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { JsonValue } from '@backstage/types';
import { portOf } from './upstream';

export interface ProxiedRequest {
  method: string;
  /** With the query. */
  path: string;
  /** Of JSON. */
  body: JsonValue | undefined;
}

export interface ProxiedAnswer {
  status: number;
  type: string;
  text: string;
  /** Only the first half of the text is sent, then the connection is cut. */
  half?: boolean;
}

/** What becomes of a request: it is answered, cut off, or left without an answer. */
export type Effect = (
  pass: () => Promise<ProxiedAnswer>,
) => Promise<ProxiedAnswer | 'cut' | 'hang'>;

interface Fault {
  effect: Effect;
  /** Which requests; absent = all. */
  when?: (request: ProxiedRequest) => boolean;
  /** How many of them; absent = all. */
  times?: number;
}

/** The request never arrives. */
export const cutBefore: Effect = async () => 'cut';

/** It is acted on, but nobody is told. */
export const cutAfter: Effect = async pass => {
  await pass();
  return 'cut';
};

export const hang: Effect = async () => 'hang';

/** It is acted on, and the answer breaks off in the middle. */
export const half: Effect = async pass => ({ ...(await pass()), half: true });

/** Something between answers instead. */
export const says =
  (status: number, text: string, type = 'text/html'): Effect =>
  async () => ({ status, text, type });

/** An answer of the installation that was never given. */
export const saysJson = (status: number, body: JsonValue): Effect =>
  says(status, JSON.stringify(body), 'application/json');

/** Every answer takes so much longer. */
export const slowly =
  (milliseconds: number): Effect =>
  async pass => {
    await pause(milliseconds);
    return pass();
  };

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export class FaultyProxy {
  readonly url: string;
  /** What was asked for so far. */
  readonly requests: ProxiedRequest[] = [];
  /** How many requests were under way at the same time, at most. */
  mostAtOnce = 0;
  readonly #server: Server;
  readonly #target: string;
  readonly #faults: { fault: Fault; left: number }[] = [];
  #underWay = 0;

  /** @param target - base URL, without a slash at the end */
  static async start(target: string): Promise<FaultyProxy> {
    const server = createServer();
    const proxy = new FaultyProxy(server, await portOf(server), target);
    server.on('request', (request, response) => {
      proxy.#serve(request, response).catch(() => response.destroy());
    });
    return proxy;
  }

  private constructor(server: Server, port: number, target: string) {
    this.#server = server;
    this.#target = target;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** From now on; the first that fits a request counts. */
  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? Infinity });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** Requests whose method and path look so: `POST /tyk/keys/…`. */
  matching(pattern: RegExp): ProxiedRequest[] {
    return this.requests.filter(({ method, path }) =>
      pattern.test(`${method} ${path}`),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve, reject) => {
      this.#server.close(error => (error ? reject(error) : resolve()));
    });
  }

  async #serve(incoming: IncomingMessage, out: ServerResponse): Promise<void> {
    this.#underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#underWay);
    try {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const sent = await bodyOf(incoming);
      const request = { method, path, body: parse(sent) };
      this.requests.push(request);
      const pass = async (): Promise<ProxiedAnswer> => {
        const {
          host: _host,
          connection: _connection,
          'content-length': _length,
          'transfer-encoding': _encoding,
          ...rest
        } = headers;
        const answer = await fetch(this.#target + path, {
          method,
          headers: Object.entries(rest).map(
            ([name, value]): [string, string] => [name, String(value)],
          ),
          redirect: 'manual',
          ...(sent !== '' && { body: sent }),
        });
        return {
          status: answer.status,
          type: answer.headers.get('content-type') ?? 'application/json',
          text: await answer.text(),
        };
      };
      const answer = await this.#effectOn(request)(pass);
      if (answer === 'hang') return;
      if (answer === 'cut') {
        out.destroy();
        return;
      }
      const bytes = Buffer.from(answer.text);
      out.writeHead(answer.status, {
        'content-type': answer.type,
        'content-length': bytes.length,
      });
      if (answer.half) {
        out.write(bytes.subarray(0, bytes.length / 2), () => out.destroy());
      } else {
        out.end(bytes);
      }
    } finally {
      this.#underWay -= 1;
    }
  }

  #effectOn(request: ProxiedRequest): Effect {
    const found = this.#faults.find(
      ({ fault, left }) => left > 0 && (fault.when?.(request) ?? true),
    );
    if (!found) return pass => pass();
    found.left -= 1;
    return found.fault.effect;
  }
}
