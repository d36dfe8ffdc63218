import Box from '@material-ui/core/Box';
import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import ViewListIcon from '@material-ui/icons/ViewList';
import ViewModuleIcon from '@material-ui/icons/ViewModule';
import type { ProductOrder } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { formatTotal, SearchField, type Total } from '../shared';
import { ORDERS } from './marketplaceQuery';

interface ToolbarProps {
  q: string;
  order: ProductOrder;
  view: 'cards' | 'list';
  /** How many products there are on all pages; absent until it is known. */
  total?: Total;
  onSearch: (q: string) => void;
  onOrder: (order: string) => void;
  onView: (view: 'cards' | 'list') => void;
}

/** Search, how many there are, order and view. */
export function Toolbar(props: ToolbarProps) {
  const t = useT();
  return (
    <Box display="flex" flexWrap="wrap" alignItems="center" mb={2} gridGap={16}>
      <SearchField
        label={t('marketplace.searchLabel')}
        placeholder={t('marketplace.search')}
        q={props.q}
        onSearch={props.onSearch}
      />
      <Box flexGrow={1} role="status">
        {props.total !== undefined && (
          <Typography color="textSecondary" component="span">
            {props.total.totalIsAtLeast
              ? t('marketplace.countAtLeast', {
                  number: formatTotal(props.total),
                })
              : t('marketplace.count', { count: props.total.totalItems })}
          </Typography>
        )}
      </Box>
      <TextField
        select
        variant="outlined"
        size="small"
        id="api-products-sort"
        label={t('marketplace.sort')}
        value={props.order}
        onChange={event => props.onOrder(event.target.value)}
      >
        {ORDERS.map(order => (
          <MenuItem key={order} value={order}>
            {t(`marketplace.order.${order}`)}
          </MenuItem>
        ))}
      </TextField>
      <Box whiteSpace="nowrap">
        <IconButton
          size="small"
          aria-label={t('marketplace.cards')}
          aria-pressed={props.view === 'cards'}
          color={props.view === 'cards' ? 'primary' : 'default'}
          onClick={() => props.onView('cards')}
        >
          <ViewModuleIcon />
        </IconButton>
        <IconButton
          size="small"
          aria-label={t('marketplace.rows')}
          aria-pressed={props.view === 'list'}
          color={props.view === 'list' ? 'primary' : 'default'}
          onClick={() => props.onView('list')}
        >
          <ViewListIcon />
        </IconButton>
      </Box>
    </Box>
  );
}
