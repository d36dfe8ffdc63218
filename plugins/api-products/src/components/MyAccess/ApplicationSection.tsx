import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import type { Id } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { EntityName } from '../shared';
import { HistoryButton } from './HistoryDialog';
import { changesIn, isLinked, type Holding } from './holdings';
import { RequestItem } from './RequestItem';
import { SubscriptionCard } from './SubscriptionCard';

/** An application with what it has and waits for. */
export function ApplicationSection(props: {
  holding: Holding;
  /** Id of the request or subscription that a link leads to. */
  linked?: Id;
  showEnded: boolean;
  onChanged: (what?: string) => void;
}) {
  const { holding, linked, showEnded, onChanged } = props;
  const { application, subscriptions, requests } = holding;
  const t = useT();
  const { changes, others } = changesIn(subscriptions, requests);
  const titleId = `application-${application.id}`;
  return (
    <Box mb={3} component="section" aria-labelledby={titleId}>
      <Typography variant="h6" component="h2" id={titleId} gutterBottom>
        {application.name}{' '}
        <Typography variant="body2" component="span" color="textSecondary">
          {' · '}
          <EntityName entityRef={application.owner} link />
          {application.component && (
            <>
              {' · '}
              {t('myAccess.component', {
                name: <EntityName entityRef={application.component} link />,
              })}
            </>
          )}
        </Typography>
      </Typography>
      <HistoryButton
        noun="application"
        id={application.id}
        what={application.name}
      />
      <Paper variant="outlined">
        {subscriptions.map(subscription => (
          <SubscriptionCard
            key={subscription.id}
            subscription={subscription}
            change={changes.get(subscription.id)}
            linked={
              linked !== undefined &&
              (isLinked(subscription, linked) ||
                changes.get(subscription.id)?.id === linked)
            }
            showEnded={showEnded}
            onChanged={onChanged}
          />
        ))}
        {others.map(request => (
          <RequestItem
            key={request.id}
            request={request}
            linked={request.id === linked}
            onChanged={onChanged}
          />
        ))}
      </Paper>
    </Box>
  );
}
