import Dialog from '@material-ui/core/Dialog';
import DialogTitle from '@material-ui/core/DialogTitle';
import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { RevealPanel } from './RevealPanel';
import { useReveal } from './useReveal';

/** Shows the secret of a key once. While it is on the screen neither Escape nor a click beside the dialog closes it. */
export function RevealDialog(props: {
  subscription: Subscription;
  credential: Credential;
  onClose: () => void;
  onReplaced: (what: string) => void;
}) {
  const { subscription, credential, onClose, onReplaced } = props;
  const t = useT();
  const reveal = useReveal(subscription, credential);
  const held = reveal.busy || reveal.state.step === 'shown';

  return (
    <Dialog
      open
      fullWidth
      maxWidth="sm"
      aria-labelledby="reveal-dialog-title"
      onClose={held ? undefined : onClose}
    >
      <DialogTitle id="reveal-dialog-title">
        {t('myAccess.reveal.title', { name: credential.name })}
      </DialogTitle>
      <RevealPanel
        reveal={reveal}
        subscription={subscription}
        credential={credential}
        onClose={onClose}
        onStored={onClose}
        onReplaced={onReplaced}
      />
    </Dialog>
  );
}
