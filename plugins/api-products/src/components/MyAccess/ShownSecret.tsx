import { useCallback, useEffect, useRef, useState, type Ref } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RevealedSecret } from 'backstage-plugin-api-products-common';
import { useLeaveGuard } from '../../hooks/useLeaveGuard';
import { useT } from '../../hooks/useT';
import { useUniqueId } from '../../hooks/useUniqueId';
import { Calls } from './Calls';
import { CopyButton } from './CopyButton';

const useStyles = makeStyles(
  { secret: { fontFamily: 'monospace' } },
  { name: 'ApiProductsShownSecret' },
);

/** A text to take with one, selected when it gets the focus. */
function ToCopy(props: {
  label: string;
  copyLabel: string;
  value: string;
  inputRef?: Ref<HTMLTextAreaElement>;
}) {
  const { label, copyLabel, value, inputRef } = props;
  const classes = useStyles();
  const id = useUniqueId('secret');
  return (
    <>
      <TextField
        id={id}
        label={label}
        value={value}
        multiline
        fullWidth
        margin="normal"
        variant="outlined"
        inputRef={inputRef}
        autoComplete="off"
        onFocus={event => event.target.select()}
        InputProps={{ readOnly: true, className: classes.secret }}
        inputProps={{ spellCheck: false }}
      />
      <CopyButton text={value} label={copyLabel} />
    </>
  );
}

/** The secret, or the user and the password that it is made of, with the command that uses it. */
export function ShownSecret(props: {
  secret: RevealedSecret;
  endpoint?: string;
  onStored: () => void;
}) {
  const { secret, endpoint, onStored } = props;
  const { username, password } = secret;
  const t = useT();
  const field = useRef<HTMLTextAreaElement>(null);
  // The button that had the focus is gone.
  useEffect(() => field.current?.focus(), []);
  const [warned, setWarned] = useState(false);
  const stored = useRef<HTMLButtonElement>(null);
  const warn = useCallback(() => {
    setWarned(true);
    stored.current?.focus();
  }, []);
  useLeaveGuard(true, warn);
  useEffect(() => {
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') {
        warn();
      }
    };
    // Before the dialog, which does nothing and lets nobody else hear of it.
    document.addEventListener('keydown', onKey, { capture: true });
    return () =>
      document.removeEventListener('keydown', onKey, { capture: true });
  }, [warn]);
  const basic = username !== undefined && password !== undefined;
  return (
    <>
      <DialogContent>
        <Typography variant="subtitle1" component="p">
          <strong>{t('myAccess.reveal.once')}</strong>
        </Typography>
        {basic ? (
          <>
            <ToCopy
              label={t('myAccess.reveal.username')}
              copyLabel={t('myAccess.reveal.copyUsername')}
              value={username}
              inputRef={field}
            />
            <ToCopy
              label={t('myAccess.reveal.password')}
              copyLabel={t('myAccess.reveal.copyPassword')}
              value={password}
            />
          </>
        ) : (
          <ToCopy
            label={t('myAccess.reveal.secret')}
            copyLabel={t('myAccess.reveal.copyKey')}
            value={secret.secret}
            inputRef={field}
          />
        )}
        <Box mt={2}>
          <Typography variant="subtitle2" component="h3" gutterBottom>
            {t('myAccess.reveal.curl')}
          </Typography>
          <Calls
            usage={{
              ...secret,
              endpoint,
              headerPrefix: secret.headerValue?.slice(0, -secret.secret.length),
            }}
            presented={
              basic
                ? { user: { name: username, password } }
                : { key: secret.secret }
            }
            copyLabel={t('myAccess.reveal.copyCurl')}
          />
        </Box>
      </DialogContent>
      {warned && (
        <Box px={3} pt={1}>
          <Typography color="error" role="alert">
            {t('myAccess.reveal.warning')}
          </Typography>
        </Box>
      )}
      <DialogActions>
        <Button
          ref={stored}
          color="primary"
          variant="contained"
          onClick={onStored}
        >
          {t('myAccess.reveal.stored')}
        </Button>
      </DialogActions>
    </>
  );
}
