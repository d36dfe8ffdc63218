import type { Subscription } from 'backstage-plugin-api-products-common';
import { suspensionState } from '../../hooks/subscriptionStates';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime, StatusText } from '../shared';
import { StateText } from './StateText';

/** The state of a subscription in words, with who suspended it and why. */
export function SubscriptionState(props: {
  subscription: Subscription;
  /** What the provider said, where it is not the subscription that says so. */
  lastError?: string;
}) {
  const { subscription, lastError = subscription.lastError } = props;
  const { status, suspension } = subscription;
  const t = useT();
  const state = suspensionState(subscription);
  if (state === 'being-resumed') {
    return (
      <StatusText tone="waiting">
        {t('subscriptions.state.being-resumed')}
      </StatusText>
    );
  }
  if (state === undefined || !suspension) {
    return <StateText status={status} lastError={lastError} />;
  }
  return (
    <StatusText tone="warning">
      {t(`subscriptions.state.${state}`, {
        person: <EntityName entityRef={suspension.by} />,
        reason: (
          <span style={{ overflowWrap: 'anywhere' }}>{suspension.reason}</span>
        ),
      })}
      {' · '}
      <RelativeTime at={suspension.at} />
    </StatusText>
  );
}
