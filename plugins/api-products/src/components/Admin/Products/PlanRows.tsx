import Button from '@material-ui/core/Button';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import {
  formatPrice,
  formatQuota,
  formatRateLimit,
  type EntityRef,
  type Product,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../../hooks/refName';
import { useT } from '../../../hooks/useT';
import { useTableStyles } from '../../shared';

const COLUMNS = [
  'plan',
  'billing',
  'price',
  'quota',
  'rate',
  'actions',
] as const;

export function PlanRows(props: {
  product: Product;
  /** All plans of the product, also those that cannot be combined with it. */
  refs: EntityRef[];
  onEdit: (plan: EntityRef) => void;
  /** Absent where the reader may not. */
  onRemove?: (plan: EntityRef) => void;
}) {
  const { product, refs, onEdit, onRemove } = props;
  const t = useT();
  const classes = useTableStyles();

  const row = (ref: EntityRef) => {
    const plan = product.plans.find(item => item.ref === ref);
    const title = plan?.title ?? refName(ref);
    return (
      <TableRow key={ref}>
        <TableCell component="th" scope="row" role="rowheader">
          {title}
        </TableCell>
        {plan ? (
          <>
            <TableCell>{t(`admin.billing.${plan.pricing.mode}`)}</TableCell>
            <TableCell>{formatPrice(plan.pricing)}</TableCell>
            <TableCell>{formatQuota(plan.quota)}</TableCell>
            <TableCell>{formatRateLimit(plan.rateLimit)}</TableCell>
          </>
        ) : (
          <TableCell colSpan={4}>
            {t('adminProducts.plans.notCombinable')}
          </TableCell>
        )}
        <TableCell>
          <Button
            size="small"
            aria-label={t('adminProducts.plans.editLabel', { plan: title })}
            onClick={() => onEdit(ref)}
          >
            {t('adminProducts.plans.edit')}
          </Button>
          {onRemove && (
            <Button
              size="small"
              aria-label={t('adminProducts.plans.removeLabel', {
                plan: title,
                name: product.title,
              })}
              onClick={() => onRemove(ref)}
            >
              {t('adminProducts.plans.remove')}
            </Button>
          )}
        </TableCell>
      </TableRow>
    );
  };

  return (
    <TableContainer>
      <Table
        className={classes.table}
        size="small"
        aria-label={t('adminProducts.plans.label', { name: product.title })}
      >
        <TableHead>
          <TableRow>
            {COLUMNS.map(column => (
              <TableCell key={column} scope="col">
                {t(`adminProducts.plans.column.${column}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>{refs.map(row)}</TableBody>
      </Table>
    </TableContainer>
  );
}
