import { useEffect } from 'react';
import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import type { ApiProductsApi } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../api';
import { Refreshes } from '../reads/Refreshes';
import { forgetReads } from '../reads/shareReads';
import { useLatest } from './useLatest';

const known = new WeakMap<ApiProductsApi, Refreshes>();

/** One for all that is on a page. */
function refreshesOf(
  api: ApiProductsApi,
  signals: SignalApi | undefined,
): Refreshes {
  const found =
    known.get(api) ??
    Refreshes.create({ signals, before: () => forgetReads(api) });
  known.set(api, found);
  return found;
}

/**
 * Calls back when something may have changed, at most once a second whatever is announced, and never while nobody looks
 * at the page.
 *
 * @param refresh - `reloadSoon` of what is shown
 */
export function useRefreshSignal(refresh: () => void): void {
  const api = useApi(apiProductsApiRef);
  const signals = useApiHolder().get(signalApiRef);
  const latest = useLatest(refresh);
  useEffect(
    () => refreshesOf(api, signals).subscribe(() => latest.current()),
    [api, signals, latest],
  );
}
