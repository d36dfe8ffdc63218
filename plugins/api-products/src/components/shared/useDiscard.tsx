import { useEffect, useRef, useState, type ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { useLeaveGuard } from '../../hooks/useLeaveGuard';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';

function Question(props: { onKeep: () => void; onDiscard: () => void }) {
  const t = useT();
  const titleId = useUniqueId('discard');
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => keep.current?.focus(), []);
  return (
    <Dialog open maxWidth="xs" aria-labelledby={titleId} onClose={props.onKeep}>
      <DialogTitle id={titleId}>{t('shared.discard.title')}</DialogTitle>
      <DialogContent>{t('shared.discard.explain')}</DialogContent>
      <DialogActions>
        <Button onClick={props.onDiscard}>{t('shared.discard.discard')}</Button>
        <Button
          ref={keep}
          color="primary"
          variant="contained"
          onClick={props.onKeep}
        >
          {t('shared.discard.keep')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/**
 * What is filled in is not thrown away without asking, whether by Esc, by back or by reload.
 *
 * @param filled - whether there is something to lose
 * @returns how to close a form, and the question to draw inside its dialog
 */
export function useDiscard(
  filled: boolean,
  onClose: () => void,
): { close: () => void; question: ReactNode } {
  const [asking, setAsking] = useState(false);
  useLeaveGuard(filled, () => setAsking(true));
  return {
    close: filled ? () => setAsking(true) : onClose,
    question: asking && (
      <Question onKeep={() => setAsking(false)} onDiscard={onClose} />
    ),
  };
}
