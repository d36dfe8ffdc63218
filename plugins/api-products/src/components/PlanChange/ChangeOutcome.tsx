import type {
  PlanLink,
  PlanSummary,
  Product,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { dayOf, periodEndOf, type When } from './planChange';

/** Says before anything is sent what will happen, and what stays. */
export function ChangeOutcome(props: {
  product: Product;
  from: PlanLink;
  to: PlanSummary;
  when?: When;
}) {
  const { product, from, to, when } = props;
  const t = useT();
  const end = periodEndOf(from);
  let what = t('planChange.outcomeNow', { plan: to.title });
  if (to.approval.mode === 'manual') {
    what = t('planChange.outcomeManual', {
      owner: refName(product.owner),
      from: from.title,
    });
  } else if (when === 'period-end') {
    what = end
      ? t('planChange.outcomeOn', { plan: to.title, day: dayOf(end) })
      : t('planChange.outcomeLater', { plan: to.title });
  }
  return (
    <>
      {what} {t('planChange.keeps')}
    </>
  );
}
