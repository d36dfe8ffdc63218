/**
 * Reads the chain of the history from its first line and says whether it is whole, or the first place where it is not.
 *
 * Who can write to the database can also hash everything anew. Against that helps a place and a hash that somebody noted
 * elsewhere: the audit log has them for each time when something was sealed.
 */
import type { HistoryVerification as Verdict } from 'backstage-plugin-api-products-common';
import type { Knex } from 'knex';
import type { HistoryRow } from '../lib/rows';
import type { Person } from '../identity/Caller';
import { BEFORE_THE_FIRST, hashOf, type ChainPlace } from './chain';
import { headOf } from './HistorySealing';

const LINES_AT_ONCE = 1_000;

/** An honest line comes to the chain sooner than that after the time that it carries. */
const LATE_MS = 60 * 60_000;

type Problem = NonNullable<Verdict['problem']>;

type Line = HistoryRow & { chain_position: number | string };

export interface VerificationRequest {
  /** What was noted of a line. */
  noted?: ChainPlace;
}

/** What was found so far. */
interface Walk {
  last: ChainPlace;
  latestAt: string;
  late: number;
  firstLate?: number;
}

const problemAt = (kind: Problem['kind'], line: Line): Problem => ({
  kind,
  position: Number(line.chain_position),
  line: line.id,
  at: line.at,
  subject: line.subject,
  message: line.message,
});

export class HistoryVerification {
  readonly #db: Knex;

  static create({ db }: { db: Knex }): HistoryVerification {
    return new HistoryVerification(db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async verify(
    _person: Person,
    { noted }: VerificationRequest = {},
  ): Promise<Verdict> {
    const db = this.#db;
    const head = await headOf(db);
    const walk: Walk = {
      last: BEFORE_THE_FIRST,
      latestAt: '',
      late: 0,
    };
    let problem: Problem | undefined;
    while (!problem && walk.last.position < head.position) {
      const lines: Line[] = await db('history')
        .where('chain_position', '>', walk.last.position)
        .where('chain_position', '<=', head.position)
        .orderBy('chain_position')
        .limit(LINES_AT_ONCE);
      problem =
        lines.length === 0
          ? { kind: 'removed', position: walk.last.position + 1 }
          : problemIn(lines, walk, noted);
    }
    problem ??= await this.#problemAtTheEnd(walk.last, head, noted);
    const unsealed = await db('history')
      .whereNull('chain_position')
      .count({ lines: '*' })
      .first();
    return {
      whole: problem === undefined,
      lines: walk.last.position,
      hash: walk.last.position > 0 ? walk.last.hash : undefined,
      unsealed: Number(unsealed?.lines ?? 0),
      late: walk.late,
      firstLate: walk.firstLate,
      problem,
    };
  }

  async #problemAtTheEnd(
    last: ChainPlace,
    head: ChainPlace,
    noted: ChainPlace | undefined,
  ): Promise<Problem | undefined> {
    if (last.hash !== head.hash) {
      return { kind: 'unlinked', position: last.position };
    }
    // What is sealed meanwhile moves the head as well.
    const beyond: Line | undefined = await this.#db('history')
      .where('chain_position', '>', last.position)
      .whereNotExists(
        this.#db('history_chain').whereRaw(
          'history_chain.chain_position >= history.chain_position',
        ),
      )
      .orderBy('chain_position')
      .first();
    if (beyond) {
      return problemAt('inserted', beyond);
    }
    return noted && noted.position > last.position
      ? { kind: 'removed', position: last.position + 1 }
      : undefined;
  }
}

/** Goes on over the lines, as far as they are right. */
function problemIn(
  lines: readonly Line[],
  walk: Walk,
  noted: ChainPlace | undefined,
): Problem | undefined {
  for (const line of lines) {
    const position = Number(line.chain_position);
    const { last } = walk;
    if (position !== last.position + 1) {
      return { kind: 'removed', position: last.position + 1 };
    }
    const own = hashOf(line, position, line.previous_hash ?? '');
    if (own !== line.hash) {
      return problemAt('changed', line);
    }
    if (line.previous_hash !== last.hash) {
      return problemAt('unlinked', line);
    }
    if (noted?.position === position && noted.hash !== own) {
      return problemAt('rewritten', line);
    }
    walk.last = { position, hash: own };
    if (Date.parse(walk.latestAt) - Date.parse(line.at) > LATE_MS) {
      walk.late += 1;
      walk.firstLate ??= position;
    } else if (line.at > walk.latestAt) {
      walk.latestAt = line.at;
    }
  }
  return undefined;
}
