import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatNumber,
  type Provider,
} from 'backstage-plugin-api-products-common';
import { Link } from '../../backstage';
import { apiProductsApiRef } from '../../../api';
import { useRefreshSignal } from '../../../hooks/useRefreshSignal';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { useOwnRoute } from '../../../hooks/useRoute';
import { adminProviderRouteRef } from '../../../routes';
import {
  EmptyState,
  ErrorState,
  LoadingSkeleton,
  useTableStyles,
} from '../../shared';
import { HealthText } from './HealthText';
import { SyncText } from './SyncText';

const COLUMNS = [
  'provider',
  'health',
  'version',
  'type',
  'sync',
  'drift',
] as const;

function Row({ provider }: { provider: Provider }) {
  const t = useT();
  const linkTo = useOwnRoute(adminProviderRouteRef);
  const page = linkTo({ id: provider.id });
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        <Link to={page}>{provider.title}</Link>
      </TableCell>
      <TableCell>
        <HealthText provider={provider} />
      </TableCell>
      <TableCell>
        {provider.version ?? t('adminProviders.unknownVersion')}
      </TableCell>
      <TableCell>{provider.type}</TableCell>
      <TableCell>
        <SyncText run={provider.lastSync} />
      </TableCell>
      <TableCell>
        {provider.driftCount > 0 ? (
          <Link to={`${page}/drift`}>{formatNumber(provider.driftCount)}</Link>
        ) : (
          t('admin.none')
        )}
      </TableCell>
    </TableRow>
  );
}

/** Every provider with how it does. */
export function ProvidersPage() {
  const t = useT();
  const classes = useTableStyles();
  const api = useApi(apiProductsApiRef);
  const providers = useResource('providers', signal =>
    api.listProviders({ signal }),
  );
  useRefreshSignal(providers.reloadSoon);

  if (!providers.value) {
    return providers.error ? (
      <ErrorState
        title={t('adminProviders.failed')}
        error={providers.error}
        onRetry={providers.reload}
      />
    ) : (
      <LoadingSkeleton label={t('adminProviders.loading')} />
    );
  }
  const { items } = providers.value;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('adminProviders.emptyTitle')}
        description={t('adminProviders.emptyDescription')}
      />
    );
  }
  return (
    <TableContainer component={Paper}>
      <Table className={classes.table} aria-label={t('adminProviders.table')}>
        <TableHead>
          <TableRow>
            {COLUMNS.map(column => (
              <TableCell key={column} scope="col">
                {t(`adminProviders.column.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {items.map(provider => (
            <Row key={provider.id} provider={provider} />
          ))}
        </TableBody>
      </Table>
    </TableContainer>
  );
}
