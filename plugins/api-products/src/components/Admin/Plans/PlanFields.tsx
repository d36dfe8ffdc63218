import {
  formatDuration,
  formatKeyLifetime,
  formatQuotaPeriod,
  formatRateLimit,
} from 'backstage-plugin-api-products-common';
import { useT } from '../../../hooks/useT';
import { Choose, TextLine } from '../fields';
import { NameFields } from '../NameFields';
import { PlaceFields } from '../placeFields';
import { ProviderSelect } from '../ProviderSelect';
import { LimitField } from './LimitField';
import type { PlanField, PlanForm } from './planForm';

type Option = [value: string, label: string];

/** `1 per minute` without the number. */
const ratePeriod = (per: string): string =>
  formatRateLimit({ requests: 1, per: Number(per) }).replace(/^\S+ per /, '');

const RATE_PERIODS: Option[] = ['1', '10', '60', '3600'].map(per => [
  per,
  ratePeriod(per),
]);
const QUOTA_PERIODS: Option[] = ['month', 'PT1H', 'P1D', 'P7D', 'P30D'].map(
  per => [per, formatQuotaPeriod(per)],
);
const ALLOWANCE_PERIODS: Option[] = ['P1D', 'P7D', 'P30D', 'P365D'].map(per => [
  per,
  formatDuration(per),
]);
const LIFETIMES = ['never', 'P7D', 'P30D', 'P90D', 'P180D', 'P365D'];
const BILLING = ['free', 'fixed', 'metered'] as const;

export function PlanFields(props: {
  existing: boolean;
  form: PlanForm;
  errors: Partial<Record<PlanField, string>>;
  disabled: boolean;
  onChange: (change: Partial<PlanForm>) => void;
}) {
  const { existing, form, errors, disabled, onChange } = props;
  const t = useT();
  const lifetimes = LIFETIMES.includes(form.keyLifetime)
    ? LIFETIMES
    : [...LIFETIMES, form.keyLifetime];

  return (
    <>
      <NameFields
        form={form}
        errors={errors}
        label={t('adminPlans.dialog.name')}
        help={t('adminPlans.dialog.nameHelp')}
        existing={existing}
        disabled={disabled}
        onChange={onChange}
      />
      <TextLine
        label={t('admin.field.description')}
        value={form.description}
        error={errors.description}
        maxLength={5000}
        disabled={disabled}
        onChange={description => onChange({ description })}
      />
      <Choose
        label={t('adminPlans.dialog.billing')}
        help={t(`adminPlans.dialog.billingHelp.${form.billing}`)}
        value={form.billing}
        disabled={disabled}
        options={BILLING.map(mode => [mode, t(`admin.billing.${mode}`)])}
        onChange={value => {
          const billing = BILLING.find(mode => mode === value);
          if (billing) {
            onChange({ billing });
          }
        }}
      />
      <TextLine
        label={t('adminPlans.dialog.price')}
        help={t('adminPlans.dialog.priceHelp')}
        value={form.priceLabel}
        error={errors.pricing}
        maxLength={255}
        disabled={disabled}
        onChange={priceLabel => onChange({ priceLabel })}
      />
      <LimitField
        label={t('adminPlans.dialog.rate')}
        perLabel={t('adminPlans.dialog.ratePer')}
        unlimited
        value={form.rate}
        periods={RATE_PERIODS}
        formatPeriod={ratePeriod}
        error={errors.rateLimit}
        disabled={disabled}
        onChange={rate => onChange({ rate })}
      />
      <LimitField
        label={t('adminPlans.dialog.quota')}
        perLabel={t('adminPlans.dialog.quotaPer')}
        unlimited
        value={form.quota}
        periods={QUOTA_PERIODS}
        formatPeriod={formatQuotaPeriod}
        error={errors.quota}
        disabled={disabled}
        onChange={quota => onChange({ quota })}
      />
      <Choose
        label={t('adminPlans.dialog.keyLifetime')}
        value={form.keyLifetime}
        error={errors.keyLifetime}
        disabled={disabled}
        options={lifetimes.map(value => [value, formatKeyLifetime(value)])}
        onChange={keyLifetime => onChange({ keyLifetime })}
      />
      <Choose
        label={t('adminPlans.dialog.approval')}
        value={form.approval}
        error={errors.approval}
        disabled={disabled}
        options={[
          ['manual', t('adminPlans.dialog.approvalManual')],
          ['auto', t('adminPlans.dialog.approvalAuto')],
        ]}
        onChange={value =>
          onChange({ approval: value === 'auto' ? 'auto' : 'manual' })
        }
      />
      <LimitField
        label={t('adminPlans.dialog.allowance')}
        perLabel={t('adminPlans.dialog.allowancePer')}
        value={form.allowance}
        periods={ALLOWANCE_PERIODS}
        formatPeriod={formatDuration}
        help={t('adminPlans.dialog.allowanceHelp')}
        error={errors.accessRequests}
        disabled={disabled}
        onChange={allowance => onChange({ allowance })}
      />
      <ProviderSelect
        value={form.provider}
        none={t('adminPlans.dialog.noProvider')}
        error={errors.provider}
        disabled={disabled}
        onChange={provider => onChange({ provider })}
      />
      <PlaceFields
        form={form}
        errors={errors}
        disabled={disabled}
        ownerHelp={t('admin.field.ownerHelp')}
        cataloguesHelp={t('adminPlans.dialog.cataloguesHelp')}
        onChange={onChange}
      />
    </>
  );
}
