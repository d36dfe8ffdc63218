import { useState } from 'react';
import Button from '@material-ui/core/Button';
import DialogContentText from '@material-ui/core/DialogContentText';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import { useApi } from '@backstage/core-plugin-api';
import type { Id, Subscription } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ConfirmDialog } from '../shared';
import { KeyNameField } from './KeyNameField';

const NONE = '';
const productOf = ({ products }: Subscription): string =>
  products.map(({ title }) => title).join(', ');

/** One more key, after asking what it is called and whether it stands in for one that is lost. */
export function IssueKey(props: {
  subscription: Subscription;
  /** It is being made; what, in words. */
  onStarted: (what: string) => void;
}) {
  const { subscription, onStarted } = props;
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        size="small"
        aria-label={t('myAccess.key.issueLabel', {
          product: productOf(subscription),
        })}
        onClick={() => setOpen(true)}
      >
        {t('myAccess.key.issue')}
      </Button>
      {open && (
        <IssueDialog
          subscription={subscription}
          onClose={() => setOpen(false)}
          onStarted={what => {
            setOpen(false);
            onStarted(what);
          }}
        />
      )}
    </>
  );
}

/** Asks what the new key is called, and which other one it stands in for. */
export function IssueDialog(props: {
  subscription: Subscription;
  /** The key that is said to be lost, if it can still be revoked; another answer can be given. */
  lost?: Id;
  onClose: () => void;
  /** It is being made; what, in words. */
  onStarted: (what: string) => void;
}) {
  const { subscription, onClose, onStarted } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const id = useUniqueId('issue');
  const [name, setName] = useState('');
  const replaceable = subscription.credentials.filter(({ actions }) =>
    actions.includes('revoke'),
  );
  const [begun] = useState(
    () => replaceable.find(({ id: key }) => key === props.lost)?.id ?? NONE,
  );
  const [lost, setLost] = useState(begun);
  const replaced = replaceable.find(key => key.id === lost);

  return (
    <ConfirmDialog
      title={t('myAccess.issue.title', { product: productOf(subscription) })}
      confirm={
        replaced
          ? t('myAccess.issue.replace', { name: replaced.name })
          : t('myAccess.issue.confirm')
      }
      busy={t('myAccess.issue.busy')}
      failed={t('myAccess.key.issueFailed')}
      filled={name !== '' || lost !== begun}
      onConfirm={async () => {
        const issued = await api.issueCredential(subscription.id, {
          name: name.trim() || undefined,
          replaces: replaced?.id,
        });
        onStarted(t('myAccess.issue.started', { name: issued.name }));
      }}
      onClose={onClose}
    >
      <DialogContentText>{t('myAccess.issue.explain')}</DialogContentText>
      <KeyNameField id={`${id}-name`} value={name} onChange={setName} />
      {replaceable.length > 0 && (
        <TextField
          id={`${id}-lost`}
          select
          label={t('myAccess.issue.lost')}
          helperText={t('myAccess.issue.lostHelp')}
          fullWidth
          margin="normal"
          value={lost}
          SelectProps={{ displayEmpty: true }}
          InputLabelProps={{ shrink: true }}
          onChange={event => setLost(event.target.value)}
        >
          <MenuItem value={NONE}>{t('myAccess.issue.keepAll')}</MenuItem>
          {replaceable.map(key => (
            <MenuItem key={key.id} value={key.id}>
              {t('myAccess.issue.revoke', { name: key.name })}
            </MenuItem>
          ))}
        </TextField>
      )}
    </ConfirmDialog>
  );
}
