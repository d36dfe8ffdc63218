/** Applications, access requests, subscriptions and credentials. */
import type { ApiProductsApi } from '../ApiProductsApi';
import type { Http } from '../http';
import { path, queryString } from '../request';

type AccessCalls = Pick<
  ApiProductsApi,
  | 'listApplications'
  | 'createApplication'
  | 'createAccessRequest'
  | 'listAccessRequests'
  | 'getAccessRequest'
  | 'approveAccessRequest'
  | 'rejectAccessRequest'
  | 'cancelAccessRequest'
  | 'listSubscriptions'
  | 'getSubscription'
  | 'revokeSubscription'
  | 'retrySubscription'
  | 'listCredentials'
  | 'issueCredential'
  | 'revealCredential'
  | 'revokeCredential'
>;

/** @internal */
export const accessCalls = (http: Http): AccessCalls => ({
  listApplications: (query, options) =>
    http.get(`/applications${queryString({ ...query })}`, options),

  createApplication: (application, options) =>
    http.post('/applications', application, options),

  createAccessRequest: (request, { idempotencyKey, ...options } = {}) =>
    http.post(
      '/access-requests',
      request,
      options,
      idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
    ),

  listAccessRequests: (query, options) =>
    http.get(`/access-requests${queryString({ ...query })}`, options),

  getAccessRequest: (id, options) =>
    http.get(path('access-requests', id), options),

  approveAccessRequest: (id, approval = {}, options) =>
    http.post(path('access-requests', id, 'approve'), approval, options),

  rejectAccessRequest: (id, rejection, options) =>
    http.post(path('access-requests', id, 'reject'), rejection, options),

  cancelAccessRequest: (id, cancellation = {}, options) =>
    http.post(path('access-requests', id, 'cancel'), cancellation, options),

  listSubscriptions: (query, options) =>
    http.get(`/subscriptions${queryString({ ...query })}`, options),

  getSubscription: (id, options) =>
    http.get(path('subscriptions', id), options),

  revokeSubscription: (id, revocation = {}, options) =>
    http.post(path('subscriptions', id, 'revoke'), revocation, options),

  retrySubscription: (id, options) =>
    http.post(path('subscriptions', id, 'retry'), undefined, options),

  listCredentials: (subscription, options) =>
    http.get(path('subscriptions', subscription, 'credentials'), options),

  issueCredential: (subscription, credential = {}, options) =>
    http.post(
      path('subscriptions', subscription, 'credentials'),
      credential,
      options,
    ),

  revealCredential: (id, options) =>
    http.post(path('credentials', id, 'reveal'), undefined, options),

  revokeCredential: (id, revocation = {}, options) =>
    http.post(path('credentials', id, 'revoke'), revocation, options),
});
