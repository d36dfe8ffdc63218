/**
 * Seals the lines of the history soon after they were written, so that nobody who writes one waits for who writes another.
 *
 * Lines are sealed in the order in which they are found: one that was begun earlier and committed later comes after those
 * that were sealed meanwhile. The place of the last one is moved by compare-and-set in the transaction that seals, so two
 * backends that seal at once make one chain. Nothing looks for lines where nothing happens: a pass is asked for, by what
 * follows on every change.
 */
import type {
  AuditorService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { Knex } from 'knex';
import { toIso, type Clock } from '../lib/clock';
import { isSqlite } from '../lib/Database';
import type { HistoryChainRow, HistoryRow } from '../lib/rows';
import { inTransaction } from '../lib/transactions';
import { BEFORE_THE_FIRST, hashOf, type ChainPlace } from './chain';

const LINES_AT_ONCE = 500;

/** So long after it was asked for, a pass takes all that has come together. */
const GATHERED_MS = 5_000;

interface Options {
  db: Knex;
  clock: Clock;
  logger: LoggerService;
  auditor: AuditorService;
}

interface SealedLine {
  sequence: HistoryRow['sequence'];
  position: number;
  previousHash: string;
  hash: string;
}

/** The last line that is sealed. */
export async function headOf(db: Knex): Promise<ChainPlace> {
  const row: HistoryChainRow | undefined = await db('history_chain').first();
  return row
    ? { position: Number(row.chain_position), hash: row.hash }
    : BEFORE_THE_FIRST;
}

export class HistorySealing {
  readonly #options: Options;
  #timer: NodeJS.Timeout | undefined;
  #pass: Promise<void> | undefined;
  #stopped = false;

  static create(options: Options): HistorySealing {
    return new HistorySealing(options);
  }

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Something may have been written; seals it in a while, together with what comes meanwhile. */
  wake(): void {
    if (this.#timer || this.#stopped) {
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#pass = this.sealAll().catch(error => {
        this.#options.logger.error(
          'The history cannot be sealed',
          toError(error),
        );
      });
    }, GATHERED_MS).unref();
  }

  /** Waits for a pass that is under way; what is left is sealed at the next start, or by another backend. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#pass;
  }

  /** Seals all that is not sealed, and says in the audit log how far the chain goes and with which hash. */
  async sealAll(): Promise<void> {
    let head: ChainPlace | undefined;
    let more = true;
    while (more && !this.#stopped) {
      const sealed = await this.#sealSome();
      head = sealed.head ?? head;
      more = sealed.more;
    }
    if (head) {
      const event = await this.#options.auditor.createEvent({
        eventId: 'history-seal',
        severityLevel: 'medium',
        meta: { position: head.position, hash: head.hash },
      });
      await event.success();
    }
  }

  async #sealSome(): Promise<{ head?: ChainPlace; more: boolean }> {
    const { db } = this.#options;
    // Before the lines: where somebody seals them in between, the head is another one by then, and this one gives way.
    const before = await headOf(db);
    const lines: HistoryRow[] = await db('history')
      .whereNull('chain_position')
      .orderBy('sequence')
      .limit(LINES_AT_ONCE);
    if (lines.length === 0) {
      return { more: false };
    }
    const sealed: SealedLine[] = [];
    let last = before;
    for (const line of lines) {
      const position = last.position + 1;
      const hash = hashOf(line, position, last.hash);
      sealed.push({
        sequence: line.sequence,
        position,
        previousHash: last.hash,
        hash,
      });
      last = { position, hash };
    }
    const won = await inTransaction(db, tx => this.#write(tx, before, sealed));
    return { head: won ? last : undefined, more: true };
  }

  /** @returns whether nobody else has sealed meanwhile */
  async #write(
    tx: Knex.Transaction,
    before: ChainPlace,
    lines: readonly SealedLine[],
  ): Promise<boolean> {
    const { position, hash } = lines[lines.length - 1];
    const head: Omit<HistoryChainRow, 'id'> = {
      chain_position: position,
      hash,
      sealed_at: toIso(this.#options.clock.now()),
    };
    const moved = await tx('history_chain')
      .insert({ id: 1, ...head })
      .onConflict('id')
      .merge(head)
      .where({
        'history_chain.chain_position': before.position,
        'history_chain.hash': before.hash,
      })
      .returning('id');
    if (moved.length === 0) {
      return false;
    }
    const values = lines
      .map(
        () =>
          '(cast(? as bigint), cast(? as bigint), cast(? as text), cast(? as text))',
      )
      .join(', ');
    const answer = await tx.raw(
      `with sealed (sequence, chain_position, previous_hash, hash) as (values ${values})
       update history
       set chain_position = sealed.chain_position, previous_hash = sealed.previous_hash, hash = sealed.hash
       from sealed
       where history.sequence = sealed.sequence and history.chain_position is null
       returning history.sequence`,
      lines.flatMap(line => [
        line.sequence,
        line.position,
        line.previousHash,
        line.hash,
      ]),
    );
    const written: unknown[] = isSqlite(tx) ? answer : answer.rows;
    if (written.length !== lines.length) {
      throw new Error('A line is gone that was to be sealed');
    }
    return true;
  }
}
