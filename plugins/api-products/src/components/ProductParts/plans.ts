import { formatShortPrice } from 'backstage-plugin-api-products-common';
import type {
  PlanSummary,
  Product,
} from 'backstage-plugin-api-products-common';

/** Plans in the order their owners want them read. */
export function sortedPlans(plans: PlanSummary[]): PlanSummary[] {
  return [...plans].sort(
    (a, b) =>
      b.displayPriority - a.displayPriority || a.title.localeCompare(b.title),
  );
}

/** A plan where there is little room: `Gold $49/month`; the price is left out where the title says it. */
export function shortPlan(
  plan: Pick<PlanSummary, 'title' | 'pricing'>,
): string {
  const price = formatShortPrice(plan.pricing);
  return price.toLowerCase() === plan.title.toLowerCase()
    ? plan.title
    : `${plan.title} ${price}`;
}

/** Whether the caller may ask for access now. */
export function canRequestAccess(product: Product): boolean {
  return product.actions.includes('request-access');
}
