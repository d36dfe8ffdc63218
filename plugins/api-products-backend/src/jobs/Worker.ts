/**
 * Has the jobs done that wait in the database, so many at a time of each lane. Several backends can run side by side:
 * each claims what is due, holds a lease while it works and renews it; when a backend dies, another one takes over after
 * the lease is over.
 */
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { Clock } from '../lib/clock';
import { JobExecution } from './JobExecution';
import type { Job, JobHandler, JobRun } from './JobHandler';
import type { JobKind, Room } from './JobQueue';
import type { JobRunner } from './JobRunner';
import { JobStore } from './JobStore';
import type { Lane } from './lanes';
import { Places } from './Places';

/** How long `stop` lets running jobs finish before it aborts them. */
const PATIENCE_MS = 2_000;
/** How often `settled` looks for what another backend has done. */
const SETTLED_LOOK_MS = 250;
/** What there is to do is looked for no less often than this while there is something to do. */
const BUSY_LOOK_MS = 1_000;
/** Nor more often than this, however close together things are due. */
const SHORTEST_LOOK_MS = 25;
/** Jobs at the same time of providers that are not configured here. */
const PLACES_ELSEWHERE = 2;

interface WorkerOptions {
  knex: Knex;
  logger: LoggerService;
  handlers: Partial<Record<JobKind, JobHandler>>;
  clock: Clock;
  /** Jobs at the same time in this backend, for each lane. */
  lanes: ReadonlyMap<Lane, number>;
  leaseMs: number;
  /** After so long at the latest due jobs are looked for without being told; sooner where one is known to be due. */
  pollMs: number;
  /** Told of each run that this backend has ended. */
  onRun?: (run: JobRun) => void;
}

interface Running {
  job: Job;
  abort: AbortController;
  end: Promise<void>;
  /** Somebody waits for its end, and looks for what comes next by themselves. */
  isAwaited: boolean;
}

/** Waits for it, but no longer than that. */
async function within(end: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([end, over]);
  clearTimeout(timer);
}

export class Worker implements JobRunner {
  readonly #options: WorkerOptions;
  readonly #clock: Clock;
  readonly #store: JobStore;
  readonly #execution: JobExecution;
  readonly #running = new Map<string, Running>();
  readonly #places: Places;
  readonly #listeners = new Set<(subject: string) => void>();
  #renewal: NodeJS.Timeout | undefined;
  #started = false;
  #claiming: Promise<void> | undefined;
  #kicked = false;
  /** Whether it is time to look for more than what this backend was told of. */
  #lookDue = false;
  #nextLook: { timer: NodeJS.Timeout; at: number } | undefined;

  static create(options: WorkerOptions): Worker {
    return new Worker(options);
  }

