/** The names under which the catalog knows products, plans and catalogues. */

/** `apiVersion` of all three kinds. @public */
export const API_PRODUCTS_API_VERSION = 'api-products/v1alpha1';

/** @public */
export const API_PRODUCT_KIND = 'APIProduct';

/** @public */
export const API_PLAN_KIND = 'APIPlan';

/** @public */
export const API_CATALOGUE_KIND = 'APICatalogue';

/** From a product to an API that it bundles. @public */
export const RELATION_BUNDLES_API = 'bundlesApi';

/** From an API to a product that bundles it. @public */
export const RELATION_API_BUNDLED_IN = 'apiBundledIn';

/** From a product to a plan that it can be had on. @public */
export const RELATION_OFFERS_PLAN = 'offersPlan';

/** From a plan to a product that offers it. @public */
export const RELATION_PLAN_OFFERED_IN = 'planOfferedIn';

/** From a product or a plan to a catalogue that shows it. @public */
export const RELATION_LISTED_IN = 'listedIn';

/** From a catalogue to a product or a plan that it shows. @public */
export const RELATION_LISTS = 'lists';

/** On an API entity: the id under which the provider keeps the API. @public */
export const ANNOTATION_PROVIDER_API_ID = 'tyk.io/apiId';

/** On an API entity: the provider that keeps the API. It can be left out where there is only one. @public */
export const ANNOTATION_PROVIDER = 'tyk.io/provider';

/** On a product or a plan: the id of the policy that the provider keeps for it. @public */
export const ANNOTATION_POLICY_ID = 'tyk.io/policy-id';

/**
 * On entities that the catalog has from this plugin and not from Git: `portal` or `provider`. Whoever reads products
 * from the catalog leaves out those that carry it, or they would come back to where they came from.
 * @public
 */
export const ANNOTATION_ORIGIN = 'api-products/origin';

/**
 * On a product, plan or catalogue in Git: the name, or namespace and name, that its entity had before. What the record
 * of that name is at its provider, and who is subscribed to it, stays with the entity.
 * @public
 */
export const ANNOTATION_RENAMED_FROM = 'api-products/renamed-from';
