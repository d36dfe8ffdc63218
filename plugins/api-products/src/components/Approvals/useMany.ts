import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { AccessRequest, Id } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { ItemRefusedError } from '../../hooks/serverError';
import { useAction } from '../../hooks/useAction';
import { useSettled } from '../../hooks/useSettled';

/** A request that was marked and not decided. */
interface RefusedRequest {
  request: AccessRequest;
  error: Error;
}

/** What became of the requests that were marked. */
export interface ManyOutcome {
  decision: 'approved' | 'rejected';
  /** How many were decided. */
  count: number;
  refused: RefusedRequest[];
}

/** Requests that are marked to be decided together. */
export interface Many {
  /** What is in the list, with what was refused and is in it no longer. */
  shown: AccessRequest[];
  /** Those that can be marked. */
  decidable: AccessRequest[];
  marked: AccessRequest[];
  mark: (requests: AccessRequest[], isMarked: boolean) => void;
  /** Why a request that was marked was not decided. */
  whyNot: (id: Id) => Error | undefined;
  /** Approves what is marked, or rejects it where there is a comment; answers undefined where nothing was answered. */
  decide: (comment?: string) => Promise<ManyOutcome | undefined>;
  outcome?: ManyOutcome;
  busy: boolean;
  /** Why nothing was answered. */
  error?: Error;
  /** Forgets the error. */
  reset: () => void;
  /** Whether the last outcome has been in view long enough for a click to be meant. */
  settled: boolean;
}

/** As the queue is sorted: who has waited longest comes first. */
const byAge = (a: AccessRequest, b: AccessRequest): number =>
  a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id);

/** What was refused stays where it was, although it does not wait any longer. */
function withRefused(
  requests: AccessRequest[],
  refused: RefusedRequest[],
): AccessRequest[] {
  const known = new Set(requests.map(({ id }) => id));
  const gone = refused
    .map(({ request }) => request)
    .filter(({ id }) => !known.has(id));
  return gone.length === 0 ? requests : [...requests, ...gone].sort(byAge);
}

/**
 * @param page - of the list; what was refused on another one is not shown
 * @param onDecided - called when the list is not what it was any more
 */
export function useMany(
  requests: AccessRequest[],
  page: string | undefined,
  onDecided: () => void,
): Many {
  const api = useApi(apiProductsApiRef);
  const [marks, setMarks] = useState<ReadonlySet<Id>>(new Set());
  const [last, setLast] = useState<{
    outcome: ManyOutcome;
    page?: string;
    round: number;
  }>();
  const outcome = last?.outcome;
  const refused = outcome && last.page === page ? outcome.refused : [];
  const shown = withRefused(requests, refused);
  const decidable = shown.filter(({ actions }) => actions.includes('approve'));
  const marked = decidable.filter(({ id }) => marks.has(id));

  const action = useAction(async (comment?: string) => {
    try {
      const results = await api.decideAccessRequests(
        marked.map(({ id, revision }) =>
          comment === undefined
            ? { id, revision, decision: 'approve' }
            : { id, revision, decision: 'reject', comment },
        ),
      );
      const notDecided = marked.flatMap((request): RefusedRequest[] => {
        const result = results.find(({ id }) => id === request.id);
        return result?.error
          ? [
              {
                request,
                error: new ItemRefusedError(result.status, result.error),
              },
            ]
          : [];
      });
      const became: ManyOutcome = {
        decision: comment === undefined ? 'approved' : 'rejected',
        count: marked.length - notDecided.length,
        refused: notDecided,
      };
      setMarks(new Set(notDecided.map(({ request }) => request.id)));
      setLast({ outcome: became, page, round: (last?.round ?? 0) + 1 });
      return became;
    } finally {
      onDecided();
    }
  });

  return {
    shown,
    decidable,
    marked,
    mark: (some, isMarked) => {
      const next = new Set(marks);
      for (const { id } of some) {
        if (isMarked) {
          next.add(id);
        } else {
          next.delete(id);
        }
      }
      setMarks(next);
    },
    whyNot: id => refused.find(({ request }) => request.id === id)?.error,
    decide: action.run,
    outcome,
    busy: action.busy,
    error: action.error,
    reset: action.reset,
    settled: useSettled(String(last?.round ?? 0)),
  };
}