  private constructor(options: WorkerOptions) {
    this.#options = options;
    this.#clock = options.clock;
    this.#places = Places.create(options.lanes);
    this.#store = JobStore.create({
      knex: options.knex,
      clock: this.#clock,
      leaseMs: options.leaseMs,
    });
    this.#execution = JobExecution.create({ ...options, store: this.#store });
  }

  async start(): Promise<void> {
    await this.#store.takeOverAll();
    this.#started = true;
    this.#renewal = setInterval(
      () => this.#renew(),
      this.#options.leaseMs / 3,
    ).unref();
    this.#lookDue = true;
    this.kick();
  }

  /** Takes no more jobs, lets the running ones finish for a moment, then aborts them and gives them back. */
  async stop(): Promise<void> {
    this.#started = false;
    clearTimeout(this.#nextLook?.timer);
    this.#nextLook = undefined;
    await this.#claiming;
    const ends = Promise.all([...this.#running.values()].map(({ end }) => end));
    const patience = setTimeout(() => {
      for (const { abort } of this.#running.values()) {
        abort.abort();
      }
    }, PATIENCE_MS);
    await ends;
    clearTimeout(patience);
    clearInterval(this.#renewal);
  }

  /** Looks for due jobs now. Call it after the commit of what has enqueued one. */
  kick(): void {
    this.#kicked = true;
    // What is begun now may make something due soon.
    this.#lookIn(BUSY_LOOK_MS);
    this.#claimSoon();
  }

  #claimSoon(): void {
    if (!this.#claiming && this.#started) {
      this.#claiming = this.#claimAll()
        .catch(error => {
          this.#options.logger.error('Jobs cannot be claimed', toError(error));
        })
        .finally(() => {
          this.#claiming = undefined;
          // Kicked just after the last look.
          if (this.#kicked || this.#lookDue) {
            this.#claimSoon();
          }
        });
    }
  }

  /** Looks after so long, or when it would have looked anyway if that is sooner. */
  #lookIn(ms: number): void {
    const wait = Math.min(ms, this.#options.pollMs);
    const at = performance.now() + wait;
    if (!this.#started || (this.#nextLook && this.#nextLook.at <= at)) {
      return;
    }
    clearTimeout(this.#nextLook?.timer);
    const timer = setTimeout(() => {
      this.#nextLook = undefined;
      this.#lookDue = true;
      this.#claimSoon();
    }, wait).unref();
    this.#nextLook = { timer, at };
  }

  async inline<T>(write: (room: Room) => Promise<T>): Promise<T> {
    const taken: (() => void)[] = [];
    const begun: Job[] = [];
    const room: Room = lane => {
      if (!this.#started || !this.#places.free().has(lane)) {
        return undefined;
      }
      taken.push(this.#places.take(lane));
      const { owner, until } = this.#store.newLease();
      return {
        leaseOwner: owner,
        leaseUntil: until,
        take: job => begun.push({ ...job, lease_owner: owner }),
      };
    };
    try {
      const written = await write(room);
      this.#beginAll(begun);
      return written;
    } finally {
      taken.forEach(giveBack => giveBack());
    }
  }

  async settled(subject: string, timeoutMs: number): Promise<void> {
    const until = performance.now() + timeoutMs;
    const here = [...this.#running.values()].find(
      ({ job }) => job.subject === subject,
    );
    if (here) {
      here.isAwaited = true;
      await within(here.end, timeoutMs);
      here.isAwaited = false;
    } else {
      this.kick();
      await this.#settledElsewhere(subject, until);
    }
  }

  async #settledElsewhere(subject: string, until: number): Promise<void> {
    for (;;) {
      const finished = this.#nextEnd(subject);
      try {
        if (!(await this.#store.isBusy(subject))) {
          return;
        }
        const left = until - performance.now();
        if (left <= 0) {
          return;
        }
        await finished.within(Math.min(left, SETTLED_LOOK_MS));
      } finally {
        finished.forget();
      }
    }
  }

  async #claimAll(): Promise<void> {
    while ((this.#kicked || this.#lookDue) && this.#started) {
      if (this.#kicked) {
        this.#kicked = false;
        await this.#claimFree();
      } else {
        this.#lookDue = false;
        this.#kicked = (await this.#look()) || this.#kicked;
      }
    }
  }

  async #claimFree(): Promise<void> {
    const free = this.#places.free();
    const taken = [...free].map(([lane, places]) =>
      this.#places.take(lane, places),
    );
    try {
      this.#beginAll(await this.#store.claim(free));
    } finally {
      taken.forEach(giveBack => giveBack());
    }
  }

  /** One statement as long as nothing is due. @returns whether something is */
  async #look(): Promise<boolean> {
    let wait = this.#options.pollMs;
    try {
      const { due, over } = await this.#store.next();
      const now = this.#clock.now();
      if (over <= now) {
        await this.#store.takeOverAbandoned();
      }
      const left = Math.min(due, over) - now;
      if (left > 0) {
        wait = Math.max(left, SHORTEST_LOOK_MS);
        return false;
      }
      wait = BUSY_LOOK_MS;
      this.#beginAll(
        await this.#store.claimElsewhere(
          this.#options.lanes.keys(),
          PLACES_ELSEWHERE - this.#places.takenElsewhere(),
        ),
      );
      return true;
    } finally {
      this.#lookIn(wait);
    }
  }

  #beginAll(jobs: Job[]): void {
    for (const job of jobs) {
      this.#begin(job);
    }
  }

  #begin(job: Job): void {
    const abort = new AbortController();
    const giveBack = this.#places.take(job.lane);
    const running: Running = {
      job,
      abort,
      isAwaited: false,
      end: Promise.resolve(),
    };
    running.end = this.#execution.execute(job, abort.signal).finally(() => {
      if (this.#running.get(job.id) === running) {
        this.#running.delete(job.id);
      }
      giveBack();
      for (const listener of this.#listeners) {
        listener(job.subject);
      }
      if (!running.isAwaited) {
        this.kick();
      }
    });
    this.#running.set(job.id, running);
  }

  async #renew(): Promise<void> {
    const running = [...this.#running.values()];
    if (running.length === 0) {
      return;
    }
    try {
      const held = await this.#store.renew(running.map(({ job }) => job));
      for (const { job, abort } of running) {
        if (!held.has(job.id)) {
          abort.abort();
        }
      }
    } catch (error) {
      this.#options.logger.warn(
        'Leases of jobs cannot be renewed',
        toError(error),
      );
    }
  }

  /** The next end of a job for the subject in this backend. */
  #nextEnd(subject: string) {
    let wake: () => void = () => {};
    const listener = (ended: string) => {
      if (ended === subject) wake();
    };
    const ended = new Promise<void>(resolve => {
      wake = resolve;
    });
    this.#listeners.add(listener);
    return {
      within: (ms: number) => within(ended, ms),
      forget: () => {
        this.#listeners.delete(listener);
      },
    };
  }
}
