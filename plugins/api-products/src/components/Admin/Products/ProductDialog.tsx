import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  isRecordName,
  type Product,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useT } from '../../../hooks/useT';
import { FormDialog } from '../../shared';
import { nameOf } from '../NameFields';
import { recordName } from '../recordName';
import { useRecordForm } from '../useRecordForm';
import {
  newProductOf,
  PRODUCT_FIELDS,
  productForm,
  productPatchOf,
} from './productForm';
import { ProductFields } from './ProductFields';
import { useProviderApis } from './useProviderApis';
import { useSignInProblem } from './signIn';

const URL_START = /^https?:\/\/\S+$/i;

/** Makes a product, or changes one. */
export function ProductDialog(props: {
  product?: Product;
  onSaved: (product: Product) => void;
  onClose: () => void;
}) {
  const { onSaved, onClose } = props;
  const [provider, setProvider] = useState(props.product?.provider ?? '');
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const apis = useProviderApis(provider);
  const signInProblem = useSignInProblem();
  const known = apis.value ?? [];

  const {
    record: product,
    editor,
    dialog,
  } = useRecordForm({
    record: props.product,
    formOf: productForm,
    fields: PRODUCT_FIELDS,
    check: form => {
      const chosen = known.filter(({ id }) => form.apis.includes(id));
      const mixed = signInProblem(chosen);
      const required = t('admin.field.required');
      return {
        ...(form.title.trim() === '' && { title: required }),
        ...(!isRecordName(nameOf(form)) && { name: t('admin.field.name') }),
        ...(form.owner.length === 0 && { owner: required }),
        ...(form.gatewayEndpoint.trim() !== '' &&
          !URL_START.test(form.gatewayEndpoint.trim()) && {
            gatewayEndpoint: t('admin.field.url'),
          }),
        ...(form.provider !== '' &&
          form.apis.length === 0 &&
          form.lifecycle !== 'draft' && {
            apis: t('adminProducts.dialog.apisHelp'),
          }),
        ...(mixed !== undefined && { apis: mixed }),
      };
    },
    create: form => api.createProduct(newProductOf(form, known)),
    update: (before, form) =>
      api.updateProduct(
        recordName(before),
        productPatchOf(before, form, known),
      ),
    read: before => api.getProduct(recordName(before)),
    onSaved,
  });
  if (provider !== editor.form.provider) {
    setProvider(editor.form.provider);
  }
  const chosen = known.filter(({ id }) => editor.form.apis.includes(id));

  return (
    <FormDialog
      title={
        product
          ? t('adminProducts.dialog.editTitle', { name: product.title })
          : t('adminProducts.dialog.addTitle')
      }
      submit={t('adminProducts.dialog.save')}
      submitting={t('adminProducts.dialog.saving')}
      failed={t('adminProducts.dialog.failed')}
      onClose={onClose}
      {...dialog}
    >
      <ProductFields
        product={product}
        form={editor.form}
        errors={{
          ...editor.errors,
          // Said as soon as it is seen, not only when it is sent.
          apis:
            signInProblem(chosen) ??
            editor.errors.apis ??
            editor.errors.authentication,
        }}
        disabled={dialog.busy}
        apis={apis}
        onChange={editor.change}
      />
    </FormDialog>
  );
}
