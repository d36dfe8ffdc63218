import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import type {
  AccessRequest,
  AccessRequestStatus,
} from 'backstage-plugin-api-products-common';
import { useRequestedPlan } from '../../hooks/useRequestedPlan';
import { useT } from '../../hooks/useT';
import {
  EntityName,
  RelativeTime,
  StatusText,
  type StatusTone,
} from '../shared';
import { Approvers } from './Approvers';
import { Highlight } from './Highlight';
import { WithdrawRequest } from './WithdrawRequest';

const TONES: Record<AccessRequestStatus, StatusTone> = {
  pending: 'waiting',
  approved: 'ok',
  rejected: 'error',
  cancelled: 'ended',
  expired: 'ended',
};

function Outcome({ request }: { request: AccessRequest }) {
  const t = useT();
  const { status, decision, approvers } = request;
  if (status === 'pending') {
    return t('myAccess.request.waitingFor', {
      approvers: <Approvers refs={approvers} />,
    });
  }
  if (status === 'rejected' && decision?.by) {
    const by = <EntityName entityRef={decision.by} />;
    return decision.comment
      ? t('myAccess.request.rejectedBy', { by, comment: decision.comment })
      : t('myAccess.request.rejectedByPlain', { by });
  }
  return (
    <>
      {t(
        status === 'expired'
          ? 'myAccess.state.requestExpired'
          : `myAccess.state.${status}`,
      )}
    </>
  );
}

/** A request that has not become a subscription: who decides, or why it came to nothing. */
export function RequestItem(props: {
  request: AccessRequest;
  linked: boolean;
  onChanged: (what: string) => void;
}) {
  const { request, linked, onChanged } = props;
  const t = useT();
  const requestedPlan = useRequestedPlan();
  const label = t('myAccess.productOnPlan', {
    product: request.product.title,
    plan: requestedPlan(request),
  });

  return (
    <Highlight label={label} linked={linked}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={12}>
        <Typography variant="subtitle1" component="h3">
          {label}
        </Typography>
        <StatusText tone={TONES[request.status]}>
          <Outcome request={request} />
        </StatusText>
        <Typography variant="body2" color="textSecondary" component="span">
          {t('myAccess.request.asked')} <RelativeTime at={request.createdAt} />{' '}
          {t('myAccess.request.askedBy', {
            requester: <EntityName entityRef={request.requester} />,
          })}
        </Typography>
        <WithdrawRequest request={request} onChanged={onChanged} />
      </Box>
      {request.reason && (
        <Typography variant="body2" color="textSecondary">
          {t('myAccess.request.reason', { reason: request.reason })}
        </Typography>
      )}
    </Highlight>
  );
}
