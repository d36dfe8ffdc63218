import type { ReactNode } from 'react';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { useApi } from '@backstage/core-plugin-api';
import type {
  Credential,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useProgressWords } from '../../hooks/useProgressWords';
import { useSettled } from '../../hooks/useSettled';
import { useT } from '../../hooks/useT';
import { EntityName, Problem, RelativeTime, Said } from '../shared';
import { namesOf } from './namesOf';
import { RevokeSubscription } from './RevokeSubscription';
import { SubscriptionState } from './SubscriptionState';
import { SuspendSubscription } from './SuspendSubscription';
import { Trouble } from './Trouble';

/** Keys that are somebody's, by what they are told apart by. */
function Keys({ credentials }: { credentials: Credential[] }) {
  const t = useT();
  const keys = credentials
    .filter(({ status }) => status !== 'revoked' && status !== 'expired')
    .map(({ name, lastFour }) =>
      lastFour
        ? t('subscriptions.keyEndsIn', { name, lastFour })
        : t('subscriptions.key', { name }),
    );
  return <>{keys.length > 0 ? keys.join(', ') : t('subscriptions.noKey')}</>;
}

interface SubscriptionRowProps {
  subscription: Subscription;
  /** Beside the plan, where subscriptions to several products are listed. */
  withProduct: boolean;
  /** How often something was done in the list: for a moment after that no button of it does anything. */
  done: number;
  /** Something was done here. */
  onDone: () => void;
  /** What is shown may be old. */
  onStale: () => void;
}

/** A subscription as its owner sees it, with what they may do about it. */
export function SubscriptionRow(props: SubscriptionRowProps) {
  const { subscription, withProduct, done, onDone, onStale } = props;
  const { status, application, plan, actions, credentials } = subscription;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [words, say] = useProgressWords(subscription);
  const settled = useSettled(`${done} ${actions}`);
  const started = (what: string) => {
    say(what);
    onDone();
  };
  const names = namesOf(subscription);
  const resume = useAction(async () => {
    try {
      await api.resumeSubscription(subscription.id);
    } catch (error) {
      onStale();
      throw error;
    }
    started(t('subscriptions.resume.started', names));
  });

  const cells: [string, ReactNode][] = [
    ['owner', <EntityName entityRef={application.owner} link />],
    ...(withProduct
      ? [['product', names.product] satisfies [string, ReactNode]]
      : []),
    ['plan', plan.title],
    [
      'status',
      <Box minWidth={200}>
        <SubscriptionState subscription={subscription} />
        {status !== 'failed' && (
          <Trouble
            lastError={subscription.lastError}
            nextTryAt={subscription.nextTryAt}
          />
        )}
        <Said words={words} />
      </Box>,
    ],
    ['since', <RelativeTime at={subscription.createdAt} />],
    ['keys', <Keys credentials={credentials} />],
    ['requester', <EntityName entityRef={subscription.requester} link />],
  ];
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        {application.name}
      </TableCell>
      {cells.map(([name, cell]) => (
        <TableCell key={name}>{cell}</TableCell>
      ))}
      <TableCell>
        <Box display="flex" flexWrap="wrap">
          <SuspendSubscription
            subscription={subscription}
            disabled={!settled}
            onStarted={started}
            onRefused={onStale}
          />
          {actions.includes('resume') && (
            <Button
              size="small"
              disabled={!settled || resume.busy}
              aria-label={t('subscriptions.resume.label', names)}
              onClick={() => resume.run()}
            >
              {t(
                resume.busy
                  ? 'subscriptions.resume.busy'
                  : 'subscriptions.resume.button',
              )}
            </Button>
          )}
          {actions.includes('revoke') && (
            <RevokeSubscription
              subscription={subscription}
              button={t('subscriptions.revoke')}
              disabled={!settled}
              onStarted={started}
            />
          )}
        </Box>
        <Problem
          title={t('subscriptions.resume.failed')}
          error={resume.error}
        />
      </TableCell>
    </TableRow>
  );
}
