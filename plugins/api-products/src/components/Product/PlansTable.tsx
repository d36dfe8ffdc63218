import type { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import {
  formatKeyLifetime,
  formatPrice,
  formatQuota,
  formatRateLimit,
} from 'backstage-plugin-api-products-common';
import type {
  EntityRef,
  PlanSummary,
  Product,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { canRequestAccess, sortedPlans } from '../ProductParts/plans';
import { EmptyState, StatusText } from '../shared';

// On a narrow screen the table scrolls sideways rather than breaking words.
const useStyles = makeStyles(
  theme => ({
    // A cell of the toolkit would call itself the header of a column.
    corner: { borderBottom: `1px solid ${theme.palette.divider}` },
    oneLine: { whiteSpace: 'nowrap', wordBreak: 'normal' },
    plan: { minWidth: 170, verticalAlign: 'top', wordBreak: 'normal' },
  }),
  { name: 'ApiProductsPlansTable' },
);

interface PlansTableProps {
  product: Product;
  onChoose: (plan: EntityRef) => void;
  /** Moves what the caller has to the plan. */
  onChange: (plan: EntityRef) => void;
}

function Choice(props: PlansTableProps & { plan: PlanSummary }) {
  const { product, plan, onChoose, onChange } = props;
  const t = useT();
  if (product.myAccess?.plan === plan.title) {
    return product.myAccess.status === 'subscribed' ? (
      <StatusText tone="ok">{t('product.plans.yours')}</StatusText>
    ) : (
      <StatusText tone="waiting">{t('product.plans.waiting')}</StatusText>
    );
  }
  if (!canRequestAccess(product)) {
    return null;
  }
  return product.myAccess?.status === 'subscribed' ? (
    <Button
      variant="outlined"
      color="primary"
      aria-label={t('planChange.changeToLabel', { plan: plan.title })}
      onClick={() => onChange(plan.ref)}
    >
      {t('planChange.changeTo')}
    </Button>
  ) : (
    <Button
      variant="outlined"
      color="primary"
      aria-label={t('product.plans.chooseLabel', { plan: plan.title })}
      onClick={() => onChoose(plan.ref)}
    >
      {t('product.plans.choose')}
    </Button>
  );
}

/** The plans side by side. */
export function PlansTable(props: PlansTableProps) {
  const { product } = props;
  const t = useT();
  const classes = useStyles();
  const plans = sortedPlans(product.plans);
  const owner = refName(product.owner);

  if (plans.length === 0) {
    return product.provider ? (
      <EmptyState
        title={t('product.plans.emptyTitle')}
        description={t('product.plans.emptyDescription', { owner })}
      />
    ) : (
      <EmptyState
        title={t('product.plans.documentationTitle')}
        description={t('product.plans.documentationDescription')}
      />
    );
  }

  const row = (label: string, cell: (plan: PlanSummary) => ReactNode) => (
    <TableRow>
      <TableCell
        component="th"
        scope="row"
        role="rowheader"
        className={classes.oneLine}
      >
        {label}
      </TableCell>
      {plans.map(plan => (
        <TableCell key={plan.ref} className={classes.oneLine}>
          {cell(plan)}
        </TableCell>
      ))}
    </TableRow>
  );

  return (
    <TableContainer component={Paper}>
      <Table aria-label={t('product.plans.table', { product: product.title })}>
        <TableHead>
          <TableRow>
            <td className={classes.corner} />
            {plans.map(plan => (
              <TableCell
                key={plan.ref}
                scope="col"
                className={classes.plan}
                style={{ width: `${100 / plans.length}%` }}
              >
                <Typography variant="h6" component="span" display="block">
                  {plan.title}
                </Typography>
                {plan.keysDelayed && (
                  <StatusText tone="warning">
                    {t('product.plans.keysDelayed')}
                  </StatusText>
                )}
                {plan.description && (
                  <Typography
                    variant="caption"
                    color="textSecondary"
                    display="block"
                  >
                    {plan.description}
                  </Typography>
                )}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {row(t('product.plans.price'), plan => formatPrice(plan.pricing))}
          {row(t('product.plans.rate'), plan =>
            formatRateLimit(plan.rateLimit),
          )}
          {row(t('product.plans.quota'), plan => formatQuota(plan.quota))}
          {row(t('product.plans.keyLives'), plan =>
            formatKeyLifetime(plan.keyLifetime),
          )}
          {row(t('product.plans.access'), plan =>
            plan.approval.mode === 'auto'
              ? t('product.plans.atOnce')
              : t('product.plans.decides', { owner }),
          )}
          <TableRow>
            <TableCell />
            {plans.map(plan => (
              <TableCell key={plan.ref} className={classes.oneLine}>
                <Choice {...props} plan={plan} />
              </TableCell>
            ))}
          </TableRow>
        </TableBody>
      </Table>
    </TableContainer>
  );
}
