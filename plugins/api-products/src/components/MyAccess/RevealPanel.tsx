import { useEffect, useRef } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Credential,
  RevealedSecret,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { Problem } from '../shared';
import { Command } from './Command';
import { CopyButton } from './CopyButton';
import { curlCommand } from './curl';
import { RevealGone } from './RevealGone';
import type { Reveal } from './useReveal';

const useStyles = makeStyles({ key: { fontFamily: 'monospace' } });

/** The inside of a dialog that shows a secret once: asks first, shows it, or says why it is too late. @internal */
export function RevealPanel(props: {
  reveal: Reveal;
  subscription: Subscription;
  /** Closes without having seen the key, or after it was too late. */
  onClose: () => void;
  /** The key has been seen and stored. */
  onStored: () => void;
  /** A new key is being made in the place of a lost one. */
  onReplaced: (credential: Credential) => void;
}) {
  const { reveal, subscription, onClose, onStored, onReplaced } = props;
  const t = useT();
  const { state } = reveal;

  if (state.step === 'gone') {
    return (
      <RevealGone
        reveal={reveal}
        credential={state.credential}
        mayIssue={subscription.actions.includes('issue-credential')}
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

function ShownSecret(props: {
  secret: RevealedSecret;
  endpoint?: string;
  onStored: () => void;
}) {
  const { secret, endpoint, onStored } = props;
  const t = useT();
  const classes = useStyles();
  const field = useRef<HTMLTextAreaElement>(null);
  // The button that had the focus is gone.
  useEffect(() => field.current?.focus(), []);
  return (
    <>
      <DialogContent>
        <Typography variant="subtitle1" component="p">
          <strong>{t('myAccess.reveal.once')}</strong>
        </Typography>
        <TextField
          id="revealed-key"
          label={t('myAccess.reveal.secret')}
          value={secret.secret}
          multiline
          fullWidth
          margin="normal"
          variant="outlined"
          inputRef={field}
          autoComplete="off"
          onFocus={event => event.target.select()}
          InputProps={{ readOnly: true, className: classes.key }}
          inputProps={{ spellCheck: false }}
        />
        <CopyButton text={secret.secret} label={t('myAccess.reveal.copyKey')} />
        <Box mt={2}>
          <Typography variant="subtitle2" component="h3" gutterBottom>
            {t('myAccess.reveal.curl')}
          </Typography>
          {endpoint ? (
            <Command
              command={curlCommand(
                { name: secret.headerName, value: secret.headerValue },
                endpoint,
              )}
              copyLabel={t('myAccess.reveal.copyCurl')}
            />
          ) : (
            <Typography variant="body2">
              {t('myAccess.usage.header', { header: secret.headerName })}{' '}
              {t('myAccess.usage.noEndpoint')}
            </Typography>
          )}
        </Box>
      </DialogContent>
      <DialogActions>
        <Button color="primary" variant="contained" onClick={onStored}>
          {t('myAccess.reveal.stored')}
        </Button>
      </DialogActions>
    </>
  );
}
