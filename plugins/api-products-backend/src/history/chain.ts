/**
 * What is hashed of a line of the history. A line that is sealed stands at a place in the chain and carries the hash of
 * the line before it, so none can be changed, taken out or put in between without all that follow being hashed anew.
 */
import { createHash } from 'node:crypto';
import type { HistoryRow } from '../lib/rows';

/** Of what is hashed, and how; a later one gets another number and leaves the lines of this one as they are. */
const FORMAT = 1;

/** What stands before the first line. */
const NOTHING = '0'.repeat(64);

/** A place in the chain. */
export interface ChainPlace {
  /** 1 is the first line. */
  position: number;
  hash: string;
}

export const BEFORE_THE_FIRST: ChainPlace = { position: 0, hash: NOTHING };

/** What the hash of a line is made of. */
export type HashedLine = Pick<
  HistoryRow,
  | 'sequence'
  | 'id'
  | 'at'
  | 'subject'
  | 'product_id'
  | 'application_id'
  | 'event'
  | 'actor'
  | 'message'
  | 'reason'
  | 'changes'
>;

/** The same for the same line on every database: a JSON array of texts and nulls in a fixed order. */
const canonicalText = (
  line: HashedLine,
  position: number,
  previousHash: string,
): string =>
  JSON.stringify([
    FORMAT,
    String(position),
    previousHash,
    String(line.sequence),
    line.id,
    line.at,
    line.subject,
    line.product_id,
    line.application_id,
    line.event,
    line.actor,
    line.message,
    line.reason,
    line.changes,
  ]);

/** SHA-256, in hexadecimal. */
export const hashOf = (
  line: HashedLine,
  position: number,
  previousHash: string,
): string =>
  createHash('sha256')
    .update(canonicalText(line, position, previousHash))
    .digest('hex');
