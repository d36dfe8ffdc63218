/** The state of a product's form, and what is sent of it. */
import type {
  APIProductApi,
  NewProduct,
  Product,
  ProductApi,
  ProductLifecycle,
  ProductPatch,
  ProviderApi,
} from 'backstage-plugin-api-products-common';
import { changesBetween } from '../changes';
import { nameOf, type Naming } from '../NameFields';

export interface ProductForm extends Naming {
  description: string;
  gatewayEndpoint: string;
  /** Empty: documentation only. */
  provider: string;
  /** Ids at the provider; the ref of an API whose id is not known. */
  apis: string[];
  /** One at most. */
  owner: string[];
  catalogues: string[];
  lifecycle: ProductLifecycle;
}

/** As the server calls them; `authentication` is said at the APIs. */
export const PRODUCT_FIELDS = [
  'title',
  'name',
  'description',
  'gatewayEndpoint',
  'provider',
  'apis',
  'authentication',
  'owner',
  'catalogues',
  'lifecycle',
] as const;

export type ProductField = (typeof PRODUCT_FIELDS)[number];

/** What tells APIs of a product apart. */
export const apiKeyOf = ({ providerApiId, ref }: ProductApi): string =>
  providerApiId ?? ref ?? '';

/** What a product offers and where it is listed, also what the reader cannot combine. */
export const refsOf = (product: Product) => ({
  plans: product.refs?.plans ?? product.plans.map(({ ref }) => ref),
  catalogues: product.refs?.catalogues ?? product.catalogues,
});

/** What the form starts with. */
export function productForm(product: Product | undefined): ProductForm {
  return {
    title: product?.title ?? '',
    name: product?.name,
    description: product?.description ?? '',
    gatewayEndpoint: product?.gatewayEndpoint ?? '',
    provider: product?.provider ?? '',
    apis: product?.apis.map(apiKeyOf) ?? [],
    owner: product ? [product.owner] : [],
    catalogues: product ? refsOf(product).catalogues : [],
    lifecycle: product?.lifecycle ?? 'draft',
  };
}

/** An API keeps what the product says of its versions and paths; a new one is named as well as it is known. */
function apisOf(
  form: ProductForm,
  before: ProductApi[],
  known: ProviderApi[],
): APIProductApi[] {
  return form.apis.map(key => {
    const kept = before.find(api => apiKeyOf(api) === key);
    if (kept) {
      const { ref, providerApiId, versions, allowedUrls } = kept;
      return { ref, providerApiId, versions, allowedUrls };
    }
    const ref = known.find(({ id }) => id === key)?.entity;
    return { ...(ref && { ref }), providerApiId: key };
  });
}

export function newProductOf(
  form: ProductForm,
  known: ProviderApi[],
): NewProduct {
  const description = form.description.trim();
  const gatewayEndpoint = form.gatewayEndpoint.trim();
  return {
    name: nameOf(form),
    title: form.title.trim(),
    ...(description && { description }),
    ...(gatewayEndpoint && { gatewayEndpoint }),
    ...(form.provider && {
      provider: form.provider,
      apis: apisOf(form, [], known),
    }),
    owner: form.owner[0],
    catalogues: form.catalogues,
    lifecycle: form.lifecycle,
  };
}

/** Only what was changed, so that what others change at the same time stays. */
export function productPatchOf(
  product: Product,
  form: ProductForm,
  known: ProviderApi[],
): ProductPatch {
  const changed = changesBetween(productForm(product), form);
  return {
    revision: product.revision,
    ...(changed('title') && { title: form.title.trim() }),
    ...(changed('description') && {
      description: form.description.trim() || null,
    }),
    ...(changed('gatewayEndpoint') && {
      gatewayEndpoint: form.gatewayEndpoint.trim() || null,
    }),
    ...(changed('provider') && { provider: form.provider || null }),
    ...(changed('apis') && { apis: apisOf(form, product.apis, known) }),
    ...(changed('owner') && { owner: form.owner[0] }),
    ...(changed('catalogues') && { catalogues: form.catalogues }),
    ...(changed('lifecycle') && { lifecycle: form.lifecycle }),
  };
}
