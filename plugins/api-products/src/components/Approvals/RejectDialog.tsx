import { useEffect, useRef, useState } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { Problem, useDiscard } from '../shared';
import { useT } from '../../hooks/useT';

/** A rejection needs a comment: it is all that the requester has to go on. Several have one for all. */
export function RejectDialog(props: {
  requests: AccessRequest[];
  busy: boolean;
  error?: Error;
  onReject: (comment: string) => void;
  onClose: () => void;
}) {
  const { requests, busy, error, onReject, onClose } = props;
  const t = useT();
  const [comment, setComment] = useState('');
  const [checked, setChecked] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const whose = {
    requester: requests.map(({ requester }) => refName(requester))[0],
    count: requests.length,
  };
  const missing = comment.trim() === '';
  const complains = checked && missing;
  const discard = useDiscard(!missing, onClose);

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby="reject-dialog-title"
      onClose={(_, reason) => {
        if (!busy && reason === 'escapeKeyDown') {
          discard.close();
        }
      }}
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault();
          setChecked(true);
          if (!missing) {
            onReject(comment.trim());
          }
        }}
      >
        <DialogTitle id="reject-dialog-title">
          {t('approvals.rejectDialog.title', { count: requests.length })}
        </DialogTitle>
        <DialogContent>
          <DialogContentText>
            {t('approvals.rejectDialog.explain', whose)}
          </DialogContentText>
          <TextField
            id="reject-comment"
            label={t('approvals.rejectDialog.comment')}
            required
            inputRef={field}
            multiline
            fullWidth
            value={comment}
            disabled={busy}
            error={complains}
            helperText={
              complains
                ? t('approvals.rejectDialog.commentMissing', whose)
                : t('approvals.rejectDialog.commentHelp')
            }
            inputProps={{ maxLength: 4000 }}
            onChange={event => setComment(event.target.value)}
          />
          <Problem title={t('approvals.decide.failed')} error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('approvals.rejectDialog.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={busy}
          >
            {busy
              ? t('approvals.rejectDialog.busy')
              : t('approvals.rejectDialog.confirm', {
                  count: requests.length,
                })}
          </Button>
        </DialogActions>
      </form>
      {discard.question}
    </Dialog>
  );
}
