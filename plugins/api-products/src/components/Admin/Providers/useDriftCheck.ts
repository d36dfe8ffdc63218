import { useEffect, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Provider } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useAction } from '../../../hooks/useAction';
import { useLatest } from '../../../hooks/useLatest';

const POLL_MS = 1_500;

/** A check that takes longer goes on, but nobody waits for it any more. */
const GIVE_UP_MS = 120_000;

/**
 * Has the backend look for differences, and waits until the provider says that it was looked through.
 *
 * @param onChecked - called when it was
 */
export function useDriftCheck(
  provider: Provider,
  onPoll: () => void,
  onChecked: () => void,
) {
  const api = useApi(apiProductsApiRef);
  const [before, setBefore] = useState<{ checkedAt?: string }>();
  const poll = useLatest(onPoll);
  const checked = useLatest(onChecked);
  const check = useAction(async () => {
    await api.checkDrift(provider.id);
    setBefore({ checkedAt: provider.driftCheckedAt });
    poll.current();
  });
  const waiting = before !== undefined;
  const done = waiting && before.checkedAt !== provider.driftCheckedAt;

  useEffect(() => {
    if (done) {
      setBefore(undefined);
      checked.current();
    }
  }, [done, checked]);

  useEffect(() => {
    if (!waiting) {
      return undefined;
    }
    const timer = setInterval(() => poll.current(), POLL_MS);
    const end = setTimeout(() => setBefore(undefined), GIVE_UP_MS);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [waiting, poll]);

  return {
    run: check.run,
    error: check.error,
    checking: check.busy || waiting,
  };
}
