/**
 * Lists of the Dashboard, whole. Without `p` only the first ten entries come, which is easily taken for all.
 */
import type { JsonValue } from '@backstage/types';
import type { TykCalls } from '../control/TykCalls';
import { envelopeField } from '../http/answer';
import type { TykAnswer } from '../http/answer';
import type { TykRequest } from '../http/TykHttpClient';

/** Any number below 0 asks for all entries at once. */
const ALL = '-2';

/** A list that is longer than this is an answer that does not know its own length. */
const MOST_PAGES = 10_000;

interface ListRequest
  extends Pick<TykRequest, 'operation' | 'path' | 'query' | 'signal'> {
  /** Where in the answer the entries are; absent there = this is no list. */
  items: (body: JsonValue) => JsonValue | undefined;
  /** Called with an answer that is no success; throws what it means, or leaves it to the usual rules. */
  refused?: (answer: TykAnswer) => void;
}

/**
 * All entries. Some old or customised Dashboards answer the first page whatever is asked for: then the rest is fetched
 * page by page.
 */
export async function wholeList(
  calls: TykCalls,
  { operation, path, query, signal, items, refused }: ListRequest,
): Promise<JsonValue[]> {
  const page = async (p: string) => {
    const answer = await calls.send({
      operation,
      method: 'GET',
      path,
      query: { ...query, p },
      signal,
    });
    if (!answer.ok) refused?.(answer);
    const body = calls.expect(operation, answer);
    const found = items(body);
    if (found === undefined) throw calls.strange(operation);
    const pages = Number(envelopeField(body, 'pages') ?? 1);
    return { entries: calls.list(operation, found), pages };
  };

  const whole = await page(ALL);
  if (!(whole.pages > 1)) return whole.entries;
  if (whole.pages > MOST_PAGES) throw calls.strange(operation);
  const all: JsonValue[] = [];
  for (let p = 1; p <= whole.pages; p++) {
    all.push(...(await page(String(p))).entries);
  }
  return all;
}
