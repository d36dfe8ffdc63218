import Box from '@material-ui/core/Box';
import { useSearchParams } from 'react-router-dom';
import type { Product } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { ExportHistory } from '../History/ExportHistory';
import { HistoryList } from '../History/HistoryList';
import { EmptyState } from '../shared';
import { decides } from './decides';

/** For owners: what has happened to the product and to all access to it. */
export function ProductHistory({ product }: { product: Product }) {
  const t = useT();
  const [params, setParams] = useSearchParams();
  if (!decides(product)) {
    return (
      <EmptyState
        title={t('history.forbiddenTitle')}
        description={t('history.forbiddenDescription', {
          owner: refName(product.owner),
        })}
      />
    );
  }
  const filter = { product: product.ref };
  return (
    <Box maxWidth={1000}>
      <Box mb={2}>
        <ExportHistory filter={filter} />
      </Box>
      <HistoryList
        filter={filter}
        label={t('history.list', { what: product.title })}
        cursor={params.get('cursor') ?? undefined}
        onPage={cursor => setParams({ cursor })}
      />
    </Box>
  );
}
