import { ResponseError } from '@backstage/errors';
import type { ApiProductsCallOptions, ApiProductsClientOptions } from './types';

/** Calls of the backend's routes. Every one throws `ResponseError` for an answer that is not a success. @internal */
export interface Http {
  get<T>(route: string, options?: ApiProductsCallOptions): Promise<T>;
  post<T>(
    route: string,
    body: object | undefined,
    options?: ApiProductsCallOptions,
    headers?: Record<string, string>,
  ): Promise<T>;
  patch<T>(
    route: string,
    body: object,
    options?: ApiProductsCallOptions,
  ): Promise<T>;
  remove(route: string, options?: ApiProductsCallOptions): Promise<void>;
  /** A POST whose answer says nothing but that it was taken. */
  tell(route: string, options?: ApiProductsCallOptions): Promise<void>;
}

/** @internal */
export function createHttp({
  discoveryApi,
  fetchApi,
}: ApiProductsClientOptions): Http {
  const call = async (
    method: string,
    route: string,
    options: ApiProductsCallOptions = {},
    body?: object,
    extra: Record<string, string> = {},
  ): Promise<Response> => {
    const headers = new Headers(extra);
    if (body) {
      headers.set('Content-Type', 'application/json');
    }
    if (options.token) {
      headers.set('Authorization', `Bearer ${options.token}`);
    }
    const baseUrl = await discoveryApi.getBaseUrl('api-products');
    const response = await fetchApi.fetch(`${baseUrl}${route}`, {
      method,
      headers,
      signal: options.signal,
      body: body && JSON.stringify(body),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  };
  return {
    get: async (route, options) => (await call('GET', route, options)).json(),
    post: async (route, body, options, headers) =>
      (await call('POST', route, options, body, headers)).json(),
    patch: async (route, body, options) =>
      (await call('PATCH', route, options, body)).json(),
    remove: async (route, options) => {
      await call('DELETE', route, options);
    },
    tell: async (route, options) => {
      await call('POST', route, options);
    },
  };
}
