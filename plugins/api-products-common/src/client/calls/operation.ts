/** Providers, what happened, and the caller themselves. */
import type { ApiProductsApi } from '../ApiProductsApi';
import type { Http } from '../http';
import { path, queryString } from '../request';

type OperationCalls = Pick<
  ApiProductsApi,
  | 'getMe'
  | 'listProviders'
  | 'getProvider'
  | 'listProviderApis'
  | 'decideProviderApi'
  | 'syncProvider'
  | 'listSyncRuns'
  | 'listDrift'
  | 'checkDrift'
  | 'repairDrift'
  | 'listCatalogRemovals'
  | 'confirmCatalogRemovals'
  | 'listHistory'
>;

/** @internal */
export const operationCalls = (http: Http): OperationCalls => ({
  getMe: options => http.get('/me', options),

  listProviders: options => http.get('/providers', options),

  getProvider: (id, options) => http.get(path('providers', id), options),

  listProviderApis: (provider, options) =>
    http.get(path('providers', provider, 'apis'), options),

  decideProviderApi: (provider, decision, options) =>
    http.post(path('providers', provider, 'apis', 'decide'), decision, options),

  syncProvider: (provider, input = {}, options) =>
    http.post(path('providers', provider, 'sync'), input, options),

  listSyncRuns: (provider, query, options) =>
    http.get(
      `${path('providers', provider, 'sync-runs')}${queryString({ ...query })}`,
      options,
    ),

  listDrift: (provider, query, options) =>
    http.get(
      `${path('providers', provider, 'drift')}${queryString({ ...query })}`,
      options,
    ),

  checkDrift: (provider, options) =>
    http.tell(path('providers', provider, 'drift', 'check'), options),

  repairDrift: (provider, item, repair, options) =>
    http.post(
      path('providers', provider, 'drift', item, 'repair'),
      repair,
      options,
    ),

  listCatalogRemovals: options => http.get('/catalog-removals', options),

  confirmCatalogRemovals: (refs, options) =>
    http.post('/catalog-removals/confirm', { refs }, options),

  listHistory: (query, options) =>
    http.get(`/history${queryString({ ...query })}`, options),
});
