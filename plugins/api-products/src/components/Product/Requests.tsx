import Box from '@material-ui/core/Box';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Paper from '@material-ui/core/Paper';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { Link, LinkButton } from '../backstage';
import { apiProductsApiRef } from '../../api';
import { refName } from '../../hooks/refName';
import { useRefreshSignal } from '../../hooks/useRefreshSignal';
import { useRequestedPlan } from '../../hooks/useRequestedPlan';
import { useResource } from '../../hooks/useResource';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { approvalsRouteRef } from '../../routes';
import {
  EmptyState,
  EntityName,
  ErrorState,
  LoadingSkeleton,
  RelativeTime,
} from '../shared';
import { decides } from './decides';

function Waiting({ product }: { product: Product }) {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const requestedPlan = useRequestedPlan();
  const approvals = useRoute(approvalsRouteRef);
  const requests = useResource(`requests ${product.ref}`, signal =>
    api.listAccessRequests(
      { as: 'approver', product: product.ref, status: ['pending'] },
      { signal },
    ),
  );
  useRefreshSignal(requests.reloadSoon);

  if (!requests.value) {
    return requests.error ? (
      <ErrorState
        title={t('product.requests.failedTitle')}
        error={requests.error}
        onRetry={requests.reload}
      />
    ) : (
      <LoadingSkeleton label={t('product.requests.loading')} count={2} />
    );
  }
  const { items } = requests.value;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('product.requests.emptyTitle')}
        description={t('product.requests.emptyDescription')}
      />
    );
  }
  const filtered = new URLSearchParams({ product: product.ref });
  return (
    <>
      <Paper>
        <List
          aria-label={t('product.requests.list', { product: product.title })}
        >
          {items.map(request => (
            <ListItem key={request.id} divider>
              <ListItemText
                primary={
                  <Link
                    to={approvals && `${approvals()}?request=${request.id}`}
                  >
                    {`${requestedPlan(request)} · ${request.application.name}`}
                  </Link>
                }
                secondary={
                  <>
                    <EntityName entityRef={request.requester} />
                    {` (${refName(request.application.owner)}) · `}
                    <RelativeTime at={request.createdAt} />
                  </>
                }
              />
            </ListItem>
          ))}
        </List>
      </Paper>
      <Box mt={2}>
        <LinkButton
          to={approvals && `${approvals()}?${filtered}`}
          variant="outlined"
          color="primary"
        >
          {t('product.requests.open')}
        </LinkButton>
      </Box>
    </>
  );
}

/** For owners: who waits for a decision about this product. */
export function Requests({ product }: { product: Product }) {
  const t = useT();
  return decides(product) ? (
    <Waiting product={product} />
  ) : (
    <EmptyState
      title={t('product.requests.forbiddenTitle')}
      description={t('product.requests.forbiddenDescription', {
        owner: refName(product.owner),
      })}
    />
  );
}
