/** Providers, what happened, and the caller themselves. */
import type { ApiProductsApi } from '../ApiProductsApi';
import type { Download, Http } from '../http';

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
  | 'listCatalogRecords'
  | 'listCatalogRemovals'
  | 'reportCatalogRemovals'
  | 'confirmCatalogRemovals'
  | 'listGoneRecords'
  | 'confirmRename'
  | 'listOwnerless'
  | 'listHistory'
  | 'getHistoryExport'
  | 'getHistoryVerification'
>;

export const operationCalls = (
  http: Http,
  download: Download,
): OperationCalls => ({
  getMe: options => http('get', '/me', {}, options),

  listProviders: options => http('get', '/providers', {}, options),

  getProvider: (id, options) =>
    http('get', '/providers/{id}', { path: { id } }, options),

  listProviderApis: (id, options) =>
    http('get', '/providers/{id}/apis', { path: { id } }, options),

  decideProviderApi: (id, body, options) =>
    http(
      'post',
      '/providers/{id}/apis/decide',
      { path: { id }, body },
      options,
    ),

  syncProvider: (id, body = {}, options) =>
    http('post', '/providers/{id}/sync', { path: { id }, body }, options),

  listSyncRuns: (id, query, options) =>
    http('get', '/providers/{id}/sync-runs', { path: { id }, query }, options),

  listDrift: (id, query, options) =>
    http('get', '/providers/{id}/drift', { path: { id }, query }, options),

  checkDrift: async (id, options) => {
    await http(
      'post',
      '/providers/{id}/drift/check',
      { path: { id } },
      options,
    );
  },

  repairDrift: (id, item, body, options) =>
    http(
      'post',
      '/providers/{id}/drift/{item}/repair',
      { path: { id, item }, body },
      options,
    ),

  listCatalogRecords: (query, options) =>
    http('get', '/catalog-records', { query }, options),

  listCatalogRemovals: options => http('get', '/catalog-removals', {}, options),

  reportCatalogRemovals: (refs, options) =>
    http('post', '/catalog-removals', { body: { refs } }, options),

  confirmCatalogRemovals: (refs, options) =>
    http('post', '/catalog-removals/confirm', { body: { refs } }, options),

  listGoneRecords: (query, options) =>
    http('get', '/gone-records', { query }, options),

  confirmRename: (rename, options) =>
    http('post', '/gone-records/confirm-rename', { body: rename }, options),

  listOwnerless: (query, options) =>
    http('get', '/ownerless', { query }, options),

  listHistory: (query, options) => http('get', '/history', { query }, options),

  getHistoryExport: (query, options) =>
    download('/history/export', { query }, options),

  getHistoryVerification: (query, options) =>
    http('get', '/history/verification', { query }, options),
});
