import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';

/** What comes of a change of plan that has just been asked for. */
export function useAskedWords(): (request: AccessRequest) => string {
  const t = useT();
  return ({ status, product, plan, change, approvers }) =>
    status === 'pending'
      ? t('planChange.asked', {
          approvers: approvers.map(refName).join(t('shared.refusal.or')),
          plan: plan.title,
          from: change?.from.title ?? '',
        })
      : t('planChange.granted', { product: product.title, plan: plan.title });
}
