import { useState, type ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName, RelativeTime, StatusText, TimeLeft } from '../shared';
import { StateText } from '../Subscriptions/StateText';
import { Trouble } from '../Subscriptions/Trouble';
import { endsSoon } from './holdings';
import { Overlapping } from './Overlapping';
import { RevealDialog } from './RevealDialog';
import { RevokeDialog } from './RevokeDialog';
import { RotateDialog } from './RotateDialog';

/** What is known of a key, part by part; never the key. */
function Facts({ credential }: { credential: Credential }) {
  const t = useT();
  const { lastFour, expiresAt, revealed, revealUntil, actions } = credential;
  const expiry = () => {
    if (!expiresAt) {
      return t('myAccess.key.neverExpires');
    }
    if (credential.status === 'expired') {
      return (
        <>
          {t('myAccess.key.expired')} <RelativeTime at={expiresAt} />
        </>
      );
    }
    const words = (
      <>
        {t('myAccess.key.expires')} <TimeLeft at={expiresAt} />
      </>
    );
    return endsSoon(credential) ? (
      <StatusText tone="warning">{words}</StatusText>
    ) : (
      words
    );
  };
  const facts: [string, ReactNode][] = [
    ['expiry', expiry()],
    [
      'made',
      <>
        {t('myAccess.key.madeBy', {
          person: <EntityName entityRef={credential.createdBy} />,
        })}{' '}
        <RelativeTime at={credential.createdAt} />
      </>,
    ],
  ];
  if (lastFour) {
    const word = credential.kind === 'basic' ? 'passwordLastFour' : 'lastFour';
    facts.unshift(['lastFour', t(`myAccess.key.${word}`, { lastFour })]);
  }
  if (revealed) {
    facts.push([
      'revealed',
      <>
        {t('myAccess.key.revealedBy', {
          person: <EntityName entityRef={revealed.by} />,
        })}{' '}
        <RelativeTime at={revealed.at} />
      </>,
    ]);
  }
  if (revealUntil && actions.includes('reveal')) {
    facts.push([
      'until',
      <>
        {t('myAccess.key.revealUntil')} <RelativeTime at={revealUntil} />
      </>,
    ]);
  }
  return (
    <>
      {facts.map(([name, fact], index) => (
        <span key={name}>
          {index > 0 && ' · '}
          {fact}
        </span>
      ))}
    </>
  );
}

/** A key that is as it should be is refused all the same while its subscription is suspended. */
const statusOf = (
  { status: of }: Subscription,
  { status }: Credential,
): Subscription['status'] | Credential['status'] =>
  of === 'suspended' && status === 'active' ? 'suspended' : status;

/** One key: what it is, how it stands, and what its holder may do with it. */
export function CredentialRow(props: {
  subscription: Subscription;
  credential: Credential;
  onChanged: (what?: string) => void;
}) {
  const { subscription, credential, onChanged } = props;
  const t = useT();
  const [open, setOpen] = useState<'reveal' | 'revoke' | 'rotate'>();
  const { name, actions, revocation, cutOffAt } = credential;
  const successor = subscription.credentials.find(
    ({ id }) => id === credential.replacedBy,
  )?.name;
  const isSuperseded = credential.status === 'superseded';
  const close = () => setOpen(undefined);
  const changed = (what?: string) => {
    close();
    onChanged(what);
  };

  return (
    <Box
      component="li"
      display="flex"
      flexWrap="wrap"
      alignItems="center"
      gridGap={8}
      py={0.5}
    >
      <Box flex="1 1 300px" minWidth={0}>
        <Typography variant="body2" component="div">
          <strong>{t('myAccess.key.name', { name })}</strong>{' '}
          <StateText
            status={statusOf(subscription, credential)}
            lastError={
              subscription.status === 'failed'
                ? undefined
                : credential.lastError
            }
          />
        </Typography>
        <Typography variant="body2" color="textSecondary" component="div">
          <Facts credential={credential} />
        </Typography>
        {successor && isSuperseded && cutOffAt && (
          <Typography variant="body2" component="div">
            <StatusText tone="warning">
              {t('myAccess.key.replacedBy', { name: successor })}{' '}
              <TimeLeft at={cutOffAt} />
            </StatusText>
          </Typography>
        )}
        {successor && credential.status === 'active' && (
          <Typography variant="body2" color="textSecondary">
            {t('myAccess.key.toBeReplacedBy', { name: successor })}
          </Typography>
        )}
        {credential.revocationWarning && (
          <Typography variant="body2" color="textSecondary">
            {t('myAccess.key.revocationWarning', {
              message: credential.revocationWarning,
            })}
          </Typography>
        )}
        {credential.status !== 'failed' && (
          <Trouble
            lastError={revocation?.message ?? credential.lastError}
            nextTryAt={credential.nextTryAt}
          />
        )}
        {revocation && revocation.revivals > 0 && (
          <Typography variant="body2" color="textSecondary">
            {t('myAccess.key.revivals', { count: revocation.revivals })}
          </Typography>
        )}
      </Box>
      {actions.includes('reveal') && (
        <Button
          size="small"
          variant="outlined"
          color="primary"
          aria-label={t('myAccess.key.revealLabel', { name })}
          onClick={() => setOpen('reveal')}
        >
          {t('myAccess.key.reveal')}
        </Button>
      )}
      {actions.includes('rotate') && (
        <Button
          size="small"
          variant={endsSoon(credential) ? 'outlined' : 'text'}
          color={endsSoon(credential) ? 'primary' : 'default'}
          aria-label={t('myAccess.key.rotateLabel', { name })}
          onClick={() => setOpen('rotate')}
        >
          {t('myAccess.key.rotate')}
        </Button>
      )}
      <Overlapping
        credential={credential}
        successor={successor ?? ''}
        onChanged={changed}
      />
      {actions.includes('revoke') && !isSuperseded && (
        <Button
          size="small"
          aria-label={t('myAccess.key.revokeLabel', { name })}
          onClick={() => setOpen('revoke')}
        >
          {t('myAccess.key.revoke')}
        </Button>
      )}
      {open === 'reveal' && (
        <RevealDialog
          subscription={subscription}
          credential={credential}
          onClose={() => changed()}
          onReplaced={changed}
        />
      )}
      {open === 'rotate' && (
        <RotateDialog
          subscription={subscription}
          credential={credential}
          onClose={close}
          onStarted={changed}
        />
      )}
      {open === 'revoke' && (
        <RevokeDialog
          credential={credential}
          onClose={close}
          onStarted={() => changed(t('myAccess.revoke.started', { name }))}
        />
      )}
    </Box>
  );
}
