/**
 * Asks for access to one product, in one dialog from the first field to the key: the form, then either the key at once
 * or the word who decides.
 */
import { useEffect, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  Application,
  EntityRef,
  Id,
  Me,
  Product,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { LIVE } from '../../hooks/subscriptionStates';
import { useResource } from '../../hooks/useResource';
import { useSettled } from '../../hooks/useSettled';
import { useT } from '../../hooks/useT';
import { ChangePlanFlow } from '../PlanChange/ChangePlanFlow';
import type { ChangeForm } from '../PlanChange/useChangePlan';
import { ErrorState, LoadingSkeleton, useDiscard } from '../shared';
import { GrantedAccess } from './GrantedAccess';
import { RequestAccessForm } from './RequestAccessForm';
import type { RequestForm } from './requestForm';
import { RequestSent } from './RequestSent';
import { initialForm, useRequestAccess } from './useRequestAccess';

/** Of more applications one is searched for. */
const MOST_APPLICATIONS = 20;

const TITLE_ID = 'request-access-title';

interface RequestAccessDialogProps {
  product: Product;
  /** Ref of the plan that is chosen to begin with. */
  plan?: EntityRef;
  /** The application that is chosen to begin with, if the caller has it. */
  application?: Id;
  onClose: () => void;
  /** Called as soon as the request is made; the dialog goes on until it is closed. */
  onDone?: (request: AccessRequest) => void;
}

/** Asks for access to one product. */
export function RequestAccessDialog(props: RequestAccessDialogProps) {
  const { product, plan, application, onClose, onDone } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [sent, setSent] = useState<AccessRequest>();
  const settled = useSettled(sent ? 'sent' : 'asking');
  const [changing, setChanging] = useState<{
    subscription: Subscription;
    begin: Partial<ChangeForm>;
  }>();
  const [held, setHeld] = useState(false);
  const [filled, setFilled] = useState(false);
  const discard = useDiscard(filled && !sent, onClose);
  const asker = useResource('request-access:asker', async signal => {
    const [me, applications, subscriptions] = await Promise.all([
      api.getMe({ signal }),
      api.listApplications({ limit: MOST_APPLICATIONS }, { signal }),
      api.listSubscriptions(
        { as: 'consumer', product: product.ref, status: LIVE },
        { signal },
      ),
    ]);
    return {
      me,
      applications: applications.items,
      more: applications.pageInfo.nextCursor !== undefined,
      has: subscriptions.items,
    };
  });

  const done = (request: AccessRequest) => {
    setSent(request);
    setHeld(false);
    onDone?.(request);
  };
  let title: string = t('requestAccess.title', { product: product.title });
  if (sent) {
    title = sent.subscription
      ? t('requestAccess.issuingTitle', { product: product.title })
      : t('requestAccess.sentTitle');
  }

  if (changing) {
    return (
      <ChangePlanFlow
        subscriptions={[changing.subscription]}
        begin={changing.begin}
        onClose={onClose}
        onDone={request => onDone?.(request)}
      />
    );
  }
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      scroll="body"
      aria-labelledby={TITLE_ID}
      onClose={(_, reason) => {
        // A click beside a filled form is never meant for it.
        if (!held && !(filled && !sent && reason === 'backdropClick')) {
          discard.close();
        }
      }}
    >
      <DialogTitle id={TITLE_ID}>{title}</DialogTitle>
      {!sent && asker.value && (
        <Ask
          product={product}
          plan={plan}
          application={application}
          me={asker.value.me}
          applications={asker.value.applications}
          more={asker.value.more}
          has={asker.value.has}
          onFilled={setFilled}
          onHold={setHeld}
          onCancel={onClose}
          onChangePlan={(subscription, { plan: wanted, accepted, reason }) =>
            setChanging({
              subscription,
              begin: { plan: wanted, accepted, reason },
            })
          }
          onSent={done}
        />
      )}
      {!sent && !asker.value && (
        <>
          <DialogContent>
            {asker.error ? (
              <ErrorState
                title={t('requestAccess.applicationsFailed')}
                error={asker.error}
                onRetry={asker.reload}
              />
            ) : (
              <LoadingSkeleton variant="text" count={6} />
            )}
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{t('requestAccess.cancel')}</Button>
          </DialogActions>
        </>
      )}
      {sent && (
        // The second half of a double click does not press what the first half has brought.
        <div style={settled ? undefined : { pointerEvents: 'none' }}>
          {sent.subscription ? (
            <GrantedAccess
              subscription={sent.subscription}
              onHold={setHeld}
              onClose={onClose}
            />
          ) : (
            <RequestSent product={product} request={sent} onClose={onClose} />
          )}
        </div>
      )}
      {discard.question}
    </Dialog>
  );
}

function Ask(props: {
  product: Product;
  plan?: EntityRef;
  application?: Id;
  me: Me;
  applications: Application[];
  more: boolean;
  has: Subscription[];
  onFilled: (filled: boolean) => void;
  onHold: (held: boolean) => void;
  onCancel: () => void;
  onChangePlan: (subscription: Subscription, form: RequestForm) => void;
  onSent: (request: AccessRequest) => void;
}) {
  const { product, plan, me, applications, more, has, onCancel, onSent } =
    props;
  const { onFilled, onHold, onChangePlan } = props;
  // The likely one: the first that does not have the product yet.
  const likely =
    applications.find(({ id }) => id === props.application) ??
    applications.find(
      ({ id }) => !has.some(({ application }) => application.id === id),
    );
  const request = useRequestAccess(
    product,
    initialForm(product, me, { plan, application: likely?.id }),
    onSent,
    onHold,
  );
  const { filled } = request;
  useEffect(() => onFilled(filled), [onFilled, filled]);
  return (
    <RequestAccessForm
      product={product}
      applications={applications}
      more={more}
      has={has}
      me={me}
      request={request}
      onCancel={onCancel}
      onChangePlan={onChangePlan}
    />
  );
}
