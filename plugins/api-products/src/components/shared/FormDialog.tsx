import { useEffect, useRef, type ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import Typography from '@material-ui/core/Typography';
import useMediaQuery from '@material-ui/core/useMediaQuery';
import { useTheme } from '@material-ui/core/styles';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Problem } from './Problem';
import { useDiscard } from './useDiscard';

/** A version of what is edited that somebody else has made meanwhile. */
export interface NewestVersion {
  /** Whether there is one that can be taken. */
  offered: boolean;
  /** Whether it has been taken, and not been saved yet. */
  taken: boolean;
  /** Why it could not be taken. */
  error?: Error;
  take: () => void;
}

export interface FormDialogProps {
  title: string;
  submit: string;
  /** In the button's place while it is on its way. */
  submitting: string;
  busy: boolean;
  /** Keeps the button from being pressed. */
  disabled?: boolean;
  /** Whether something is filled in that closing would lose. */
  filled: boolean;
  /** A refusal that concerns no field that is on the screen, and what to call it. */
  problem?: Error;
  failed: string;
  /** How often the form was refused: each time the first field with an error gets the focus. */
  refusals: number;
  newest?: NewestVersion;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** The form with the focus where it is needed; inside the dialog, because it is drawn after it. */
function FocusedForm(
  props: Pick<FormDialogProps, 'refusals' | 'onSubmit' | 'children'>,
) {
  const { refusals, onSubmit, children } = props;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current
      ?.querySelector<HTMLElement>('input:not(:disabled), select, textarea')
      ?.focus();
  }, []);
  useEffect(() => {
    if (refusals > 0) {
      form.current
        ?.querySelector<HTMLElement>('[aria-invalid="true"]')
        ?.focus();
    }
  }, [refusals]);
  return (
    <form
      ref={form}
      noValidate
      onSubmit={event => {
        event.preventDefault();
        // A dialog opened from a dialog is a form within a form to React, though not to the page.
        event.stopPropagation();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** What to do where somebody else was quicker: the text typed so far is not lost. */
function Newest(props: { newest: NewestVersion; busy: boolean }) {
  const { newest, busy } = props;
  const t = useT();
  return (
    <>
      {newest.offered && (
        <Button
          size="small"
          variant="outlined"
          disabled={busy}
          onClick={() => newest.take()}
        >
          {t('shared.newest.take')}
        </Button>
      )}
      <Problem title={t('shared.newest.failed')} error={newest.error} />
      <Typography variant="body2" role="status">
        {newest.taken && t('shared.newest.taken')}
      </Typography>
    </>
  );
}

/**
 * A form in a dialog; nothing that was filled in is lost by a refusal, by a click beside it, or without a question by
 * Esc, back and reload.
 */
export function FormDialog(props: FormDialogProps) {
  const { title, busy, refusals, newest, onSubmit, onClose } = props;
  const t = useT();
  const titleId = useUniqueId('form');
  const discard = useDiscard(props.filled, onClose);
  const narrow = useMediaQuery(useTheme().breakpoints.down('xs'));

  return (
    <Dialog
      open
      fullWidth
      fullScreen={narrow}
      maxWidth="sm"
      scroll="body"
      aria-labelledby={titleId}
      onClose={(_, reason) => {
        if (!busy && reason === 'escapeKeyDown') {
          discard.close();
        }
      }}
    >
      <FocusedForm refusals={refusals} onSubmit={onSubmit}>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {props.children}
          <Problem title={props.failed} error={props.problem} />
          {newest && <Newest newest={newest} busy={busy} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('shared.cancel')}
          </Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={busy || props.disabled}
          >
            {busy ? props.submitting : props.submit}
          </Button>
        </DialogActions>
      </FocusedForm>
      {discard.question}
    </Dialog>
  );
}
