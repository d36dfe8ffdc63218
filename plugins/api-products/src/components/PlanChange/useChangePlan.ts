import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  EntityRef,
  PlanChange,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { useForm } from '../../hooks/useForm';
import { useIdempotencyKey } from '../../hooks/useIdempotencyKey';
import { useT } from '../../hooks/useT';
import { termsKey } from '../RequestAccess/requestForm';
import { canWait, otherPlans, usualWhen, type When } from './planChange';
import type { Offered } from './useOffered';

/** What has been filled in. */
export interface ChangeForm {
  plan?: EntityRef;
  /** As usual for the two plans where nothing is said. */
  when?: When;
  /** Keys of the terms that are accepted here. */
  accepted: string[];
  reason: string;
}

/** A field of the form, as the server calls it. */
export type ChangeField = 'plan' | 'when' | 'acceptedTerms' | 'reason';

const FIELDS: readonly ChangeField[] = [
  'plan',
  'when',
  'acceptedTerms',
  'reason',
];

/** Fills in and sends a change of plan; without what is offered there is nothing to send. */
export function useChangePlan(
  subscription: Subscription,
  offered: Offered | undefined,
  begin: Partial<ChangeForm>,
  onDone: (request: AccessRequest) => void,
) {
  const api = useApi(apiProductsApiRef);
  const t = useT();
  const keyOf = useIdempotencyKey();
  const plans = offered ? otherPlans(offered.product, subscription) : [];
  const planOf = ({ plan }: ChangeForm) =>
    plans.length === 1 ? plans[0] : plans.find(({ ref }) => ref === plan);
  const whenOf = ({ when, ...form }: ChangeForm): When | undefined => {
    const plan = planOf(form);
    return plan && canWait(subscription.plan)
      ? when ?? usualWhen(subscription.plan, plan)
      : undefined;
  };
  const acceptedIn = ({ accepted }: ChangeForm) =>
    (offered?.product.terms ?? []).filter(terms =>
      [...accepted, ...(offered?.accepted ?? [])].includes(termsKey(terms)),
    );

  const form = useForm<ChangeForm, ChangeField>({
    initial: { accepted: [], reason: '', ...begin },
    fields: FIELDS,
    check: filled => {
      const accepted = acceptedIn(filled);
      const lacksTerms = offered?.product.terms.some(
        terms => terms.required && !accepted.includes(terms),
      );
      return {
        ...(!planOf(filled) && { plan: t('requestAccess.planMissing') }),
        ...(lacksTerms && { acceptedTerms: t('requestAccess.termsMissing') }),
      };
    },
    send: async filled => {
      const plan = planOf(filled);
      if (!plan) {
        return;
      }
      const reason = filled.reason.trim();
      const when = whenOf(filled);
      const change: PlanChange = {
        plan: plan.ref,
        ...(when && { when }),
        ...(reason && { reason }),
        acceptedTerms: acceptedIn(filled).map(({ name, version }) => ({
          name,
          version,
        })),
      };
      onDone(
        await api.changePlan(subscription.id, change, {
          idempotencyKey: keyOf([subscription.id, change]),
        }),
      );
    },
  });

  return {
    ...form,
    /** Those that it could move to. */
    plans,
    plan: planOf(form.form),
    /** When it is to hold; absent where there is nothing to wait for. */
    when: whenOf(form.form),
  };
}
