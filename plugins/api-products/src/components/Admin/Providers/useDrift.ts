/**
 * The differences of a provider, and what becomes of those that somebody here has begun to settle: they leave the list
 * of open ones, so their result is looked up among the settled ones and said.
 */
import { useEffect, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { DriftItem, Id, Page } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useLatest } from '../../../hooks/useLatest';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource, type Resource } from '../../../hooks/useResource';

const REPAIR_POLL_MS = 1_500;

/** Enough to hold what was settled a moment ago. */
const SETTLED_LIMIT = 100;

export type DriftFilter = 'open' | 'resolved';

const STATUSES: Record<DriftFilter, DriftItem['status'][]> = {
  open: ['open', 'repairing'],
  resolved: ['repaired', 'ignored', 'gone'],
};

interface Loaded extends Page<DriftItem> {
  /** Which were asked about; one that was begun since is not judged by this answer. */
  asked: Id[];
  /** As they are now, of those that were begun here; without those that could not be found. */
  watched: DriftItem[];
}

export function useDrift(
  provider: Id,
  filter: DriftFilter,
  cursor: string | undefined,
  /** Called once for each item that was begun here and has come to its end. */
  onEnded: (begun: DriftItem, now?: DriftItem) => void,
): Resource<Page<DriftItem>> & { watch: (item: DriftItem) => void } {
  const api = useApi(apiProductsApiRef);
  const begun = useRef(new Map<Id, DriftItem>());
  const [watching, setWatching] = useState(0);
  const ended = useLatest(onEnded);

  const drift = useResource<Loaded>(
    `drift ${provider} ${filter} ${cursor ?? ''}`,
    async signal => {
      const list = (status: DriftItem['status'][], more: object) =>
        api.listDrift(provider, { status, ...more }, { signal });
      const asked = [...begun.current.keys()];
      const page = await list(STATUSES[filter], cursor ? { cursor } : {});
      if (asked.length === 0) {
        return { ...page, asked, watched: [] };
      }
      const [open, settled] = await Promise.all([
        list(STATUSES.open, { limit: SETTLED_LIMIT }),
        list(STATUSES.resolved, { limit: SETTLED_LIMIT }),
      ]);
      const known = [...open.items, ...settled.items];
      return {
        ...page,
        asked,
        watched: known.filter(({ id }) => asked.includes(id)),
      };
    },
    {
      keepPrevious: true,
      pollMs: ({ items }) =>
        watching > 0 || items.some(({ status }) => status === 'repairing')
          ? REPAIR_POLL_MS
          : undefined,
    },
  );
  useRefreshSignal(drift.reloadSoon);

  const { value } = drift;
  useEffect(() => {
    if (!value) {
      return;
    }
    for (const id of value.asked) {
      const item = begun.current.get(id);
      const now = value.watched.find(other => other.id === id);
      if (item && now?.status !== 'repairing') {
        begun.current.delete(id);
        ended.current(item, now);
      }
    }
    setWatching(begun.current.size);
  }, [value, ended]);

  return {
    ...drift,
    watch: item => {
      begun.current.set(item.id, item);
      setWatching(begun.current.size);
      drift.reload();
    },
  };
}
