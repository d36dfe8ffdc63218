import { useState } from 'react';
import Box from '@material-ui/core/Box';
import Paper from '@material-ui/core/Paper';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatNumber,
  type Provider,
  type ProviderApi,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useResource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import {
  EmptyState,
  EntityName,
  ErrorState,
  LoadingSkeleton,
  SearchField,
  useTableStyles,
} from '../../shared';
import { matchingApis, useSignInLabel } from '../providerApis';
import { ApiAgreements } from './ApiAgreements';
import { ApiDecision, isUndecided } from './ApiDecision';

/** More rows are never drawn. */
const SHOWN = 200;

const COLUMNS = ['name', 'signIn', 'listenPath', 'entity', 'state'] as const;

function Row({ api }: { api: ProviderApi }) {
  const t = useT();
  const signInLabel = useSignInLabel();
  const states = [
    t(
      api.active
        ? 'adminProviders.apis.active'
        : 'adminProviders.apis.inactive',
    ),
    ...(api.internal ? [t('adminProviders.apis.internal')] : []),
  ];
  return (
    <TableRow>
      <TableCell component="th" scope="row" role="rowheader">
        {api.name}
      </TableCell>
      <TableCell>{signInLabel(api)}</TableCell>
      <TableCell>
        <code>{api.listenPath}</code>
      </TableCell>
      <TableCell>
        {api.entity ? (
          <EntityName entityRef={api.entity} link />
        ) : (
          t('adminProviders.apis.noEntity')
        )}
      </TableCell>
      <TableCell>{states.join(', ')}</TableCell>
    </TableRow>
  );
}

function ApiTable(props: { provider: Provider; apis: ProviderApi[] }) {
  const { provider, apis } = props;
  const t = useT();
  const classes = useTableStyles();
  return (
    <>
      <TableContainer component={Paper}>
        <Table
          className={classes.table}
          size="small"
          aria-label={t('adminProviders.apis.table', {
            provider: provider.title,
          })}
        >
          <TableHead>
            <TableRow>
              {COLUMNS.map(column => (
                <TableCell key={column} scope="col">
                  {t(`adminProviders.apis.${column}`)}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {apis.slice(0, SHOWN).map(api => (
              <Row key={api.id} api={api} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {apis.length > SHOWN && (
        <Typography variant="body2">
          {t('adminProviders.apis.more', { number: formatNumber(SHOWN) })}
        </Typography>
      )}
    </>
  );
}

/** The provider's APIs as it has them now, how their callers sign in, and which of them the catalog knows. */
export function ProviderApis({ provider }: { provider: Provider }) {
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const [q, setQ] = useState('');
  const apis = useResource(`provider-apis ${provider.id}`, signal =>
    api.listProviderApis(provider.id, { signal }),
  );

  if (!apis.value) {
    return apis.error ? (
      <ErrorState
        title={t('adminProviders.apis.failed')}
        error={apis.error}
        onRetry={apis.reload}
      />
    ) : (
      <LoadingSkeleton label={t('adminProviders.apis.loading')} />
    );
  }
  const { items } = apis.value;
  if (items.length === 0) {
    return (
      <EmptyState
        title={t('adminProviders.apis.emptyTitle')}
        description={t('adminProviders.apis.emptyDescription')}
      />
    );
  }
  const found = matchingApis(items, q);
  const undecided = items.filter(isUndecided);
  return (
    <>
      {undecided.length > 0 && (
        <Box mb={3} component="section">
          <Typography variant="h6" component="h2" gutterBottom>
            {t('adminProviders.apis.toDecide')}
          </Typography>
          {undecided.map(one => (
            <ApiDecision
              key={one.id}
              provider={provider.id}
              api={one}
              onDecided={apis.reload}
            />
          ))}
        </Box>
      )}
      <ApiAgreements
        provider={provider.id}
        apis={items}
        onWithdrawn={apis.reload}
      />
      <Box mb={2}>
        <SearchField
          label={t('adminProviders.apis.search')}
          q={q}
          onSearch={setQ}
        />
      </Box>
      {found.length === 0 ? (
        <EmptyState title={t('adminProviders.apis.noMatch')} />
      ) : (
        <ApiTable provider={provider} apis={found} />
      )}
    </>
  );
}
