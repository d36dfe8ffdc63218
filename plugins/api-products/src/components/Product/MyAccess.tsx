import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Paper from '@material-ui/core/Paper';
import { useApi } from '@backstage/core-plugin-api';
import { formatLimits } from 'backstage-plugin-api-products-common';
import type {
  AccessRequest,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { Link, LinkButton } from '../backstage';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useRequestedPlan } from '../../hooks/useRequestedPlan';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { myAccessRouteRef } from '../../routes';
import { canRequestAccess } from '../ProductParts/plans';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  RelativeTime,
  StatusText,
} from '../shared';
import { SubscriptionState } from '../Subscriptions/SubscriptionState';
import type { ProductView } from './ProductScope';

function SubscriptionItem({ subscription }: { subscription: Subscription }) {
  const t = useT();
  const myAccess = useRoute(myAccessRouteRef);
  const { application, plan, credentials } = subscription;
  const keys = credentials.filter(({ status }) => status === 'active').length;
  return (
    <ListItem divider>
      <ListItemText
        primary={
          <Link
            to={myAccess && `${myAccess()}?subscription=${subscription.id}`}
          >
            {`${application.name} · ${plan.title}`}
          </Link>
        }
        secondary={
          <>
            {`${formatLimits(plan)} · ${
              keys === 0
                ? t('product.access.noKey')
                : t('product.access.keys', { count: keys })
            } · ${t('product.access.since')} `}
            <RelativeTime at={subscription.createdAt} />
          </>
        }
      />
      <SubscriptionState subscription={subscription} />
    </ListItem>
  );
}

function RequestItem({ request }: { request: AccessRequest }) {
  const t = useT();
  const requestedPlan = useRequestedPlan();
  const myAccess = useRoute(myAccessRouteRef);
  return (
    <ListItem divider>
      <ListItemText
        primary={
          <Link to={myAccess && `${myAccess()}?request=${request.id}`}>
            {`${request.application.name} · ${requestedPlan(request)}`}
          </Link>
        }
        secondary={
          <>
            {`${t('product.access.asked')} `}
            <RelativeTime at={request.createdAt} />
          </>
        }
      />
      <StatusText tone="waiting">
        {t('product.access.waiting', {
          approvers: request.approvers.map(refName).join(', '),
        })}
      </StatusText>
    </ListItem>
  );
}

/** What the caller has of this product and waits for; everything is done on My access. */
export function ProductAccess({
  product,
  requestAccess,
}: Pick<ProductView, 'product' | 'requestAccess'>) {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const myAccess = useRoute(myAccessRouteRef);
  const access = useResource(`access ${product.ref}`, async signal => {
    const [subscriptions, requests] = await Promise.all([
      api.listSubscriptions(
        { as: 'consumer', product: product.ref },
        { signal },
      ),
      api.listAccessRequests(
        { as: 'requester', product: product.ref, status: ['pending'] },
        { signal },
      ),
    ]);
    return { subscriptions: subscriptions.items, requests: requests.items };
  });
  useRefreshSignal(access.reloadSoon);

  if (!access.value) {
    return access.error ? (
      <ErrorState
        title={t('product.access.failedTitle')}
        error={access.error}
        onRetry={access.reload}
      />
    ) : (
      <LoadingSkeleton label={t('product.access.loading')} count={2} />
    );
  }
  const { subscriptions, requests } = access.value;
  if (subscriptions.length + requests.length === 0) {
    return (
      <EmptyState
        title={t('product.access.emptyTitle')}
        description={t('product.access.emptyDescription')}
        action={
          canRequestAccess(product) && (
            <Button
              variant="contained"
              color="primary"
              onClick={() => requestAccess()}
            >
              {t('product.requestAccess')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <>
      <Paper>
        <List aria-label={t('product.access.list', { product: product.title })}>
          {requests.map(request => (
            <RequestItem key={request.id} request={request} />
          ))}
          {subscriptions.map(subscription => (
            <SubscriptionItem
              key={subscription.id}
              subscription={subscription}
            />
          ))}
        </List>
      </Paper>
      <Box mt={2}>
        <LinkButton to={myAccess?.()} variant="outlined" color="primary">
          {t('product.access.all')}
        </LinkButton>
      </Box>
    </>
  );
}
