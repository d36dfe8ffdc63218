import type {
  CredentialStatus,
  SubscriptionStatus,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { StatusText, type StatusTone } from '../shared';

const TONES: Record<SubscriptionStatus | CredentialStatus, StatusTone> = {
  provisioning: 'waiting',
  active: 'ok',
  suspended: 'warning',
  superseded: 'warning',
  revoking: 'warning',
  revoked: 'ended',
  expired: 'ended',
  failed: 'error',
};

/** The state of a subscription or a key in words; a failure says what the provider said. */
export function StateText(props: {
  status: SubscriptionStatus | CredentialStatus;
  lastError?: string;
}) {
  const { status, lastError } = props;
  const t = useT();
  return (
    <StatusText tone={TONES[status]}>
      {status === 'failed' && lastError
        ? t('myAccess.state.failedWith', { message: lastError })
        : t(`myAccess.state.${status}`)}
    </StatusText>
  );
}
