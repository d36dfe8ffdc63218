import type { ApiProductsApi } from './ApiProductsApi';
import { accessCalls } from './calls/access';
import { catalogueCalls } from './calls/catalogue';
import { operationCalls } from './calls/operation';
import { createDownload, createHttp } from './http';
import type { ApiProductsClientOptions } from './types';

/**
 * {@link ApiProductsApi} over HTTP, for browser and Node.
 *
 * @public
 */
export const ApiProductsClient = {
  create(options: ApiProductsClientOptions): ApiProductsApi {
    const http = createHttp(options);
    return {
      ...catalogueCalls(http),
      ...accessCalls(http),
      ...operationCalls(http, createDownload(options)),
    };
  },
};
