import { ResponseError } from '@backstage/errors';
import type {
  AccessRequest,
  Application,
  Catalogue,
  Credential,
  HistoryEntry,
  Id,
  Me,
  Page,
  Product,
  Provider,
  RevealedSecret,
  Subscription,
} from '../model';
import type {
  AccessRequestQuery,
  ApiProductsApi,
  ApplicationQuery,
  Decide,
  HistoryQuery,
  NewAccessRequest,
  NewCredential,
  PageQuery,
  ProductQuery,
  Reject,
  RequestOptions,
  SubscriptionQuery,
} from './types';

const PLUGIN_ID = 'api-products';

interface Call extends RequestOptions {
  method?: 'GET' | 'POST';
  query?: object;
  body?: object;
  headers?: Record<string, string>;
}

/** Lists repeat their name, as openapi.yaml says; what is absent is left out. */
function queryString(query: object): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== '') {
        params.append(name, String(each));
      }
    }
  }
  const text = params.toString();
  return text && `?${text}`;
}

const path = (...segments: string[]): string =>
  segments.map(segment => `/${encodeURIComponent(segment)}`).join('');

/**
 * Calls the backend plugin over HTTP, from a browser or from Node: whatever can tell where the backend is and fetch
 * with the caller's identity will do.
 *
 * @public
 */
export class ApiProductsClient implements ApiProductsApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  private constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  /** @param options - `fetchApi` adds the caller's token, as Backstage's own does */
  static create(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }): ApiProductsClient {
    return new ApiProductsClient(options);
  }

  listProducts(query: ProductQuery = {}, options?: RequestOptions) {
    return this.#call<Page<Product>>(path('products'), { query, ...options });
  }

  getProduct(
    product: { namespace: string; name: string },
    options?: RequestOptions,
  ) {
    return this.#call<Product>(
      path('products', product.namespace, product.name),
      options,
    );
  }

  listCatalogues(query: PageQuery = {}, options?: RequestOptions) {
    return this.#call<Page<Catalogue>>(path('catalogues'), {
      query,
      ...options,
    });
  }

  listApplications(query: ApplicationQuery = {}, options?: RequestOptions) {
    return this.#call<Page<Application>>(path('applications'), {
      query,
      ...options,
    });
  }

  listAccessRequests(query: AccessRequestQuery = {}, options?: RequestOptions) {
    return this.#call<Page<AccessRequest>>(path('access-requests'), {
      query,
      ...options,
    });
  }

  getAccessRequest(id: Id, options?: RequestOptions) {
    return this.#call<AccessRequest>(path('access-requests', id), options);
  }

  createAccessRequest(
    request: NewAccessRequest,
    options: RequestOptions & { idempotencyKey?: string } = {},
  ) {
    const { idempotencyKey, signal } = options;
    return this.#call<AccessRequest>(path('access-requests'), {
      method: 'POST',
      body: request,
      headers: idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
      signal,
    });
  }

  approveAccessRequest(id: Id, decision: Decide = {}) {
    return this.#post<AccessRequest>(
      path('access-requests', id, 'approve'),
      decision,
    );
  }

  rejectAccessRequest(id: Id, decision: Reject) {
    return this.#post<AccessRequest>(
      path('access-requests', id, 'reject'),
      decision,
    );
  }

  cancelAccessRequest(id: Id, input: { revision?: number } = {}) {
    return this.#post<AccessRequest>(
      path('access-requests', id, 'cancel'),
      input,
    );
  }

  listSubscriptions(query: SubscriptionQuery = {}, options?: RequestOptions) {
    return this.#call<Page<Subscription>>(path('subscriptions'), {
      query,
      ...options,
    });
  }

  getSubscription(id: Id, options?: RequestOptions) {
    return this.#call<Subscription>(path('subscriptions', id), options);
  }

  revokeSubscription(id: Id, input: { reason?: string } = {}) {
    return this.#post<Subscription>(path('subscriptions', id, 'revoke'), input);
  }

  retrySubscription(id: Id) {
    return this.#post<Subscription>(path('subscriptions', id, 'retry'));
  }

  listCredentials(subscription: Id, options?: RequestOptions) {
    return this.#call<Page<Credential>>(
      path('subscriptions', subscription, 'credentials'),
      options,
    );
  }

  issueCredential(subscription: Id, input: NewCredential = {}) {
    return this.#post<Credential>(
      path('subscriptions', subscription, 'credentials'),
      input,
    );
  }

  revealCredential(id: Id) {
    return this.#post<RevealedSecret>(path('credentials', id, 'reveal'));
  }

  revokeCredential(id: Id, input: { reason?: string } = {}) {
    return this.#post<Credential>(path('credentials', id, 'revoke'), input);
  }

  getMe(options?: RequestOptions) {
    return this.#call<Me>(path('me'), options);
  }

  listProviders(options?: RequestOptions) {
    return this.#call<Page<Provider>>(path('providers'), options);
  }

  listHistory(query: HistoryQuery = {}, options?: RequestOptions) {
    return this.#call<Page<HistoryEntry>>(path('history'), {
      query,
      ...options,
    });
  }

  #post<T>(route: string, body?: object): Promise<T> {
    return this.#call<T>(route, { method: 'POST', body });
  }

  async #call<T>(route: string, call: Call = {}): Promise<T> {
    const { method = 'GET', query = {}, body, headers, signal } = call;
    const baseUrl = await this.#discoveryApi.getBaseUrl(PLUGIN_ID);
    const response = await this.#fetchApi.fetch(
      `${baseUrl}${route}${queryString(query)}`,
      {
        method,
        signal,
        headers: {
          Accept: 'application/json',
          ...(body ? { 'Content-Type': 'application/json' } : {}),
          ...headers,
        },
        body: body && JSON.stringify(body),
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
