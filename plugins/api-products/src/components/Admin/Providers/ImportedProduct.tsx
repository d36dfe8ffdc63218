import { useRef } from 'react';
import Button from '@material-ui/core/Button';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useForm } from '../../../hooks/useForm';
import { useT } from '../../../hooks/useT';
import { Picker } from '../../shared';
import { recordName } from '../recordName';
import { PlaceFields } from '../placeFields';
import { usePlanChoices } from '../useChoices';
import { ImportedRow } from './ImportedRow';

const FIELDS = ['owner', 'catalogues', 'plans'] as const;

/** A product that was imported and that nobody sees yet. */
export function ImportedProduct(props: {
  product: Product;
  onDone: (what: string) => void;
}) {
  const { product, onDone } = props;
  const { title } = product;
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const plans = usePlanChoices(product.provider);
  const publishing = useRef(false);

  const { form, errors, problem, busy, change, submit } = useForm({
    initial: {
      owner: [product.owner],
      catalogues: product.catalogues,
      plans: product.plans.map(({ ref }) => ref),
    },
    fields: FIELDS,
    check: filled => ({
      ...(filled.owner.length === 0 && { owner: t('admin.field.required') }),
      ...(publishing.current &&
        filled.catalogues.length === 0 && {
          catalogues: t('adminProviders.imports.needsCatalogue'),
        }),
    }),
    send: async filled => {
      await api.updateProduct(recordName(product), {
        revision: product.revision,
        owner: filled.owner[0],
        catalogues: filled.catalogues,
        plans: filled.plans,
        ...(publishing.current && { lifecycle: 'active' }),
      });
      onDone(
        t(
          publishing.current
            ? 'adminProviders.imports.published'
            : 'adminProviders.imports.saved',
          { name: title },
        ),
      );
    },
  });
  const send = (publish: boolean) => {
    publishing.current = publish;
    submit();
  };

  return (
    <ImportedRow
      title={title}
      facts={t('adminProviders.imports.apis', { count: product.apis.length })}
      failed={t('adminProviders.imports.publishFailed')}
      problem={problem}
      fields={
        <>
          <PlaceFields
            form={form}
            errors={errors}
            disabled={busy}
            cataloguesHelp={t('adminProviders.imports.cataloguesHelp')}
            onChange={change}
          />
          <Picker
            label={t('adminProviders.imports.plansOf')}
            choices={plans}
            value={form.plans}
            disabled={busy}
            error={errors.plans}
            help={t('adminProviders.imports.plansHelp')}
            onChange={chosen => change({ plans: chosen })}
          />
        </>
      }
      buttons={
        <>
          <Button
            color="primary"
            variant="contained"
            disabled={busy}
            aria-label={t('adminProviders.imports.publishLabel', {
              name: title,
            })}
            onClick={() => send(true)}
          >
            {busy
              ? t('adminProviders.imports.saving')
              : t('adminProviders.imports.publish')}
          </Button>
          <Button
            disabled={busy}
            aria-label={t('adminProviders.imports.saveLabel', { name: title })}
            onClick={() => send(false)}
          >
            {t('adminProviders.imports.save')}
          </Button>
        </>
      }
    />
  );
}
