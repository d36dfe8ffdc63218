import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Problem } from '../shared';
import { RevealGone } from './RevealGone';
import { ShownSecret } from './ShownSecret';
import type { Reveal } from './useReveal';

/** The inside of a dialog that shows a secret once: asks first, shows it, or says why it is too late. */
export function RevealPanel(props: {
  reveal: Reveal;
  subscription: Subscription;
  credential: Credential;
  /** Closes without having seen the key, or after it was too late. */
  onClose: () => void;
  /** The key has been seen and stored. */
  onStored: () => void;
  /** A new key is being made; what, in words. */
  onReplaced: (what: string) => void;
}) {
  const { reveal, subscription, credential } = props;
  const { onClose, onStored, onReplaced } = props;
  const t = useT();
  const { state } = reveal;

  if (state.step === 'gone') {
    return (
      <RevealGone
        subscription={state.now ?? subscription}
        credential={credential.id}
        onClose={onClose}
        onReplaced={onReplaced}
      />
    );
  }
  if (state.step === 'shown') {
    return (
      <ShownSecret
        secret={state.secret}
        endpoint={subscription.usage?.endpoint}
        onStored={onStored}
      />
    );
  }
  return (
    <>
      <DialogContent>
        <Typography variant="subtitle1" component="p">
          <strong>{t('myAccess.reveal.once')}</strong>
        </Typography>
        <DialogContentText>{t('myAccess.reveal.explain')}</DialogContentText>
        <Problem title={t('myAccess.reveal.failed')} error={state.error} />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={reveal.busy}>
          {t('myAccess.reveal.cancel')}
        </Button>
        <Button
          color="primary"
          variant="contained"
          disabled={reveal.busy}
          onClick={reveal.show}
        >
          {t(reveal.busy ? 'myAccess.reveal.showing' : 'myAccess.reveal.show')}
        </Button>
      </DialogActions>
    </>
  );
}
