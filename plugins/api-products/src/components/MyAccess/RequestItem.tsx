import { Fragment, useState } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  AccessRequestStatus,
  EntityRef,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import {
  ConfirmDialog,
  EntityName,
  RelativeTime,
  StatusText,
  type StatusTone,
} from '../shared';
import { Highlight } from './Highlight';

const TONES: Record<AccessRequestStatus, StatusTone> = {
  pending: 'waiting',
  approved: 'ok',
  rejected: 'error',
  cancelled: 'ended',
  expired: 'ended',
};

/** `payments-team or security`. */
function Approvers({ refs }: { refs: EntityRef[] }) {
  const t = useT();
  return (
    <>
      {refs.map((ref, index) => (
        <Fragment key={ref}>
          {index > 0 && ` ${t('myAccess.request.or')} `}
          <EntityName entityRef={ref} />
        </Fragment>
      ))}
    </>
  );
}

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
  const api = useApi(apiProductsApiRef);
  const { product, plan } = request;
  const label = t('myAccess.productOnPlan', {
    product: product.title,
    plan: plan.title,
  });
  const [asking, setAsking] = useState(false);
  const withdraw = async () => {
    await api.cancelAccessRequest(request.id, { revision: request.revision });
    setAsking(false);
    onChanged(t('myAccess.request.withdrawn', { product: product.title }));
  };

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
        {request.actions.includes('cancel') && (
          <Button
            size="small"
            variant="outlined"
            aria-label={t('myAccess.request.withdrawLabel', {
              product: product.title,
            })}
            onClick={() => setAsking(true)}
          >
            {t('myAccess.request.withdraw')}
          </Button>
        )}
      </Box>
      {request.reason && (
        <Typography variant="body2" color="textSecondary">
          {t('myAccess.request.reason', { reason: request.reason })}
        </Typography>
      )}
      {asking && (
        <ConfirmDialog
          title={t('myAccess.request.withdrawTitle')}
          confirm={t('myAccess.request.withdraw')}
          busy={t('myAccess.request.withdrawing')}
          cancel={t('myAccess.request.keep')}
          failed={t('myAccess.request.withdrawFailed')}
          onConfirm={withdraw}
          onClose={() => setAsking(false)}
        >
          {t('myAccess.request.withdrawExplain', {
            product: product.title,
            plan: plan.title,
            application: request.application.name,
          })}
        </ConfirmDialog>
      )}
    </Highlight>
  );
}
