/** A backend in a process of its own, which a test starts, asks, kills and starts again on the same database. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { TykSandbox } from 'tyk-sandbox';
import { check } from '../../../plugins/api-products-backend/src/testing/responseChecks';
import { freePort } from './freePort';
import { bringForward } from './databases';
import { refOf, type PersonName } from './people';
import { waitFor } from './waitFor';

/** As many as a test may hold in the middle of their calls to the gateway at once, for as long as it takes. */
const HELD = 40;
const PATIENCE = { minutes: 5 };

/** Of the key ring: production's way to start, and the same for all backends of a test. */
const RING = [{ id: 'test', secret: Buffer.alloc(32, 7).toString('base64') }];

interface Answer {
  status: number;
  text: string;
  body: unknown;
}

export class BackendProcess {
  readonly #config: JsonObject;
  readonly #database: JsonObject;
  readonly #url: string;
  #child: ChildProcess | undefined;
  #clockOffset: number;
  #output = '';
  #startedAt = 0;
  readonly #heard = new WeakMap<ChildProcess, Set<unknown>>();

  /**
   * @param database - value of `backend.database`
   * @param options.lease - after which another process takes over what this one was doing; a process that the machine
   *   keeps waiting for longer loses its jobs, too
   * @param options.clockOffset - milliseconds by which its clock is wrong from the beginning
   */
  static async create(
    sandbox: TykSandbox,
    database: JsonObject,
    options: { lease?: string; clockOffset?: number } = {},
  ): Promise<BackendProcess> {
    const port = await freePort();
    const baseUrl = `http://127.0.0.1:${port}`;
    return new BackendProcess(baseUrl, database, options.clockOffset ?? 0, {
      app: { baseUrl },
      backend: { baseUrl, listen: { host: '127.0.0.1', port }, database },
      apiProducts: {
        platformOwners: ['platform-owners'],
        secrets: { keys: RING },
        ingestion: {
          schedule: { frequency: { seconds: 2 }, timeout: { minutes: 1 } },
        },
        provisioning: {
          lease: options.lease ?? 'PT2S',
          concurrency: HELD,
          pollInterval: 'PT0.2S',
        },
        providers: {
          sandbox: {
            type: 'tyk-gateway',
            url: sandbox.gatewayUrl,
            gatewayUrl: sandbox.gatewayUrl,
            token: sandbox.secret,
            organisation: 'default',
            retries: 0,
            concurrency: HELD,
            timeouts: { request: PATIENCE },
          },
        },
      },
    });
  }

  private constructor(
    url: string,
    database: JsonObject,
    clockOffset: number,
    config: JsonObject,
  ) {
    this.#url = url;
    this.#database = database;
    this.#clockOffset = clockOffset;
    this.#config = config;
  }

  /** Everything that the process has written so far. */
  get output(): string {
    return this.#output;
  }

  /** When it was started last, by the clock that it goes by: on PostgreSQL that of the database. */
  get startedAt(): number {
    return this.#startedAt;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  async start(): Promise<void> {
    const child = this.#load();
    this.#child = child;
    child.once('exit', () => {
      if (this.#child === child) {
        this.#child = undefined;
      }
    });
    await this.#said(child, 'loaded');
    this.#startedAt =
      Date.now() + (this.#database.client === 'pg' ? 0 : this.#clockOffset);
    child.send({ start: this.#config, clockOffset: this.#clockOffset });
    await this.#said(child, 'started');
  }

  /** A process that loads the code and then waits for its order. */
  #load(): ChildProcess {
    const child = fork(resolve(__dirname, 'backend.ts'), {
      execArgv: [
        '--no-node-snapshot',
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
      ],
      silent: true,
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NODE_OPTIONS: '',
        LOG_LEVEL: 'debug',
      },
    });
    const keep = (chunk: Buffer) => {
      this.#output += chunk.toString('utf8');
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const heard = new Set<unknown>();
    this.#heard.set(child, heard);
    child.on('message', said => heard.add(said));
    return child;
  }

  async #said(child: ChildProcess, word: string): Promise<void> {
    await waitFor(
      `the backend has ${word}`,
      () => {
        if (child.exitCode !== null) {
          throw new Error(
            `The backend did not start:\n${this.#output.slice(-4_000)}`,
          );
        }
        return this.#heard.get(child)?.has(word);
      },
      60_000,
    );
  }

  /** At once, as a power cut would. Resolves when the process is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child) {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }
  }

  /**
   * Moves the clock of this backend, and of those that are started after it. On PostgreSQL all go by the clock of the
   * database, which nobody can move: there, what is due later is brought forward instead.
   */
  async advance(milliseconds: number): Promise<void> {
    this.#clockOffset += milliseconds;
    // One that has just been killed needs no clock.
    this.#child?.send({ advance: milliseconds }, () => {});
    await bringForward(this.#database, milliseconds);
  }

  async ask(
    person: PersonName,
    method: 'GET' | 'POST',
    path: string,
    body?: JsonObject,
  ): Promise<Answer> {
    const response = await fetch(`${this.#url}/api/api-products${path}`, {
      method,
      headers: {
        authorization: mockCredentials.user.header(refOf(person)),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    check({
      method,
      path: path.split('?')[0],
      status: response.status,
      body: text,
    });
    return { status: response.status, text, body: JSON.parse(text) };
  }
}
