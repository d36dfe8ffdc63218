/** Asks for another plan for what an application has, with what that changes side by side. */
import { useState } from 'react';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import type {
  AccessRequest,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useCloseOnLeave } from '../../hooks/useCloseOnLeave';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { PlanFields } from '../RequestAccess/PlanFields';
import { termsKey } from '../RequestAccess/requestForm';
import { TermsFields } from '../RequestAccess/TermsFields';
import { ErrorState, FormDialog, LoadingSkeleton } from '../shared';
import { ChangeOutcome } from './ChangeOutcome';
import { OfferedComparison } from './OfferedComparison';
import { SubscriptionField } from './SubscriptionField';
import { useChangePlan, type ChangeForm } from './useChangePlan';
import { useOffered, type Offered } from './useOffered';
import { WhenField } from './WhenField';

export interface ChangePlanDialogProps {
  /** What may be changed: one, or those among which one is chosen. */
  subscriptions: [Subscription, ...Subscription[]];
  /** What is filled in to begin with. */
  begin?: Partial<ChangeForm>;
  onClose: () => void;
  /** Called as soon as it is asked for. */
  onDone: (request: AccessRequest) => void;
}

/** Asks for another plan. */
export function ChangePlanDialog(props: ChangePlanDialogProps) {
  const { subscriptions, begin = {}, onClose, onDone } = props;
  const t = useT();
  useCloseOnLeave(onClose);
  const [subscription, choose] = useState(subscriptions[0]);
  const offered = useOffered(subscription);
  const change = useChangePlan(subscription, offered.value, begin, onDone);
  const auto = change.plan?.approval.mode === 'auto';
  return (
    <FormDialog
      title={t('planChange.title', {
        product: subscription.products[0].title,
      })}
      submit={auto ? t('planChange.change') : t('planChange.send')}
      submitting={t('planChange.busy')}
      busy={change.busy}
      disabled={change.plans.length === 0}
      filled={change.filled}
      problem={change.problem}
      failed={t('planChange.failed')}
      refusals={change.refusals}
      onSubmit={change.submit}
      onClose={onClose}
    >
      <SubscriptionField
        subscriptions={subscriptions}
        value={subscription}
        disabled={change.busy}
        onChange={id =>
          choose(subscriptions.find(other => other.id === id) ?? subscription)
        }
      />
      {offered.value && (
        <Fields
          subscription={subscription}
          offered={offered.value}
          change={change}
        />
      )}
      {!offered.value && offered.error && (
        <ErrorState
          title={t('planChange.loadFailed')}
          error={offered.error}
          onRetry={offered.reload}
        />
      )}
      {!offered.value && !offered.error && (
        <LoadingSkeleton
          variant="text"
          label={t('planChange.loading')}
          count={6}
        />
      )}
    </FormDialog>
  );
}

/** What is filled in, once it is known what is offered. */
function Fields(props: {
  subscription: Subscription;
  offered: Offered;
  change: ReturnType<typeof useChangePlan>;
}) {
  const { subscription, offered, change } = props;
  const { product } = offered;
  const { form, plan, plans, when, errors, busy } = change;
  const t = useT();
  const reasonId = useUniqueId('change-reason');
  const from = subscription.plan;
  if (plans.length === 0) {
    return <Typography>{t('planChange.noOther')}</Typography>;
  }
  const before = product.terms.filter(terms =>
    offered.accepted.includes(termsKey(terms)),
  );
  return (
    <>
      <PlanFields
        product={{ ...product, plans }}
        value={plan?.ref}
        error={errors.plan}
        disabled={busy}
        onChange={ref => change.change({ plan: ref, when: undefined })}
      />
      {plan && <OfferedComparison product={product} from={from} to={plan} />}
      {plan && when && (
        <WhenField
          from={from}
          to={plan}
          value={when}
          error={errors.when}
          disabled={busy}
          onChange={chosen => change.change({ when: chosen })}
        />
      )}
      <TermsFields
        terms={product.terms.filter(terms => !before.includes(terms))}
        accepted={form.accepted}
        error={errors.acceptedTerms}
        disabled={busy}
        onChange={accepted => change.change({ accepted })}
      />
      {before.length > 0 && (
        <Typography variant="body2" color="textSecondary">
          {t('planChange.accepted', {
            terms: before
              .map(({ name, version }) => `${name} (${version})`)
              .join(', '),
          })}
        </Typography>
      )}
      <TextField
        id={reasonId}
        label={t('requestAccess.reason')}
        multiline
        fullWidth
        margin="normal"
        value={form.reason}
        disabled={busy}
        error={errors.reason !== undefined}
        helperText={
          errors.reason ??
          (plan?.approval.mode === 'manual'
            ? t('requestAccess.reasonManual', { owner: refName(product.owner) })
            : t('requestAccess.reasonAuto'))
        }
        inputProps={{ maxLength: 4000 }}
        onChange={event => change.change({ reason: event.target.value })}
      />
      <Typography variant="body2" role="status">
        {plan && (
          <ChangeOutcome product={product} from={from} to={plan} when={when} />
        )}
      </Typography>
    </>
  );
}
