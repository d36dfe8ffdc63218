import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import {
  formatLimits,
  formatPrice,
  type Plan,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useForm } from '../../../hooks/useForm';
import { useT } from '../../../hooks/useT';
import { recordName } from '../recordName';
import { PlaceFields } from '../placeFields';
import { ImportedRow } from './ImportedRow';

const FIELDS = ['owner', 'catalogues'] as const;

/** A plan that was imported and stands in no catalogue yet. */
export function ImportedPlan(props: {
  plan: Plan;
  onDone: (what: string) => void;
}) {
  const { plan, onDone } = props;
  const { title } = plan;
  const t = useT();
  const api = useApi(apiProductsApiRef);

  const { form, errors, problem, busy, change, submit } = useForm({
    initial: { owner: [plan.owner], catalogues: plan.catalogues },
    fields: FIELDS,
    check: filled =>
      filled.owner.length === 0 ? { owner: t('admin.field.required') } : {},
    send: async filled => {
      await api.updatePlan(recordName(plan), {
        revision: plan.revision,
        owner: filled.owner[0],
        catalogues: filled.catalogues,
      });
      onDone(t('adminProviders.imports.saved', { name: title }));
    },
  });

  return (
    <ImportedRow
      title={title}
      facts={`${formatLimits(plan)} · ${formatPrice(plan.pricing)}`}
      failed={t('adminProviders.imports.saveFailed')}
      problem={problem}
      fields={
        <PlaceFields
          form={form}
          errors={errors}
          disabled={busy}
          cataloguesHelp={t('adminProviders.imports.cataloguesHelp')}
          onChange={change}
        />
      }
      buttons={
        <Button
          color="primary"
          variant="contained"
          disabled={busy}
          aria-label={t('adminProviders.imports.saveLabel', { name: title })}
          onClick={submit}
        >
          {busy
            ? t('adminProviders.imports.saving')
            : t('adminProviders.imports.save')}
        </Button>
      }
    />
  );
}
