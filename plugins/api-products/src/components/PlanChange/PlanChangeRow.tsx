import Box from '@material-ui/core/Box';
import type {
  AccessRequest,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { DateTime } from 'luxon';
import { isMoving } from '../../hooks/subscriptionStates';
import { useT } from '../../hooks/useT';
import { Approvers } from '../MyAccess/Approvers';
import { WithdrawRequest } from '../MyAccess/WithdrawRequest';
import { EntityName, StatusText } from '../shared';
import { ChangePlan } from './ChangePlan';
import { dayOf } from './planChange';
import { WithdrawChange } from './WithdrawChange';

interface PlanChangeRowProps {
  subscription: Subscription;
  /** That asks for another plan for it. */
  request?: AccessRequest;
  onChanged: (what: string) => void;
}

/** What becomes of the plan of a subscription, and what its holder may do about it. */
export function PlanChangeRow(props: PlanChangeRowProps) {
  const { subscription, request, onChanged } = props;
  const { actions, planChange } = subscription;
  const waits = request?.status === 'pending';
  const begun = isMoving(subscription, Date.now());
  return (
    <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={12}>
      {planChange && <Moves subscription={subscription} begun={begun} />}
      {request && !planChange && <Asked request={request} />}
      {request && <WithdrawRequest request={request} onChanged={onChanged} />}
      {planChange && !begun && actions.includes('withdraw-plan-change') && (
        <WithdrawChange
          subscription={subscription}
          to={planChange.plan}
          onChanged={onChanged}
        />
      )}
      {!waits && actions.includes('change-plan') && (
        <ChangePlan subscription={subscription} onChanged={onChanged} />
      )}
    </Box>
  );
}

function Moves(props: { subscription: Subscription; begun: boolean }) {
  const { subscription, begun } = props;
  const t = useT();
  const { planChange } = subscription;
  if (!planChange) {
    return null;
  }
  const plan = planChange.plan.title;
  if (begun) {
    return (
      <StatusText tone="waiting">{t('planChange.moving', { plan })}</StatusText>
    );
  }
  return (
    <StatusText tone="waiting">
      {planChange.at
        ? t('planChange.movesOn', {
            plan,
            day: dayOf(DateTime.fromISO(planChange.at, { zone: 'utc' })),
          })
        : t('planChange.movesLater', { plan })}
    </StatusText>
  );
}

function Asked({ request }: { request: AccessRequest }) {
  const t = useT();
  const { status, decision, approvers, plan, change } = request;
  const asked = { plan: plan.title, from: change?.from.title ?? '' };
  if (status === 'pending') {
    return (
      <StatusText tone="waiting">
        {t('planChange.waiting', {
          ...asked,
          approvers: <Approvers refs={approvers} />,
        })}
      </StatusText>
    );
  }
  if (status !== 'rejected' || !decision?.by) {
    return null;
  }
  const by = <EntityName entityRef={decision.by} />;
  return (
    <StatusText tone="error">
      {decision.comment
        ? t('planChange.rejectedWith', {
            ...asked,
            by,
            comment: decision.comment,
          })
        : t('planChange.rejected', { ...asked, by })}
    </StatusText>
  );
}
