import { useState } from 'react';
import Dialog from '@material-ui/core/Dialog';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useSettled } from '../../hooks/useSettled';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Said, SentActions } from '../shared';
import {
  ChangePlanDialog,
  type ChangePlanDialogProps,
} from './ChangePlanDialog';
import { useAskedWords } from './useAskedWords';

/** Where no row of the page says what becomes of it: the dialog, and then another that does. */
export function ChangePlanFlow(props: ChangePlanDialogProps) {
  const { onClose, onDone } = props;
  const [sent, setSent] = useState<AccessRequest>();
  const settled = useSettled(sent ? 'sent' : 'asking');
  return sent ? (
    <Sent request={sent} settled={settled} onClose={onClose} />
  ) : (
    <ChangePlanDialog
      {...props}
      onDone={request => {
        setSent(request);
        onDone(request);
      }}
    />
  );
}

function Sent(props: {
  request: AccessRequest;
  /** Whether a click is meant for it by now. */
  settled: boolean;
  onClose: () => void;
}) {
  const { request, settled, onClose } = props;
  const t = useT();
  const askedWords = useAskedWords();
  const titleId = useUniqueId('plan-change-sent');
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={() => {
        if (settled) {
          onClose();
        }
      }}
    >
      <DialogTitle id={titleId}>{t('planChange.sentTitle')}</DialogTitle>
      <DialogContent>
        <Said words={askedWords(request)} />
      </DialogContent>
      <SentActions request={request} inert={!settled} onClose={onClose} />
    </Dialog>
  );
}
