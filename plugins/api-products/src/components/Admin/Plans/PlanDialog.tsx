import { useApi } from '@backstage/core-plugin-api';
import { isRecordName, type Plan } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { FormDialog } from '../../shared';
import { nameOf } from '../NameFields';
import { recordName } from '../recordName';
import { useRecordForm } from '../useRecordForm';
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

/** Makes a plan, or changes one. */
export function PlanDialog(props: {
  plan?: Plan;
  defaults?: PlanDefaults;
  onSaved: (plan: Plan) => void;
  onClose: () => void;
}) {
  const { defaults, onSaved, onClose } = props;
  const t = useT();
  const api = useApi(apiProductsApiRef);

  const {
    record: plan,
    editor,
    dialog,
  } = useRecordForm({
    record: props.plan,
    formOf: (known: Plan | undefined) => planForm(known, defaults),
    fields: PLAN_FIELDS,
    check: (form, before) => {
      const required = t('admin.field.required');
      const whole = t('admin.field.wholeNumber');
      // An amount says the price as well as a label does.
      const priced =
        form.billing === 'free' ||
        form.priceLabel.trim() !== '' ||
        before?.pricing.amount !== undefined;
      return {
        ...(form.title.trim() === '' && { title: required }),
        ...(!isRecordName(nameOf(form)) && { name: t('admin.field.name') }),
        ...(form.owner.length === 0 && { owner: required }),
        ...(!priced && { pricing: t('adminPlans.dialog.priceMissing') }),
        ...(!isLimit(form.rate) && { rateLimit: whole }),
        ...(!isLimit(form.quota) && { quota: whole }),
        ...(!isAllowance(form.allowance) && { accessRequests: whole }),
      };
    },
    create: form => api.createPlan(newPlanOf(form)),
    update: (before, form) =>
      api.updatePlan(recordName(before), planPatchOf(before, form)),
    read: before => api.getPlan(recordName(before)),
    onSaved,
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
      failed={t('adminPlans.dialog.failed')}
      onClose={onClose}
      {...dialog}
    >
      <PlanFields
        existing={plan !== undefined}
        form={editor.form}
        errors={editor.errors}
        disabled={dialog.busy}
        onChange={editor.change}
      />
    </FormDialog>
  );
}
