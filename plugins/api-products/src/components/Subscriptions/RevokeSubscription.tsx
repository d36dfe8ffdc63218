import { useState } from 'react';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/core-plugin-api';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ConfirmDialog } from '../shared';

/** Ends a subscription with all of its keys, after saying what that means. */
export function RevokeSubscription(props: {
  subscription: Subscription;
  /** What the button says, where it is not by itself. */
  button?: string;
  disabled?: boolean;
  /** It has begun; what, in words. */
  onStarted: (what: string) => void;
}) {
  const { subscription, button, disabled, onStarted } = props;
  const application = subscription.application.name;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const id = useUniqueId('revoke-reason');
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const product = subscription.products.map(({ title }) => title).join(', ');
  return (
    <>
      <Button
        size="small"
        aria-label={t('myAccess.revokeSubscription.label', {
          product,
          plan: subscription.plan.title,
          application,
        })}
        disabled={disabled}
        onClick={() => setOpen(true)}
      >
        {button ?? t('myAccess.revokeSubscription.button')}
      </Button>
      {open && (
        <ConfirmDialog
          title={t('myAccess.revokeSubscription.title', {
            product,
            application,
          })}
          confirm={t('myAccess.revokeSubscription.confirm')}
          busy={t('myAccess.revokeSubscription.busy')}
          cancel={t('myAccess.revokeSubscription.cancel')}
          failed={t('myAccess.revokeSubscription.failed')}
          filled={reason !== ''}
          onConfirm={async () => {
            const said = reason.trim();
            await api.revokeSubscription(
              subscription.id,
              said ? { reason: said } : {},
            );
            setOpen(false);
            onStarted(t('myAccess.revokeSubscription.started', { product }));
          }}
          onClose={() => setOpen(false)}
        >
          <DialogContentText>
            {t('myAccess.revokeSubscription.explain')}
          </DialogContentText>
          <DialogContentText>
            {t('myAccess.revoke.confirmExplain')}
          </DialogContentText>
          <TextField
            id={id}
            label={t('myAccess.revokeSubscription.reason')}
            helperText={t('myAccess.revokeSubscription.reasonHelp')}
            fullWidth
            multiline
            value={reason}
            inputProps={{ maxLength: 4000 }}
            onChange={event => setReason(event.target.value)}
          />
        </ConfirmDialog>
      )}
    </>
  );
}
