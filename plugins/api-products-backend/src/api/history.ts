import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { InputError, isError } from '@backstage/errors';
import type { HistoryEntry } from 'backstage-plugin-api-products-common';
import type { AuthorizedHistory } from '../access/authorized';
import type { AuthorizedHistoryVerification } from '../history/authorized';
import { readRef } from '../lib/refs';
import type { CallerResolver } from '../identity/CallerResolver';
import type { Routes } from './createRouter';
import { csvRecord } from './csv';

type Entries = AsyncIterable<HistoryEntry[]>;

/** How a file says what a list says: a type, and its text piece by piece. */
interface Format {
  type: string;
  ending: string;
  textOf(entries: Entries): AsyncIterable<string>;
}

const COLUMNS = [
  'at',
  'actor',
  'event',
  'subject',
  'message',
  'reason',
  'changes',
  'id',
] as const;

const changesIn = ({ changes }: HistoryEntry): string | undefined =>
  changes
    ?.map(
      ({ field, before = '', after = '' }) => `${field}: ${before} → ${after}`,
    )
    .join('\n');

const FORMATS: Record<'csv' | 'json', Format> = {
  csv: {
    type: 'text/csv; charset=utf-8',
    ending: 'csv',
    async *textOf(entries) {
      yield csvRecord(COLUMNS);
      for await (const some of entries) {
        yield some
          .map(entry =>
            csvRecord(
              COLUMNS.map(name =>
                name === 'changes' ? changesIn(entry) : entry[name],
              ),
            ),
          )
          .join('');
      }
    },
  },
  json: {
    type: 'application/x-ndjson; charset=utf-8',
    ending: 'ndjson',
    async *textOf(entries) {
      for await (const some of entries) {
        yield some.map(entry => `${JSON.stringify(entry)}\n`).join('');
      }
    },
  },
};

/** The list names the actor as people do. */
const withActor = <Q extends { actor?: string }>(query: Q): Q =>
  query.actor === undefined
    ? query
    : { ...query, actor: readRef('actor', query.actor, { default: 'user' }) };

/** What was noted of a line is its place and its hash. */
function notedIn({ position, hash }: { position?: number; hash?: string }) {
  if (position === undefined && hash === undefined) {
    return undefined;
  }
  if (position === undefined || hash === undefined) {
    throw new InputError('position and hash belong together');
  }
  return { position, hash };
}

export function historyRoutes(options: {
  callers: CallerResolver;
  history: AuthorizedHistory;
  verification: AuthorizedHistoryVerification;
}): Routes {
  const { callers, history, verification } = options;
  return router => {
    router.get('/history', async (req, res) => {
      const person = await callers.user(req);
      res.json(await history.list(person, withActor(req.query)));
    });

    router.get('/history/export', async (req, res) => {
      const person = await callers.user(req);
      const { format = 'json', ...filter } = req.query;
      const entries = await history.export(person, withActor(filter));
      const { type, ending, textOf } = FORMATS[format];
      const day = new Date().toISOString().slice(0, 10);
      res.setHeader('Content-Type', type);
      res.setHeader(
        'Content-Disposition',
        `attachment; filename="api-products-history-${day}.${ending}"`,
      );
      // Whoever goes away, or a database that does, ends it: what has not come to its end is cut off, never closed.
      await pipeline(Readable.from(textOf(entries)), res).catch(error => {
        if (!isError(error) || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
          throw error;
        }
      });
    });

    router.get('/history/verification', async (req, res) => {
      const person = await callers.user(req);
      const noted = notedIn(req.query);
      res.json(await verification.verify(person, { noted }));
    });
  };
}
