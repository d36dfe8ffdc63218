import type { components } from '../rest/openapi.generated';

/** Where a product is in its life. Only `active` and `deprecated` products are seen by developers. @public */
export type ProductLifecycle = components['schemas']['ProductLifecycle'];

/** An API of a product, and where its provider keeps it. @public */
export type ProductApi = components['schemas']['ProductApi'];

/** A path of an API that the product opens; without any, the whole API is open. @public */
export type AllowedUrl = NonNullable<ProductApi['allowedUrls']>[number];

/** A text the consumer accepts when asking for access. @public */
export type Terms = components['schemas']['Terms'];

/** How a product is presented before and beside its lifecycle. @public */
export type ProductVisibility = components['schemas']['ProductVisibility'];

/** What a plan costs. @public */
export type Pricing = components['schemas']['Pricing'];

/** What the provider knows of a product or a plan. @public */
export type ProviderState = components['schemas']['ProviderState'];

/** What the caller may do with a product now. @public */
export type ProductAction = Product['actions'][number];

/** What the caller may do with a plan now. @public */
export type RecordAction = components['schemas']['RecordActions'][number];

/** What the caller may do with a catalogue now; `list`: put products and plans into it. @public */
export type CatalogueAction = Catalogue['actions'][number];

/**
 * References as a product says them, also those that the caller cannot use or does not see: for those who may edit the
 * product, and for other plugins.
 * @public
 */
export type ProductRefs = NonNullable<Product['refs']>;

/** What the caller already has of a product. @public */
export type MyAccess = components['schemas']['MyAccess'];

/** A plan as seen beside one product: only plans the caller can combine with it. @public */
export type PlanSummary = components['schemas']['PlanSummary'];

/** A product as the REST API shows it. @public */
export type Product = components['schemas']['Product'];

/** What a card in the marketplace shows of a product. @public */
export type ProductCard = components['schemas']['ProductCard'];

/** Values of one filter: the first of them, and whether there are more. @public */
export type Facet = components['schemas']['Facet'];

/** What products can be narrowed by. @public */
export type ProductFacets = components['schemas']['ProductFacets'];

/** A plan as the REST API shows it. @public */
export type Plan = components['schemas']['Plan'];

/** A catalogue as the REST API shows it. @public */
export type Catalogue = components['schemas']['Catalogue'];
