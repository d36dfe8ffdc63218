import Button from '@material-ui/core/Button';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import Typography from '@material-ui/core/Typography';
import type { Credential } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName, Problem, RelativeTime } from '../shared';
import type { Reveal } from './useReveal';

/** The secret was shown before: who saw it, when, and what to do if it is lost. @internal */
export function RevealGone(props: {
  reveal: Reveal;
  credential?: Credential;
  mayIssue: boolean;
  onClose: () => void;
  onReplaced: (credential: Credential) => void;
}) {
  const { reveal, credential, mayIssue, onClose, onReplaced } = props;
  const t = useT();
  const revealed = credential?.revealed;

  const replace = async () => {
    const issued = await reveal.replace();
    if (issued) {
      onReplaced(issued);
    }
  };

  return (
    <>
      <DialogContent>
        <Typography variant="subtitle1" component="p" role="alert">
          <strong>{t('myAccess.reveal.goneTitle')}</strong>
        </Typography>
        <DialogContentText component="p">
          {revealed ? (
            <>
              {t('myAccess.reveal.goneBy', {
                person: <EntityName entityRef={revealed.by} />,
              })}{' '}
              <RelativeTime at={revealed.at} />
            </>
          ) : (
            t('myAccess.reveal.gonePlain')
          )}
        </DialogContentText>
        {mayIssue && (
          <DialogContentText>{t('myAccess.reveal.lost')}</DialogContentText>
        )}
        <Problem
          title={t('myAccess.key.issueFailed')}
          error={reveal.replaceError}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={reveal.replacing}>
          {t('myAccess.reveal.close')}
        </Button>
        {mayIssue && (
          <Button
            color="primary"
            variant="contained"
            disabled={reveal.replacing}
            onClick={replace}
          >
            {t(
              reveal.replacing
                ? 'myAccess.reveal.replacing'
                : 'myAccess.reveal.replace',
            )}
          </Button>
        )}
      </DialogActions>
    </>
  );
}
