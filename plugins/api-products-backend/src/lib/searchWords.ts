/**
 * Search as both databases can do it by an index, in every language: the words of a record stand in a table, folded here
 * and not by a database, of which each folds what it likes; what is searched for is folded the same way and finds the
 * words that begin with it.
 */
import type { Knex } from 'knex';
import { whereAmong, type Form } from './semiJoins';

/** What has words. */
export type Searched = 'product' | 'plan' | 'catalogue' | 'application';

/** What a column of words takes, in code points. */
const LONGEST_WORD = 64;

/** A record with more of them is found by the first. */
const MOST_WORDS = 2_000;

/** Writing without spaces, where a word can begin anywhere. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}ー]+/gu;

/** How much of such writing is looked for in one piece. */
const PIECE = 8;

const NO_WORD = /[^\p{L}\p{M}\p{N}]+/u;

/**
 * Letters that differ only in case, width or how they are composed become one: `Ü` and `ü`, `ß` and `SS`, `ı`, `I`, `İ`
 * and `i`, `Σ`, `σ` and `ς`, `ｱ` and `ア`.
 */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .replace(/i\u0307/gu, 'i')
    .replace(/ς/gu, 'σ')
    .normalize('NFKC');

/** Words of spaced writing, and runs of writing without spaces, by themselves. */
function partsOf(text: string): { word: string; spaced: boolean }[] {
  return folded(text)
    .split(NO_WORD)
    .flatMap(part => {
      const runs = part.match(UNSPACED) ?? [];
      return [
        ...runs.map(word => ({ word, spaced: false })),
        ...part
          .split(UNSPACED)
          .filter(Boolean)
          .map(word => ({ word, spaced: true })),
      ];
    });
}

/** The words by which a record is found: of writing without spaces, what begins at each character. */
export function wordsOf(...texts: (string | undefined)[]): string[] {
  const found = new Set<string>();
  for (const { word, spaced } of partsOf(texts.join(' '))) {
    const characters = [...word];
    if (spaced) {
      found.add(characters.slice(0, LONGEST_WORD).join(''));
    } else {
      characters.forEach((_, i) =>
        found.add(characters.slice(i, i + PIECE).join('')),
      );
    }
  }
  return [...found].slice(0, MOST_WORDS);
}

/** What has to be found: beginnings of words. */
function soughtIn(q: string): string[] {
  const sought = new Set<string>();
  for (const { word, spaced } of partsOf(q)) {
    const characters = [...word];
    if (spaced) {
      sought.add(characters.slice(0, LONGEST_WORD).join(''));
    } else {
      for (let i = 0; i < characters.length; i += PIECE) {
        sought.add(characters.slice(i, i + PIECE).join(''));
      }
    }
  }
  return [...sought];
}

/** What goes into one statement. */
const AT_ONCE = 400;

/** Comes after every other character in the order of bytes. */
const LAST = '\u{10FFFF}';

/** Records of which every word of `q` is the beginning of a word; nothing where `q` has only signs. */
export function whereWords(
  db: Knex,
  query: Knex.QueryBuilder,
  form: Form,
  noun: Searched,
  idColumn: string,
  q: string | undefined,
): void {
  const text = q?.trim() ?? '';
  if (text === '') {
    return;
  }
  const sought = soughtIn(text);
  if (sought.length === 0) {
    query.whereRaw('1 = 0');
  }
  for (const beginning of sought) {
    const words = db(`${noun}_words as words`)
      .where('words.word', '>=', beginning)
      .where('words.word', '<', `${beginning}${LAST}`);
    whereAmong(db, query, form, idColumn, words, 'words.record_id');
  }
}

/** Makes these the words of a record, and writes only what changes. */
export async function writeWords(
  tx: Knex.Transaction,
  noun: Searched,
  id: string,
  words: readonly string[],
): Promise<void> {
  const there: string[] = await tx(`${noun}_words`)
    .where({ record_id: id })
    .pluck('word');
  const wanted = new Set(words);
  const known = new Set(there);
  const gone = there.filter(word => !wanted.has(word));
  for (let i = 0; i < gone.length; i += AT_ONCE) {
    await tx(`${noun}_words`)
      .where({ record_id: id })
      .whereIn('word', gone.slice(i, i + AT_ONCE))
      .delete();
  }
  await insertWords(
    tx,
    noun,
    id,
    words.filter(word => !known.has(word)),
  );
}

/** The words of a record that is new. */
export async function insertWords(
  tx: Knex.Transaction,
  noun: Searched,
  id: string,
  words: readonly string[],
): Promise<void> {
  for (let i = 0; i < words.length; i += AT_ONCE) {
    await tx(`${noun}_words`).insert(
      words.slice(i, i + AT_ONCE).map(word => ({ record_id: id, word })),
    );
  }
}
