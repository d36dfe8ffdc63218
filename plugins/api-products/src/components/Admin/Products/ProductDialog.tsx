import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Product } from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../../api';
import { useForm } from '../../../hooks/useForm';
import { useT } from '../../../hooks/useT';
import { FormDialog } from '../../shared';
import { isName } from '../slug';
import { nameOf } from '../NameFields';
import { recordName } from '../recordName';
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

/** Makes a product, or changes one. @internal */
export function ProductDialog(props: {
  product?: Product;
  onSaved: (product: Product) => void;
  onClose: () => void;
}) {
  const { onSaved, onClose } = props;
  // What is being edited does not change under one's hands: the revision that was looked at is sent.
  const [product] = useState(props.product);
  const [provider, setProvider] = useState(product?.provider ?? '');
  const t = useT();
  const api = useApi(apiProductsApiRef);
  const apis = useProviderApis(provider);
  const signInProblem = useSignInProblem();
  const known = apis.value ?? [];

  const editor = useForm({
    initial: productForm(product),
    fields: PRODUCT_FIELDS,
    check: form => {
      const chosen = known.filter(({ id }) => form.apis.includes(id));
      const mixed = signInProblem(chosen);
      const required = t('admin.field.required');
      return {
        ...(form.title.trim() === '' && { title: required }),
        ...(!isName(nameOf(form)) && { name: t('admin.field.name') }),
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
    send: async form =>
      onSaved(
        product
          ? await api.updateProduct(
              recordName(product),
              productPatchOf(product, form, known),
            )
          : await api.createProduct(newProductOf(form, known)),
      ),
  });
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
      busy={editor.busy}
      problem={editor.problem}
      failed={t('adminProducts.dialog.failed')}
      refusals={editor.refusals}
      onSubmit={editor.submit}
      onClose={onClose}
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
        disabled={editor.busy}
        apis={apis}
        onChange={change => {
          if (change.provider !== undefined) {
            setProvider(change.provider);
          }
          editor.change(change);
        }}
      />
    </FormDialog>
  );
}
