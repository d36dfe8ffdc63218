import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useAction } from '../../hooks/useAction';
import { useCloseOnLeave } from '../../hooks/useCloseOnLeave';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Problem } from './Problem';
import { useDiscard } from './useDiscard';

interface ConfirmDialogProps {
  title: string;
  /** What will happen. */
  children: ReactNode;
  confirm: string;
  /** In the button's place while it happens. */
  busy: string;
  cancel?: string;
  /** What to say when it did not happen. */
  failed: string;
  /** Whether something is filled in that Esc, back or reload would lose. */
  filled?: boolean;
  /** Keeps the button from being pressed. */
  disabled?: boolean;
  onConfirm: () => Promise<void>;
  onClose: () => void;
}

/** Says what something does before it is done, and stays with the reason when it was not. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, children, confirm, failed, onConfirm, onClose } = props;
  const t = useT();
  const titleId = useUniqueId('confirm');
  const { run, busy, error } = useAction(onConfirm);
  const filled = props.filled ?? false;
  const discard = useDiscard(filled, onClose);
  useCloseOnLeave(onClose);
  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby={titleId}
      onClose={(_, reason) => {
        // A click beside a filled form is never meant for it.
        if (!busy && !(filled && reason === 'backdropClick')) {
          discard.close();
        }
      }}
    >
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault();
          run();
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {children}
          <Problem title={failed} error={error} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {props.cancel ?? t('shared.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={busy || props.disabled}
          >
            {busy ? props.busy : confirm}
          </Button>
        </DialogActions>
      </form>
      {discard.question}
    </Dialog>
  );
}
