import { useState } from 'react';
import DialogContentText from '@material-ui/core/DialogContentText';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { ConfirmDialog } from '../shared';
import { KeyNameField } from './KeyNameField';
import { chosen, durationOf, rotationChoices } from './overlap';
import { OverlapFields } from './OverlapFields';

/** Asks how long the old key goes on, and says what happens before and after. */
export function RotateDialog(props: {
  subscription: Subscription;
  credential: Credential;
  onClose: () => void;
  /** The new one is being made; what, in words. */
  onStarted: (what: string) => void;
}) {
  const { subscription, credential, onClose, onStarted } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const id = useUniqueId('rotate');
  const [begun] = useState(() => chosen(subscription.rotationOverlap));
  const [overlap, setOverlap] = useState(begun);
  const [name, setName] = useState('');
  const old = credential.name;
  return (
    <ConfirmDialog
      title={t('myAccess.rotate.title', { name: old })}
      confirm={t('myAccess.rotate.confirm')}
      busy={t('myAccess.rotate.busy')}
      failed={t('myAccess.rotate.failed')}
      filled={name !== '' || overlap !== begun}
      disabled={durationOf(overlap) === undefined}
      onConfirm={async () => {
        const made = await api.rotateCredential(credential.id, {
          overlap: durationOf(overlap),
          name: name.trim() || undefined,
        });
        onStarted(t('myAccess.rotate.started', { name: made.name, old }));
      }}
      onClose={onClose}
    >
      <DialogContentText>
        {t('myAccess.rotate.explain', { old })}
      </DialogContentText>
      <DialogContentText>{t('myAccess.rotate.quota')}</DialogContentText>
      <OverlapFields
        legend={t('myAccess.rotate.overlap', { old })}
        choices={rotationChoices(subscription.rotationOverlap)}
        value={overlap}
        onChange={setOverlap}
      />
      <KeyNameField id={`${id}-name`} value={name} onChange={setName} />
    </ConfirmDialog>
  );
}
