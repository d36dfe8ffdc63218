import { ResponseError } from '@backstage/errors';
import type { paths } from '../rest/openapi.generated';
import { pathTo, queryString, type QueryValue } from './request';
import type { ApiProductsCallOptions, ApiProductsClientOptions } from './types';

type Method = 'get' | 'post' | 'patch' | 'delete';

/** The routes that have the method. */
type RouteOf<TMethod extends Method> = {
  [TRoute in keyof paths]: TMethod extends keyof paths[TRoute] ? TRoute : never;
}[keyof paths];

type Operation<
  TMethod extends Method,
  TRoute extends keyof paths,
> = TMethod extends keyof paths[TRoute] ? paths[TRoute][TMethod] : never;

type Json<TBody> = { content: { 'application/json': TBody } };

/** Parameters and body of an operation, as `openapi.yaml` has them. */
type Parts<TOperation> = (TOperation extends { parameters: infer TParameters }
  ? TParameters
  : unknown) &
  (TOperation extends { requestBody: Json<infer TBody> }
    ? { body: TBody }
    : 'requestBody' extends keyof TOperation
    ? TOperation extends { requestBody?: Json<infer TBody> }
      ? { body?: TBody }
      : never
    : unknown);

/** What an operation answers when it succeeds. */
type Answer<TOperation> = TOperation extends {
  responses:
    | { 200: Json<infer TBody> }
    | { 201: Json<infer TBody> }
    | { 202: Json<infer TBody> };
}
  ? TBody
  : void;

/** Any of them, as they are put into a request. */
interface AnyParts {
  path?: Record<string, string>;
  query?: Record<string, QueryValue>;
  header?: Record<string, string | undefined>;
  body?: object;
}

/**
 * Calls a route of the backend with what it takes, and answers with what it answers: all of that is as `openapi.yaml`
 * says. Throws `ResponseError` for an answer that is not a success.
 */
export type Http = <TMethod extends Method, TRoute extends RouteOf<TMethod>>(
  method: TMethod,
  route: TRoute,
  parts: Parts<Operation<TMethod, TRoute>> & AnyParts,
  options?: ApiProductsCallOptions,
) => Promise<Answer<Operation<TMethod, TRoute>>>;

/** The same for a route that answers a file. */
export type Download = <TRoute extends RouteOf<'get'>>(
  route: TRoute,
  parts: Parts<Operation<'get', TRoute>> & AnyParts,
  options?: ApiProductsCallOptions,
) => Promise<Blob>;

type Send = (
  method: Method,
  route: string,
  parts: AnyParts,
  options?: ApiProductsCallOptions,
) => Promise<Response>;

const sendWith =
  ({ discoveryApi, fetchApi }: ApiProductsClientOptions): Send =>
  async (method, route, parts, options = {}) => {
    const { path = {}, query = {}, header = {}, body } = parts;
    const headers = new Headers();
    for (const [name, value] of Object.entries(header)) {
      if (value) {
        headers.set(name, value);
      }
    }
    if (body) {
      headers.set('Content-Type', 'application/json');
    }
    if (options.token) {
      headers.set('Authorization', `Bearer ${options.token}`);
    }
    const baseUrl = await discoveryApi.getBaseUrl('api-products');
    const response = await fetchApi.fetch(
      `${baseUrl}${pathTo(route, path)}${queryString(query)}`,
      {
        method: method.toUpperCase(),
        headers,
        signal: options.signal,
        body: body && JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  };

export function createHttp(options: ApiProductsClientOptions): Http {
  const send = sendWith(options);
  return async (...call) => {
    const response = await send(...call);
    return response.status === 204 ? undefined : response.json();
  };
}

export function createDownload(options: ApiProductsClientOptions): Download {
  const send = sendWith(options);
  return async (...call) => (await send('get', ...call)).blob();
}
