/**
 * Keeps the records equal to what the providers have: at start, on schedule, on demand.
 *
 * A run is a row. Whoever moves it to `running` does it, and gives a sign of life every few seconds; when
 * there is none any more, the run has failed and another one begins. So no two backends ever do the same provider at
 * the same time, and if one of them only was asleep, it notices when it wants to write how far it is. What it writes
 * meanwhile does no harm: every record is written by compare-and-set.
 */
import { toError } from '@backstage/errors';
import type {
  EntityRef,
  Id,
  SyncRun,
} from 'backstage-plugin-api-products-common';
import { isTrue, type SyncRunRow } from '../../lib/rows';
import { stopwatch } from '../../lib/stopwatch';
import type { ProviderRegistry } from '../../registry/ProviderRegistry';
import type { ProviderSettings } from '../../registry/settings';
import {
  runSynchronisation,
  type SynchronisationDeps,
} from './runSynchronisation';
import { noCounts, runOf } from './runViews';
import { SyncRuns, type Beginning, type Begun, type Ending } from './SyncRuns';

const SIGN_OF_LIFE_MS = 15_000;
const PROGRESS_MS = 2_000;
const LONGEST_MS = 30 * 60_000;

interface SynchronisationOptions extends SynchronisationDeps {
  registry: ProviderRegistry;
  settingsOf(provider: Id): ProviderSettings;
  /** Called after a run that has written something: there may be jobs. */
  onChange?: () => void;
  onRun?: (run: CountedRun) => void;
}

/** A run that has ended, as it can be counted. */
export interface CountedRun extends Pick<Ending, 'status' | 'counts'> {
  provider: Id;
  seconds: number;
}

const changesOf = ({ counts }: Ending): number =>
  counts.created +
  counts.updated +
  counts.renamed +
  counts.hidden +
  counts.restored;

export class Synchronisation {
  readonly runs: SyncRuns;
  readonly #options: SynchronisationOptions;
  readonly #stop = new AbortController();
  readonly #executing = new Set<Promise<void>>();

  static create(options: SynchronisationOptions): Synchronisation {
    return new Synchronisation(options);
  }

  private constructor(options: SynchronisationOptions) {
    this.#options = options;
    this.runs = SyncRuns.create(options);
  }

  /**
   * Begins a run, or finds the one that is under way, and does not wait for its end.
   *
   * @throws NotFoundError if there is no such provider
   */
  async request(
    provider: Id,
    by: { requestedBy?: EntityRef; confirmDrop?: boolean } = {},
  ): Promise<SyncRun> {
    this.#options.registry.get(provider);
    const begun = await this.runs.begin({
      provider,
      trigger: 'request',
      ...by,
    });
    this.#track(this.#execute(begun));
    return runOf(begun.row);
  }

  /** Begins a run and waits for its end; does nothing where one is under way elsewhere. */
  async run(beginning: Beginning, signal?: AbortSignal): Promise<void> {
    const begun = await this.runs.begin(beginning, 'running');
    const end = this.#execute(begun, signal);
    this.#track(end);
    await end;
  }

  /** Begins what is due at start; never throws. */
  async start(): Promise<void> {
    const { registry, settingsOf } = this.#options;
    const due = registry
      .all()
      .filter(({ id }) => settingsOf(id).synchronisation.enabled);
    await Promise.all(
      due.map(({ id: provider }) =>
        this.run({ provider, trigger: 'start' }).catch(error =>
          this.#failedToRun(provider, error),
        ),
      ),
    );
  }

  /** Takes up what a backend that is gone has left. */
  async recover(): Promise<void> {
    const { registry } = this.#options;
    for (const row of await this.runs.abandoned()) {
      const { provider_id: provider, trigger, requested_by: by } = row;
      if (!registry.find(provider)) {
        await this.runs.abandon(row.id, 'The provider is no longer configured');
        continue;
      }
      const next = await this.runs.begin({
        provider,
        trigger,
        ...(by === null ? {} : { requestedBy: by }),
        confirmDrop: isTrue(row.drop_confirmed),
      });
      this.#track(this.#execute(next));
    }
  }

