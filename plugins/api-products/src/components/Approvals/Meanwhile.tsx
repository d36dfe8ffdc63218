import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName } from '../shared';

/** What a request has become while it was looked at. */
export function Meanwhile({ request }: { request: AccessRequest }) {
  const t = useT();
  const { status, decision } = request;
  if (status === 'pending') {
    return <>{t('approvals.decide.edited')}</>;
  }
  if (!decision) {
    return <>{t('approvals.decide.meanwhileEnded')}</>;
  }
  const person = decision.by ? (
    <EntityName entityRef={decision.by} />
  ) : (
    <>{t('approvals.decide.automatic')}</>
  );
  return decision.decision === 'approved'
    ? t('approvals.decide.meanwhileApproved', { person })
    : t('approvals.decide.meanwhileRejected', { person });
}
