import type { FormEvent } from 'react';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatKeyLifetime,
  type Application,
  type Id,
  type Me,
  type PlanSummary,
  type Product,
  type Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { LIVE } from '../../hooks/subscriptionStates';
import { useResource } from '../../hooks/useResource';
import { useRoute } from '../../hooks/useRoute';
import { useT } from '../../hooks/useT';
import { myAccessRouteRef } from '../../routes';
import { Link } from '../backstage';
import { Problem } from '../shared';
import { ApplicationFields } from './ApplicationFields';
import { PlanFields } from './PlanFields';
import type { RequestForm } from './requestForm';
import { TermsFields } from './TermsFields';
import type { useRequestAccess } from './useRequestAccess';

/** Says before anything is sent what will happen. */
function Outcome({ product, plan }: { product: Product; plan: PlanSummary }) {
  const t = useT();
  const what =
    plan.approval.mode === 'auto'
      ? t('requestAccess.outcomeAuto')
      : t('requestAccess.outcomeManual', { owner: refName(product.owner) });
  const howLong =
    plan.keyLifetime === 'never'
      ? t('requestAccess.keyForever')
      : t('requestAccess.keyEnds', {
          lifetime: formatKeyLifetime(plan.keyLifetime),
        });
  return (
    <>
      {what} {howLong}
    </>
  );
}

/** An application has a product once: it leads to what it has, and to another plan for that. */
function Already(props: {
  product: Product;
  subscription: Subscription;
  onChangePlan: () => void;
}) {
  const { product, subscription, onChangePlan } = props;
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  return (
    <Typography variant="body2" role="status">
      {t('requestAccess.already', {
        application: subscription.application.name,
        product: product.title,
        plan: subscription.plan.title,
      })}{' '}
      {myAccess && (
        <Link
          to={`${myAccess()}?subscription=${encodeURIComponent(
            subscription.id,
          )}`}
        >
          {t('requestAccess.seeAccess')}
        </Link>
      )}
      {subscription.actions.includes('change-plan') && (
        <>
          {' '}
          <Button
            size="small"
            variant="outlined"
            color="primary"
            onClick={onChangePlan}
          >
            {t('planChange.changeInstead')}
          </Button>
        </>
      )}
    </Typography>
  );
}

/** What the application has of the product: of many, the server is asked about the one that was chosen. */
function useAlready(
  product: Product,
  application: Id | undefined,
  has: Subscription[],
  more: boolean,
): Subscription | undefined {
  const api = useApi(apiProductsApiRef);
  const known = has.find(other => other.application.id === application);
  const unknown = more && !known ? application : undefined;
  const { value } = useResource(`has ${product.ref} ${unknown}`, async signal =>
    unknown === undefined
      ? undefined
      : api.listSubscriptions(
          {
            as: 'consumer',
            product: product.ref,
            application: unknown,
            status: LIVE,
            limit: 1,
          },
          { signal },
        ),
  );
  return known ?? value?.items[0];
}

/** The whole form on one page. */
export function RequestAccessForm(props: {
  product: Product;
  applications: Application[];
  /** There are more than these. */
  more: boolean;
  /** What applications have of this product. */
  has: Subscription[];
  me: Me;
  request: ReturnType<typeof useRequestAccess>;
  onCancel: () => void;
  /** Another plan is wanted for what the application has. */
  onChangePlan: (subscription: Subscription, form: RequestForm) => void;
}) {
  const { product, applications, more, has, me, request } = props;
  const { onCancel, onChangePlan } = props;
  const { form, plan, errors, problem, busy, change, submit } = request;
  const t = useT();
  const manual = plan?.approval.mode === 'manual';
  const already = useAlready(product, form.application, has, more);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    submit();
  };
  let send: string = t(
    manual ? 'requestAccess.sendRequest' : 'requestAccess.getAccess',
  );
  if (busy) {
    send = t('requestAccess.busy');
  }

  return (
    <form onSubmit={onSubmit} noValidate>
      <DialogContent>
        <ApplicationFields
          applications={applications}
          more={more}
          me={me}
          form={form}
          errors={errors}
          disabled={busy}
          onChange={change}
        />
        {already && (
          <Already
            product={product}
            subscription={already}
            onChangePlan={() => onChangePlan(already, form)}
          />
        )}
        <PlanFields
          product={product}
          value={form.plan}
          error={errors.plan}
          disabled={busy}
          onChange={ref => change({ plan: ref })}
        />
        {plan?.keysDelayed && (
          <Typography role="alert" color="error">
            {t('requestAccess.delayed', {
              product: product.title,
              plan: plan.title,
              owner: refName(product.owner),
            })}
          </Typography>
        )}
        <TermsFields
          terms={product.terms}
          accepted={form.accepted}
          error={errors.acceptedTerms}
          disabled={busy}
          onChange={accepted => change({ accepted })}
        />
        <TextField
          id="request-access-reason"
          label={t('requestAccess.reason')}
          multiline
          fullWidth
          margin="normal"
          value={form.reason}
          disabled={busy}
          error={errors.reason !== undefined}
          helperText={
            errors.reason ??
            (manual
              ? t('requestAccess.reasonManual', {
                  owner: refName(product.owner),
                })
              : t('requestAccess.reasonAuto'))
          }
          inputProps={{ maxLength: 4000 }}
          onChange={event => change({ reason: event.target.value })}
        />
        <Typography variant="body2" role="status">
          {plan && !already && <Outcome product={product} plan={plan} />}
        </Typography>
        <Problem title={t('requestAccess.failed')} error={problem} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onCancel} disabled={busy}>
          {t('requestAccess.cancel')}
        </Button>
        <Button
          type="submit"
          color="primary"
          variant="contained"
          disabled={busy || already !== undefined || product.plans.length === 0}
        >
          {send}
        </Button>
      </DialogActions>
    </form>
  );
}
