import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Plan } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useForm } from '../../../hooks/useForm';
import { useT } from '../../../hooks/useT';
import { FormDialog } from '../../shared';
import { nameOf } from '../NameFields';
import { recordName } from '../recordName';
import { isName } from '../slug';
import { PlanFields } from './PlanFields';
import {
  isAllowance,
  isLimit,
  newPlanOf,
  PLAN_FIELDS,
  planForm,
  planPatchOf,
  type PlanDefaults,
} from './planForm';

/** Makes a plan, or changes one. @internal */
export function PlanDialog(props: {
  plan?: Plan;
  defaults?: PlanDefaults;
  onSaved: (plan: Plan) => void;
  onClose: () => void;
}) {
  const { defaults, onSaved, onClose } = props;
  // The revision that was looked at is sent.
  const [plan] = useState(props.plan);
  const t = useT();
  const api = useApi(apiProductsApiRef);

  const editor = useForm({
    initial: planForm(plan, defaults),
    fields: PLAN_FIELDS,
    check: form => {
      const required = t('admin.field.required');
      const whole = t('admin.field.wholeNumber');
      // An amount says the price as well as a label does.
      const priced =
        form.billing === 'free' ||
        form.priceLabel.trim() !== '' ||
        plan?.pricing.amount !== undefined;
      return {
        ...(form.title.trim() === '' && { title: required }),
        ...(!isName(nameOf(form)) && { name: t('admin.field.name') }),
        ...(form.owner.length === 0 && { owner: required }),
        ...(!priced && { pricing: t('adminPlans.dialog.priceMissing') }),
        ...(!isLimit(form.rate) && { rateLimit: whole }),
        ...(!isLimit(form.quota) && { quota: whole }),
        ...(!isAllowance(form.allowance) && { accessRequests: whole }),
      };
    },
    send: async form =>
      onSaved(
        plan
          ? await api.updatePlan(recordName(plan), planPatchOf(plan, form))
          : await api.createPlan(newPlanOf(form)),
      ),
  });

  return (
    <FormDialog
      title={
        plan
          ? t('adminPlans.dialog.editTitle', { name: plan.title })
          : t('adminPlans.dialog.addTitle')
      }
      submit={t('adminPlans.dialog.save')}
      submitting={t('adminPlans.dialog.saving')}
      busy={editor.busy}
      problem={editor.problem}
      failed={t('adminPlans.dialog.failed')}
      refusals={editor.refusals}
      onSubmit={editor.submit}
      onClose={onClose}
    >
      <PlanFields
        existing={plan !== undefined}
        form={editor.form}
        errors={editor.errors}
        disabled={editor.busy}
        onChange={editor.change}
      />
    </FormDialog>
  );
}
