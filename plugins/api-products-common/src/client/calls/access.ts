/** Applications, access requests, subscriptions and credentials. */
import type { ApiProductsApi } from '../ApiProductsApi';
import type { Http } from '../http';

type AccessCalls = Pick<
  ApiProductsApi,
  | 'listApplications'
  | 'createApplication'
  | 'updateApplication'
  | 'deleteApplication'
  | 'createAccessRequest'
  | 'listAccessRequests'
  | 'getAccessRequest'
  | 'approveAccessRequest'
  | 'rejectAccessRequest'
  | 'cancelAccessRequest'
  | 'decideAccessRequests'
  | 'listSubscriptions'
  | 'getSubscription'
  | 'revokeSubscription'
  | 'changePlan'
  | 'withdrawPlanChange'
  | 'suspendSubscription'
  | 'resumeSubscription'
  | 'renewSubscription'
  | 'retrySubscription'
  | 'listCredentials'
  | 'issueCredential'
  | 'revealCredential'
  | 'revokeCredential'
  | 'rotateCredential'
  | 'cutOffCredential'
  | 'extendCredential'
  | 'cancelRotation'
>;

export const accessCalls = (http: Http): AccessCalls => ({
  listApplications: (query, options) =>
    http('get', '/applications', { query }, options),

  createApplication: (body, options) =>
    http('post', '/applications', { body }, options),

  updateApplication: (id, body, options) =>
    http('patch', '/applications/{id}', { path: { id }, body }, options),

  deleteApplication: (id, options) =>
    http('delete', '/applications/{id}', { path: { id } }, options),

  createAccessRequest: (body, { idempotencyKey, ...options } = {}) =>
    http(
      'post',
      '/access-requests',
      { body, header: { 'Idempotency-Key': idempotencyKey } },
      options,
    ),

  listAccessRequests: (query, options) =>
    http('get', '/access-requests', { query }, options),

  getAccessRequest: (id, options) =>
    http('get', '/access-requests/{id}', { path: { id } }, options),

  approveAccessRequest: (id, body = {}, options) =>
    http(
      'post',
      '/access-requests/{id}/approve',
      { path: { id }, body },
      options,
    ),

  rejectAccessRequest: (id, body, options) =>
    http(
      'post',
      '/access-requests/{id}/reject',
      { path: { id }, body },
      options,
    ),

  cancelAccessRequest: (id, body = {}, options) =>
    http(
      'post',
      '/access-requests/{id}/cancel',
      { path: { id }, body },
      options,
    ),

  decideAccessRequests: async (items, options) => {
    const { results } = await http(
      'post',
      '/access-requests/decide',
      { body: { items } },
      options,
    );
    return results;
  },

  listSubscriptions: (query, options) =>
    http('get', '/subscriptions', { query }, options),

  getSubscription: (id, options) =>
    http('get', '/subscriptions/{id}', { path: { id } }, options),

  revokeSubscription: (id, body = {}, options) =>
    http('post', '/subscriptions/{id}/revoke', { path: { id }, body }, options),

  changePlan: (id, body, { idempotencyKey, ...options } = {}) =>
    http(
      'post',
      '/subscriptions/{id}/change-plan',
      {
        path: { id },
        body,
        header: { 'Idempotency-Key': idempotencyKey },
      },
      options,
    ),

  withdrawPlanChange: (id, options) =>
    http(
      'post',
      '/subscriptions/{id}/withdraw-plan-change',
      { path: { id } },
      options,
    ),

  suspendSubscription: (id, body, options) =>
    http(
      'post',
      '/subscriptions/{id}/suspend',
      { path: { id }, body },
      options,
    ),

  resumeSubscription: (id, body = {}, options) =>
    http('post', '/subscriptions/{id}/resume', { path: { id }, body }, options),

  renewSubscription: (id, options) =>
    http('post', '/subscriptions/{id}/renew', { path: { id } }, options),

  retrySubscription: (id, options) =>
    http('post', '/subscriptions/{id}/retry', { path: { id } }, options),

  listCredentials: (id, options) =>
    http('get', '/subscriptions/{id}/credentials', { path: { id } }, options),

  issueCredential: (id, body = {}, options) =>
    http(
      'post',
      '/subscriptions/{id}/credentials',
      { path: { id }, body },
      options,
    ),

  revealCredential: (id, options) =>
    http('post', '/credentials/{id}/reveal', { path: { id } }, options),

  revokeCredential: (id, body = {}, options) =>
    http('post', '/credentials/{id}/revoke', { path: { id }, body }, options),

  rotateCredential: (id, body = {}, options) =>
    http('post', '/credentials/{id}/rotate', { path: { id }, body }, options),

  cutOffCredential: (id, options) =>
    http('post', '/credentials/{id}/cut-off', { path: { id } }, options),

  extendCredential: (id, body, options) =>
    http('post', '/credentials/{id}/extend', { path: { id }, body }, options),

  cancelRotation: (id, options) =>
    http(
      'post',
      '/credentials/{id}/cancel-rotation',
      { path: { id } },
      options,
    ),
});
