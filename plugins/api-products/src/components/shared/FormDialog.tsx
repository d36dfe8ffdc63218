import { useEffect, useRef, type ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Problem } from './Problem';

const focusFirst = (form: HTMLFormElement | null, selector: string) =>
  form?.querySelector<HTMLElement>(selector)?.focus();

/** @internal */
export interface FormDialogProps {
  title: string;
  submit: string;
  /** In the button's place while it is on its way. */
  submitting: string;
  busy: boolean;
  /** A refusal that concerns no field that is on the screen, and what to call it. */
  problem?: Error;
  failed: string;
  /** How often the form was refused: each time the first field with an error gets the focus. */
  refusals: number;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** A form in a dialog; nothing that was filled in is lost by a refusal. @internal */
export function FormDialog(props: FormDialogProps) {
  const { title, busy, refusals, onSubmit, onClose } = props;
  const t = useT();
  const titleId = useUniqueId('form');
  const form = useRef<HTMLFormElement>(null);
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));

  useEffect(
    () => focusFirst(form.current, 'input:not(:disabled), select, textarea'),
    [],
  );
  useEffect(() => {
    if (refusals > 0) {
      focusFirst(form.current, '[aria-invalid="true"]');
    }
  }, [refusals]);

  return (
    <Dialog
      open
      fullWidth
      fullScreen={narrow}
      maxWidth="sm"
      scroll="body"
      aria-labelledby={titleId}
      onClose={(_, reason) => {
        // A click beside the dialog must not throw away what was filled in.
        if (!busy && reason === 'escapeKeyDown') {
          onClose();
        }
      }}
    >
      <form
        ref={form}
        noValidate
        onSubmit={event => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {props.children}
          <Problem title={props.failed} error={props.problem} />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('shared.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={busy}
          >
            {busy ? props.submitting : props.submit}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
