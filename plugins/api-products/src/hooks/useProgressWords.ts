import { useEffect, useState } from 'react';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { isUnderWay } from './subscriptionStates';

const stateOf = ({
  status,
  plan,
  suspension,
  credentials,
}: Subscription): string =>
  [
    status,
    plan.ref,
    suspension?.at,
    ...credentials.map(({ id, status: of }) => `${id} ${of}`),
  ].join();

/**
 * What a person has set going, in words, until that is over: the words go when the subscription is no longer as it was
 * then and nothing of it is under way.
 */
export function useProgressWords(
  subscription: Subscription,
): [words: string, say: (words: string) => void] {
  const [said, setSaid] = useState<{ words: string; state: string }>();
  const state = stateOf(subscription);
  const over =
    said !== undefined && said.state !== state && !isUnderWay(subscription);
  useEffect(() => {
    if (over) {
      setSaid(undefined);
    }
  }, [over]);
  return [
    over ? '' : said?.words ?? '',
    words => setSaid(words ? { words, state } : undefined),
  ];
}
