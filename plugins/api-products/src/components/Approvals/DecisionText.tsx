import Typography from '@material-ui/core/Typography';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime } from '../shared';

function Words({ request: { status, decision } }: { request: AccessRequest }) {
  const t = useT();
  if (status === 'approved' || status === 'rejected') {
    if (!decision?.by) {
      return <>{t('approvals.outcome.approvedAutomatically')}</>;
    }
    const person = <EntityName entityRef={decision.by} />;
    return status === 'approved'
      ? t('approvals.outcome.approvedBy', { person })
      : t('approvals.outcome.rejectedBy', { person });
  }
  return <>{t(`approvals.outcome.${status}`)}</>;
}

/** What became of a request, who decided, when and why. */
export function DecisionText({ request }: { request: AccessRequest }) {
  const t = useT();
  const { decision } = request;
  return (
    <Typography variant="body2" component="div">
      <Words request={request} />{' '}
      {decision && <RelativeTime at={decision.at} />}
      {decision?.comment && (
        <div>
          {t('approvals.outcome.comment', { comment: decision.comment })}
        </div>
      )}
    </Typography>
  );
}
