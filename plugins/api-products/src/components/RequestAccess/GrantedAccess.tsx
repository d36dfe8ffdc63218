import { useEffect } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Id } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useResource } from '../../hooks/useResource';
import { RevealPanel } from '../MyAccess/RevealPanel';
import { useReveal } from '../MyAccess/useReveal';
import { IssuingKey } from './IssuingKey';

const POLL_MS = 1000;

/** After an automatic approval: waits for the key and shows it, inside the dialog in which it was asked for. */
export function GrantedAccess(props: {
  subscription: Id;
  /** Told whether the dialog must stay open, because a secret is on the screen or on its way. */
  onHold: (held: boolean) => void;
  onClose: () => void;
}) {
  const { onHold, onClose } = props;
  const api = useApi(apiProductsApiRef);
  const subscription = useResource(
    `subscription:${props.subscription}`,
    signal => api.getSubscription(props.subscription, { signal }),
    {
      pollMs: ({ status }) => (status === 'provisioning' ? POLL_MS : undefined),
    },
  );
  const { value } = subscription;
  const credential = value?.credentials.find(({ actions }) =>
    actions.includes('reveal'),
  );
  const reveal = useReveal({ id: props.subscription }, credential);
  const held = reveal.busy || reveal.state.step === 'shown';
  useEffect(() => onHold(held), [onHold, held]);

  return value?.status === 'active' && credential ? (
    <RevealPanel
      reveal={reveal}
      subscription={value}
      credential={credential}
      onClose={onClose}
      onStored={onClose}
      onReplaced={onClose}
    />
  ) : (
    <IssuingKey subscription={subscription} onClose={onClose} />
  );
}