  /** Ends what runs here; the runs are failed then. */
  async stop(): Promise<void> {
    this.#stop.abort(new Error('The backend was stopped while it ran'));
    await this.settled();
  }

  /** Waits until nothing runs here. */
  async settled(): Promise<void> {
    while (this.#executing.size > 0) {
      await Promise.all(this.#executing);
    }
  }

  #track(end: Promise<void>): void {
    const tracked: Promise<void> = end
      .catch(error => this.#failedToRun('', error))
      .finally(() => {
        this.#executing.delete(tracked);
      });
    this.#executing.add(tracked);
  }

  #failedToRun(provider: Id, error: unknown): void {
    this.#options.logger.error(
      `The synchronisation with ${provider || 'a provider'} could not be ended`,
      toError(error),
    );
  }

  async #execute({ row, ours }: Begun, outside?: AbortSignal): Promise<void> {
    const mine =
      ours || (row.status === 'queued' && (await this.runs.claim(row.id)));
    if (!mine) {
      return;
    }
    const lost = new AbortController();
    const isOurs = (still: boolean) => {
      if (!still) {
        lost.abort(new Error('The run was given to another backend'));
      }
    };
    const life = setInterval(() => {
      this.runs.touch(row.id).then(isOurs, error => {
        this.#options.logger.warn(
          'A run gives no sign of life',
          toError(error),
        );
      });
    }, SIGN_OF_LIFE_MS);
    life.unref();
    const signal = AbortSignal.any([
      lost.signal,
      this.#stop.signal,
      AbortSignal.timeout(LONGEST_MS),
      ...(outside ? [outside] : []),
    ]);
    try {
      await this.#runOurs(row, signal, isOurs);
    } finally {
      clearInterval(life);
    }
  }

  async #runOurs(
    row: SyncRunRow,
    signal: AbortSignal,
    isOurs: (ours: boolean) => void,
  ): Promise<void> {
    const { registry, settingsOf, clock } = this.#options;
    const provider = registry.get(row.provider_id);
    const seconds = stopwatch();
    let said = clock.now();
    let ending: Ending;
    try {
      const result = await runSynchronisation(this.#options, {
        provider,
        settings: settingsOf(provider.id),
        signal,
        isDropConfirmed: () => this.runs.isDropConfirmed(row.id),
        progress: async (done, total) => {
          if (clock.now() - said >= PROGRESS_MS) {
            said = clock.now();
            isOurs(await this.runs.progress(row, done, total));
          }
        },
      });
      if (await this.#finish(row, result, seconds())) {
        return;
      }
      // It was confirmed while it was held back, or the run is not ours any more.
      if (
        result.status !== 'held-back' ||
        !(await this.runs.isDropConfirmed(row.id))
      ) {
        return;
      }
      ending = await result.hideHeldBack();
    } catch (error) {
      const message =
        toError(signal.aborted ? signal.reason : error).message ||
        'It failed without a reason';
      ending = {
        status: 'failed',
        counts: noCounts(),
        items: [],
        message,
        total: 0,
      };
    }
    await this.#finish(row, ending, seconds());
  }

  async #finish(
    row: SyncRunRow,
    ending: Ending,
    seconds: number,
  ): Promise<boolean> {
    const { logger, onChange, onRun } = this.#options;
    const changes = changesOf(ending);
    // A run that found nothing new and that nobody waits for is not worth a row of its own.
    const tell =
      changes > 0 || ending.status !== 'succeeded' || row.trigger === 'request';
    const finished = await this.runs.finish(row, ending, tell);
    if (!finished) {
      return false;
    }
    const { status, counts } = ending;
    onRun?.({ provider: row.provider_id, status, counts, seconds });
    const name = `Synchronisation with provider ${row.provider_id}`;
    if (ending.status !== 'succeeded') {
      logger.warn(`${name}: ${ending.status}: ${ending.message}`);
    } else if (changes > 0) {
      logger.info(`${name}: ${changes} records changed`, {
        counts: JSON.stringify(ending.counts),
      });
    }
    if (tell) {
      onChange?.();
    }
    return true;
  }
}
