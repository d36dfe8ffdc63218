import { useEffect, useRef, useState, type ReactElement } from 'react';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/core-plugin-api';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ConfirmDialog, EntityName } from '../shared';
import { namesOf } from './namesOf';

interface SuspendDialogProps {
  subscription: Subscription;
  onSuspended: () => void;
  onRefused: () => void;
  onClose: () => void;
}

/** Has the focus when it appears, and again when it was left empty; inside the dialog, because it is drawn after it. */
function ReasonField(props: {
  owner: ReactElement;
  value: string;
  /** How often it was sent without a reason. */
  missed: number;
  onChange: (value: string) => void;
}) {
  const { owner, value, missed, onChange } = props;
  const t = useT();
  const id = useUniqueId('suspend-reason');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), [missed]);
  const complains = missed > 0 && value.trim() === '';
  return (
    <TextField
      id={id}
      label={t('subscriptions.suspend.reason')}
      required
      fullWidth
      multiline
      inputRef={field}
      value={value}
      error={complains}
      helperText={
        complains
          ? t('subscriptions.suspend.reasonMissing', { owner })
          : t('subscriptions.suspend.reasonHelp')
      }
      inputProps={{ maxLength: 4000 }}
      onChange={event => onChange(event.target.value)}
    />
  );
}

/** Says what it does, and asks why: the reason is all that the consumer has to go on. */
function SuspendDialog(props: SuspendDialogProps) {
  const { subscription, onSuspended, onRefused, onClose } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [reason, setReason] = useState('');
  const [missed, setMissed] = useState(0);
  const said = reason.trim();
  const owner = <EntityName entityRef={subscription.application.owner} />;

  const suspend = async () => {
    if (said === '') {
      setMissed(count => count + 1);
      return;
    }
    try {
      await api.suspendSubscription(subscription.id, { reason: said });
    } catch (error) {
      onRefused();
      throw error;
    }
    onSuspended();
  };

  return (
    <ConfirmDialog
      title={t('subscriptions.suspend.title', namesOf(subscription))}
      confirm={t('subscriptions.suspend.confirm')}
      busy={t('subscriptions.suspend.busy')}
      failed={t('subscriptions.suspend.failed')}
      filled={said !== ''}
      onConfirm={suspend}
      onClose={onClose}
    >
      <DialogContentText>
        {t('subscriptions.suspend.explain')}
      </DialogContentText>
      <DialogContentText>
        {t('subscriptions.suspend.keeps', { owner })}
      </DialogContentText>
      <ReasonField
        owner={owner}
        value={reason}
        missed={missed}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

/** Has the gateway refuse the keys of a subscription until it is resumed. */
export function SuspendSubscription(props: {
  subscription: Subscription;
  disabled: boolean;
  /** It has begun; what, in words. */
  onStarted: (what: string) => void;
  /** It was refused: what is shown may be old. */
  onRefused: () => void;
}) {
  const { subscription, disabled, onStarted, onRefused } = props;
  const t = useT();
  // As it was when the dialog opened: nothing in it changes while it is filled in, and it stays when it was refused.
  const [asked, setAsked] = useState<Subscription>();
  const close = () => setAsked(undefined);
  return (
    <>
      {subscription.actions.includes('suspend') && (
        <Button
          size="small"
          disabled={disabled}
          aria-label={t('subscriptions.suspend.label', namesOf(subscription))}
          onClick={() => setAsked(subscription)}
        >
          {t('subscriptions.suspend.button')}
        </Button>
      )}
      {asked && (
        <SuspendDialog
          subscription={asked}
          onSuspended={() => {
            close();
            onStarted(t('subscriptions.suspend.started', namesOf(asked)));
          }}
          onRefused={onRefused}
          onClose={close}
        />
      )}
    </>
  );
}
