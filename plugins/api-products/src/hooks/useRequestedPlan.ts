import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useT } from './useT';

/** The plan of a request where it stands in a line: `Gold`, or `Free → Gold` where another one is asked for. */
export function useRequestedPlan(): (
  request: Pick<AccessRequest, 'plan' | 'change'>,
) => string {
  const t = useT();
  return ({ plan, change }) =>
    change
      ? t('planChange.fromTo', { from: change.from.title, plan: plan.title })
      : plan.title;
}
