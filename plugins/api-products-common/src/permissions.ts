/**
 * The permissions of API Products. They can only take away: who decides about a product, and whom a key belongs to,
 * is settled by the backend whatever a policy says.
 */
import { createPermission } from '@backstage/plugin-permission-common';

/** See products in the marketplace and by name. @public */
export const productReadPermission = createPermission({
  name: 'api-products.product.read',
  attributes: { action: 'read' },
});

/** See plans. @public */
export const planReadPermission = createPermission({
  name: 'api-products.plan.read',
  attributes: { action: 'read' },
});

/** See catalogues. @public */
export const catalogueReadPermission = createPermission({
  name: 'api-products.catalogue.read',
  attributes: { action: 'read' },
});

/** See providers and their health; only for platform owners. @public */
export const providerReadPermission = createPermission({
  name: 'api-products.provider.read',
  attributes: { action: 'read' },
});

/** Make an application. @public */
export const applicationCreatePermission = createPermission({
  name: 'api-products.application.create',
  attributes: { action: 'create' },
});

/** See one's own and one's groups' applications. @public */
export const applicationReadPermission = createPermission({
  name: 'api-products.application.read',
  attributes: { action: 'read' },
});

/** Change an application of one's own or of one's groups. @public */
export const applicationUpdatePermission = createPermission({
  name: 'api-products.application.update',
  attributes: { action: 'update' },
});

/** Delete an application of one's own or of one's groups. @public */
export const applicationDeletePermission = createPermission({
  name: 'api-products.application.delete',
  attributes: { action: 'delete' },
});

/** Ask for access. @public */
export const accessRequestCreatePermission = createPermission({
  name: 'api-products.access-request.create',
  attributes: { action: 'create' },
});

/** See access requests that one made, whose application one owns, or about which one decides. @public */
export const accessRequestReadPermission = createPermission({
  name: 'api-products.access-request.read',
  attributes: { action: 'read' },
});

/** Edit one's own pending access request. @public */
export const accessRequestUpdatePermission = createPermission({
  name: 'api-products.access-request.update',
  attributes: { action: 'update' },
});

/** Withdraw a pending access request. @public */
export const accessRequestCancelPermission = createPermission({
  name: 'api-products.access-request.cancel',
  attributes: { action: 'update' },
});

/** Approve or reject access requests to products one decides about. @public */
export const accessRequestDecidePermission = createPermission({
  name: 'api-products.access-request.decide',
  attributes: { action: 'update' },
});

/** See subscriptions of one's applications, or to products one decides about. @public */
export const subscriptionReadPermission = createPermission({
  name: 'api-products.subscription.read',
  attributes: { action: 'read' },
});

/** Revoke a subscription, or try a failed one again. @public */
export const subscriptionUpdatePermission = createPermission({
  name: 'api-products.subscription.update',
  attributes: { action: 'update' },
});

/** See credentials of subscriptions that one sees; never their secrets. @public */
export const credentialReadPermission = createPermission({
  name: 'api-products.credential.read',
  attributes: { action: 'read' },
});

/** Issue one more credential for a subscription of one's own. @public */
export const credentialCreatePermission = createPermission({
  name: 'api-products.credential.create',
  attributes: { action: 'create' },
});

/** Be shown the secret of a credential of one's own, once. @public */
export const credentialRevealPermission = createPermission({
  name: 'api-products.credential.reveal',
  attributes: { action: 'update' },
});

/** Revoke a credential. @public */
export const credentialRevokePermission = createPermission({
  name: 'api-products.credential.revoke',
  attributes: { action: 'update' },
});

/** Read the history of what one may know of. @public */
export const historyReadPermission = createPermission({
  name: 'api-products.history.read',
  attributes: { action: 'read' },
});

/** Make a product in the portal; only for platform owners and whoever is to own it. @public */
export const productCreatePermission = createPermission({
  name: 'api-products.product.create',
  attributes: { action: 'create' },
});

/** Change a product that was made in the portal or imported; only for platform owners and its owner. @public */
export const productUpdatePermission = createPermission({
  name: 'api-products.product.update',
  attributes: { action: 'update' },
});

/** Delete a product that was made in the portal or imported; only for platform owners and its owner. @public */
export const productDeletePermission = createPermission({
  name: 'api-products.product.delete',
  attributes: { action: 'delete' },
});

/** Make a plan in the portal; only for platform owners and whoever is to own it. @public */
export const planCreatePermission = createPermission({
  name: 'api-products.plan.create',
  attributes: { action: 'create' },
});

/** Change a plan that was made in the portal or imported; only for platform owners and its owner. @public */
export const planUpdatePermission = createPermission({
  name: 'api-products.plan.update',
  attributes: { action: 'update' },
});

/** Delete a plan that was made in the portal or imported; only for platform owners and its owner. @public */
export const planDeletePermission = createPermission({
  name: 'api-products.plan.delete',
  attributes: { action: 'delete' },
});

/** Make a catalogue in the portal; only for platform owners and whoever is to own it. @public */
export const catalogueCreatePermission = createPermission({
  name: 'api-products.catalogue.create',
  attributes: { action: 'create' },
});

/** Change a catalogue that was made in the portal or imported; only for platform owners and its owner. @public */
export const catalogueUpdatePermission = createPermission({
  name: 'api-products.catalogue.update',
  attributes: { action: 'update' },
});

/** Delete a catalogue that was made in the portal or imported; only for platform owners and its owner. @public */
export const catalogueDeletePermission = createPermission({
  name: 'api-products.catalogue.delete',
  attributes: { action: 'delete' },
});

/** Synchronise with a provider and repair differences; only for platform owners. @public */
export const providerUpdatePermission = createPermission({
  name: 'api-products.provider.update',
  attributes: { action: 'update' },
});

/** All of them, for the registry and for policies. @public */
export const apiProductsPermissions = [
  productReadPermission,
  planReadPermission,
  catalogueReadPermission,
  providerReadPermission,
  applicationCreatePermission,
  applicationReadPermission,
  applicationUpdatePermission,
  applicationDeletePermission,
  accessRequestCreatePermission,
  accessRequestReadPermission,
  accessRequestUpdatePermission,
  accessRequestCancelPermission,
  accessRequestDecidePermission,
  subscriptionReadPermission,
  subscriptionUpdatePermission,
  credentialReadPermission,
  credentialCreatePermission,
  credentialRevealPermission,
  credentialRevokePermission,
  historyReadPermission,
  productCreatePermission,
  productUpdatePermission,
  productDeletePermission,
  planCreatePermission,
  planUpdatePermission,
  planDeletePermission,
  catalogueCreatePermission,
  catalogueUpdatePermission,
  catalogueDeletePermission,
  providerUpdatePermission,
];
