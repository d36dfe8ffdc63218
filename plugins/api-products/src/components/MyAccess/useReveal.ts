/**
 * Showing a secret. It is asked for by a person's click only, kept in this component's state and nowhere else, and gone
 * when the component is: the server has destroyed it by then.
 */
import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Credential,
  RevealedSecret,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { serverErrorOf } from '../../hooks/serverError';
import { useAction } from '../../hooks/useAction';

/** How far a reveal has come. */
export type RevealState =
  | { step: 'ask'; error?: Error }
  | { step: 'shown'; secret: RevealedSecret }
  /** Too late. What has become of the subscription and its keys; absent where that could not be read. */
  | { step: 'gone'; now?: Subscription };

export interface Reveal {
  state: RevealState;
  busy: boolean;
  /** Shows the secret; nobody can see it after that. */
  show: () => Promise<unknown>;
}

export function useReveal(
  subscription: Pick<Subscription, 'id'>,
  credential: Pick<Credential, 'id'> | undefined,
): Reveal {
  const api = useApi(apiProductsApiRef);
  const [outcome, setOutcome] = useState<RevealState>();

  const show = useAction(async () => {
    if (!credential) {
      return;
    }
    try {
      const secret = await api.revealCredential(credential.id);
      setOutcome({ step: 'shown', secret });
    } catch (error) {
      if (!(error instanceof Error) || serverErrorOf(error).status !== 410) {
        throw error;
      }
      const now = await api
        .getSubscription(subscription.id)
        .catch(() => undefined);
      setOutcome({ step: 'gone', now });
    }
  });
  return {
    state: outcome ?? { step: 'ask', error: show.error },
    busy: show.busy,
    show: show.run,
  };
}
