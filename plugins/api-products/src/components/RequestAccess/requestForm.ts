/** The state of the form and what becomes of it, apart from how it is drawn. */
import type {
  EntityRef,
  Id,
  NewAccessRequest,
  PlanSummary,
  Product,
  Terms,
} from 'backstage-plugin-api-products-common';
import type { RequestField } from './requestFields';

/** What has been filled in. */
export interface RequestForm {
  /** Id of an application; undefined means a new one. */
  application?: Id;
  name: string;
  owner: EntityRef;
  /** Empty for none. */
  component: string;
  plan?: EntityRef;
  /** Keys of the accepted terms. */
  accepted: string[];
  reason: string;
}

/** Tells texts of the same name in different versions apart. */
export const termsKey = ({
  name,
  version,
}: Pick<Terms, 'name' | 'version'>): string => JSON.stringify([name, version]);

export const planOf = (
  product: Product,
  form: Pick<RequestForm, 'plan'>,
): PlanSummary | undefined =>
  product.plans.find(({ ref }) => ref === form.plan);

/** Fields that have to be filled in before there is anything to send. */
export function missingFields(
  product: Product,
  form: RequestForm,
): RequestField[] {
  const missing: RequestField[] = [];
  if (form.application === undefined && form.name.trim() === '') {
    missing.push('name');
  }
  if (!planOf(product, form)) {
    missing.push('plan');
  }
  if (
    product.terms.some(
      terms => terms.required && !form.accepted.includes(termsKey(terms)),
    )
  ) {
    missing.push('acceptedTerms');
  }
  return missing;
}

export function requestOf(
  product: Product,
  plan: PlanSummary,
  form: RequestForm,
): NewAccessRequest {
  const reason = form.reason.trim();
  return {
    product: product.ref,
    plan: plan.ref,
    application: form.application ?? {
      name: form.name.trim(),
      owner: form.owner,
      ...(form.component && { component: form.component }),
    },
    ...(reason && { reason }),
    acceptedTerms: product.terms
      .filter(terms => form.accepted.includes(termsKey(terms)))
      .map(({ name, version }) => ({ name, version })),
  };
}
