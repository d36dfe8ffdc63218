import type {
  Product,
  ProductLifecycle,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import type { Resource } from '../../../hooks/useResource';
import { useT } from '../../../hooks/useT';
import { Choose, TextLine } from '../fields';
import { NameFields } from '../NameFields';
import { PlaceFields } from '../placeFields';
import { ProviderSelect } from '../ProviderSelect';
import { ApiPicker } from './ApiPicker';
import type { ProductField, ProductForm } from './productForm';

const NEW_LIFECYCLES: ProductLifecycle[] = ['draft', 'active'];
const LIFECYCLES: ProductLifecycle[] = [
  ...NEW_LIFECYCLES,
  'deprecated',
  'retired',
];

export function ProductFields(props: {
  /** Absent for a new one. */
  product?: Product;
  form: ProductForm;
  errors: Partial<Record<ProductField, string>>;
  disabled: boolean;
  apis: Resource<ProviderApi[]>;
  onChange: (change: Partial<ProductForm>) => void;
}) {
  const { product, form, errors, disabled, apis, onChange } = props;
  const t = useT();
  const isLifecycle = (value: string): value is ProductLifecycle =>
    LIFECYCLES.some(known => known === value);

  return (
    <>
      <NameFields
        form={form}
        errors={errors}
        label={t('adminProducts.dialog.name')}
        help={t('adminProducts.dialog.nameHelp')}
        existing={product !== undefined}
        disabled={disabled}
        onChange={onChange}
      />
      <TextLine
        label={t('adminProducts.dialog.description')}
        help={t('adminProducts.dialog.descriptionHelp')}
        rows={2}
        maxLength={5000}
        value={form.description}
        error={errors.description}
        disabled={disabled}
        onChange={description => onChange({ description })}
      />
      <TextLine
        label={t('adminProducts.dialog.endpoint')}
        help={t('adminProducts.dialog.endpointHelp')}
        value={form.gatewayEndpoint}
        error={errors.gatewayEndpoint}
        disabled={disabled}
        onChange={gatewayEndpoint => onChange({ gatewayEndpoint })}
      />
      <ProviderSelect
        value={form.provider}
        none={t('adminProducts.dialog.noProvider')}
        error={errors.provider}
        disabled={disabled}
        onChange={provider => onChange({ provider, apis: [] })}
      />
      {form.provider !== '' && (
        <ApiPicker
          provider={form.provider}
          product={product}
          apis={apis}
          value={form.apis}
          error={errors.apis}
          disabled={disabled}
          onChange={chosen => onChange({ apis: chosen })}
        />
      )}
      <PlaceFields
        form={form}
        errors={errors}
        disabled={disabled}
        ownerHelp={t('admin.field.ownerHelp')}
        cataloguesHelp={t('adminProducts.dialog.cataloguesHelp')}
        onChange={onChange}
      />
      <Choose
        label={t('adminProducts.dialog.status')}
        help={t('adminProducts.dialog.statusHelp')}
        value={form.lifecycle}
        error={errors.lifecycle}
        disabled={disabled}
        options={(product ? LIFECYCLES : NEW_LIFECYCLES).map(lifecycle => [
          lifecycle,
          t(`product.lifecycle.${lifecycle}`),
        ])}
        onChange={lifecycle =>
          isLifecycle(lifecycle) && onChange({ lifecycle })
        }
      />
    </>
  );
}
