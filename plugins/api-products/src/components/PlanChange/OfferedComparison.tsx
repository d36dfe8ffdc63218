import type {
  PlanLink,
  PlanSummary,
  Product,
} from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { PlanComparison } from './PlanComparison';

/** What moving to a plan of the product changes, with who decides about each where that is known. */
export function OfferedComparison(props: {
  product: Product;
  from: PlanLink;
  to: PlanSummary;
}) {
  const { product, from, to } = props;
  const t = useT();
  const accessOf = (plan: PlanSummary) =>
    plan.approval.mode === 'auto'
      ? t('requestAccess.atOnce')
      : t('requestAccess.ownerDecides', { owner: refName(product.owner) });
  // The plan it has may not be offered any more.
  const now = product.plans.find(({ ref }) => ref === from.ref);
  return (
    <PlanComparison
      from={from}
      to={to}
      access={{ from: now ? accessOf(now) : '–', to: accessOf(to) }}
    />
  );
}
