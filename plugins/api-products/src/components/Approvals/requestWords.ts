/** What a request is about, and what was decided about it, as sentences. */
import type { AccessRequest } from 'backstage-plugin-api-products-common';
import { useT } from '../../hooks/useT';

type Words = (request: AccessRequest) => string;

const factsOf = ({ product, plan, application, change }: AccessRequest) => ({
  product: product.title,
  plan: plan.title,
  application: application.name,
  from: change?.from.title ?? '',
});

/** `Payments API → Gold for Shop backend`, or `Payments API: Free → Gold for Shop backend`. */
export function useRequestHeading(): Words {
  const t = useT();
  return request =>
    request.change
      ? t('approvals.detail.headingOfChange', factsOf(request))
      : t('approvals.detail.heading', factsOf(request));
}

/** That it was approved or rejected. */
export function useOutcomeWords(): Words {
  const t = useT();
  return request => {
    const facts = factsOf(request);
    if (request.status === 'rejected') {
      return request.change
        ? t('approvals.decide.changeRejected', facts)
        : t('approvals.decide.rejected', facts);
    }
    return request.change
      ? t('approvals.decide.changeApproved', facts)
      : t('approvals.decide.approved', facts);
  };
}
