/** Consumers that call ten times a second, whatever else happens: what a gateway keeps in its cache stays there. */
import type { Target } from './Target';

interface Consumer {
  name: string;
  /** @returns the status of one call */
  call(): Promise<number>;
}

interface Seen {
  /** When, in seconds on the target's clock. */
  at: number;
  status: number;
}

export interface Traffic {
  /** Lets the calls go on for so long. */
  goOn(seconds: number): Promise<void>;
  /** The statuses that a consumer has had since then, each once, in order of their first call. */
  since(name: string, at: number): number[];
  /** When the consumer was served last, in seconds on the target's clock; undefined for never. */
  lastServed(name: string): number | undefined;
  now(): number;
  stop(): Promise<void>;
}

const PAUSE_SECONDS = 0.1;
/** Between calls, where time is moved: for everybody else who has something to do. */
const BREATH_MS = 10;

const breathe = () =>
  new Promise(resolve => {
    setTimeout(resolve, BREATH_MS);
  });

/** All consumers call once in every tenth of a second, from now on. */
export function startTraffic(
  target: Pick<Target, 'wait' | 'now'>,
  consumers: readonly Consumer[],
): Traffic {
  const seen = new Map<string, Seen[]>(consumers.map(({ name }) => [name, []]));
  const now = () => target.now() / 1000;
  let stopped = false;
  let failure: unknown;

  const tick = async () => {
    await Promise.all([target.wait(PAUSE_SECONDS), breathe()]);
    await Promise.all(
      consumers.map(async ({ name, call }) => {
        const at = now();
        seen.get(name)?.push({ at, status: await call() });
      }),
    );
  };
  const running = (async () => {
    while (!stopped) await tick();
  })().catch(error => {
    failure = error;
  });
  const check = () => {
    if (failure !== undefined) throw failure;
  };

  return {
    now,
    async goOn(seconds) {
      const until = now() + seconds;
      while (now() < until) {
        check();
        // The calls themselves let the time pass.
        await breathe();
      }
    },
    since: (name, from) => [
      ...new Set(
        (seen.get(name) ?? [])
          .filter(({ at }) => at >= from)
          .map(({ status }) => status),
      ),
    ],
    lastServed: name =>
      seen.get(name)?.findLast(({ status }) => status === 200)?.at,
    async stop() {
      stopped = true;
      await running;
      check();
    },
  };
}
