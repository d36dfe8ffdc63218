import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatLimits,
  type AccessRequest,
  type Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useAction } from '../../hooks/useAction';
import { useProgressWords } from '../../hooks/useProgressWords';
import { useT } from '../../hooks/useT';
import { PlanChangeRow } from '../PlanChange/PlanChangeRow';
import { Problem, Said } from '../shared';
import { RevokeSubscription } from '../Subscriptions/RevokeSubscription';
import { SubscriptionState } from '../Subscriptions/SubscriptionState';
import { Trouble } from '../Subscriptions/Trouble';
import { CredentialRow } from './CredentialRow';
import { GoOn } from './GoOn';
import { HistoryButton } from './HistoryDialog';
import { Highlight } from './Highlight';
import { isPast } from './holdings';
import { IssueKey } from './IssueKey';
import { SuspensionNote } from './SuspensionNote';
import { UseIt } from './UseIt';

const useStyles = makeStyles(
  { keys: { listStyle: 'none', margin: 0, padding: 0 } },
  { name: 'ApiProductsSubscriptionCard' },
);

interface SubscriptionCardProps {
  subscription: Subscription;
  /** That asks for another plan for it. */
  change?: AccessRequest;
  /** Called after anything that the server now knows differently. */
  onChanged: () => void;
  /** Marks it as the one that a link leads to. */
  linked?: boolean;
  /** Shows keys that ended long ago, too. */
  showEnded?: boolean;
}

/** A subscription with its keys, and what its holder may do with them. */
export function SubscriptionCard(props: SubscriptionCardProps) {
  const { subscription, change, onChanged } = props;
  const { linked = false, showEnded = false } = props;
  const t = useT();
  const classes = useStyles();
  const api = useApi(apiProductsApiRef);
  const [words, say] = useProgressWords(subscription);
  const changed = (what = '') => {
    say(what);
    onChanged();
  };
  const retry = useAction(async () => {
    await api.retrySubscription(subscription.id);
    changed(t('myAccess.provisioning.retried'));
  });

  const { status, plan, actions } = subscription;
  const product = subscription.products.map(({ title }) => title).join(', ');
  const label = t('myAccess.productOnPlan', { product, plan: plan.title });
  const now = Date.now();
  const credentials = subscription.credentials.filter(
    credential => showEnded || !isPast(credential, now),
  );
  // What is wrong is said once: by a subscription that failed, otherwise by the key it is about.
  const lastErrorOfKey = credentials.find(({ lastError }) => lastError);
  const lastError = subscription.lastError ?? lastErrorOfKey?.lastError;

  return (
    <Highlight label={label} linked={linked}>
      <Box display="flex" flexWrap="wrap" alignItems="center" gridGap={12}>
        <Typography variant="subtitle1" component="h3">
          {label}
        </Typography>
        <SubscriptionState subscription={subscription} lastError={lastError} />
        {actions.includes('retry') && (
          <Button
            size="small"
            variant="outlined"
            color="primary"
            disabled={retry.busy}
            onClick={retry.run}
          >
            {t('myAccess.tryAgain')}
          </Button>
        )}
        <Typography variant="body2" color="textSecondary">
          {formatLimits(plan)}
        </Typography>
      </Box>
      <PlanChangeRow
        subscription={subscription}
        request={change}
        onChanged={changed}
      />
      {!lastErrorOfKey && status !== 'failed' && (
        <Trouble
          lastError={subscription.lastError}
          nextTryAt={subscription.nextTryAt}
        />
      )}
      <SuspensionNote subscription={subscription} />
      <ul className={classes.keys}>
        {credentials.map(credential => (
          <CredentialRow
            key={credential.id}
            subscription={subscription}
            credential={credential}
            onChanged={changed}
          />
        ))}
      </ul>
      {status === 'expired' && subscription.products.length > 0 && (
        <GoOn subscription={subscription} onStarted={changed} />
      )}
      {actions.includes('issue-credential') && (
        <IssueKey subscription={subscription} onStarted={changed} />
      )}
      {actions.includes('revoke') && (
        <RevokeSubscription subscription={subscription} onStarted={changed} />
      )}
      <HistoryButton noun="subscription" id={subscription.id} what={label} />
      <Problem
        title={t('myAccess.provisioning.retryFailed')}
        error={retry.error}
      />
      <Said words={words} />
      {status === 'active' &&
        !subscription.suspension &&
        subscription.usage && <UseIt usage={subscription.usage} />}
    </Highlight>
  );
}
