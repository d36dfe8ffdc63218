/** What a card in the marketplace shows of a product: a page of them is small, however much their records say. */
import type {
  MyAccess,
  PlanSpec,
  ProductCard,
} from 'backstage-plugin-api-products-common';
import type { PlanRow, ProductRow } from '../lib/rows';
import { planSpecOf, productSpecOf } from './specs';
import { authenticationOf } from './views';

const PLANS_SHOWN = 2;

/** More does not fit on two lines of a wide screen. */
const DESCRIPTION_SHOWN = 400;

const beginningOf = (text: string): string =>
  text.length > DESCRIPTION_SHOWN
    ? `${text.slice(0, DESCRIPTION_SHOWN).trimEnd()}…`
    : text;

const priceOf = ({
  pricing,
}: PlanSpec): ProductCard['plans'][number]['pricing'] => {
  const { mode, label, amount, currency, period } = pricing;
  return { mode, label, amount, currency, period };
};

/** In the order in which their owners want them read. */
const inOrder = (a: PlanRow, b: PlanRow): number =>
  b.display_priority - a.display_priority || a.title.localeCompare(b.title);

export function cardOf(
  row: ProductRow,
  { plans, myAccess }: { plans: PlanRow[]; myAccess?: MyAccess },
): ProductCard {
  const spec = productSpecOf(row);

  return {
    id: row.id,
    ref: row.ref,
    namespace: row.namespace,
    name: row.name,
    title: row.title,
    description:
      row.description === null ? undefined : beginningOf(row.description),
    type: spec.type,
    version: spec.version,
    lifecycle: row.lifecycle,
    owner: row.owner_ref,
    documentationOnly: row.provider_id === null,
    authentication: authenticationOf(row),
    plans: [...plans]
      .sort(inOrder)
      .slice(0, PLANS_SHOWN)
      .map(plan => ({ title: plan.title, pricing: priceOf(planSpecOf(plan)) })),
    morePlans: Math.max(0, plans.length - PLANS_SHOWN),
    visibility: spec.visibility,
    hiddenSince: row.hidden_at ?? undefined,
    myAccess,
  };
}
