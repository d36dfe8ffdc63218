import type { PlanLink } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';
import { dayOf, periodEndOf, type When } from './planChange';

/** When a change of the plan holds, with the day where the portal knows it. */
export function useWhenWords(): (from: PlanLink, when: When) => string {
  const t = useT();
  return (from, when) => {
    const end = periodEndOf(from);
    if (when === 'now') {
      return t('planChange.atOnce');
    }
    return end
      ? t('planChange.periodEndOn', { day: dayOf(end) })
      : t('planChange.periodEnd');
  };
}
