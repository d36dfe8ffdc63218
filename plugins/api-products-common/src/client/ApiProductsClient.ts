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
  Plan,
  Product,
  Provider,
  RevealedSecret,
  Subscription,
} from '../model';
import type { ApiProductsApi } from './ApiProductsApi';
import { path, queryString } from './request';
import type {
  AccessRequestQuery,
  ApiProductsCallOptions,
  ApiProductsClientOptions,
  ApplicationQuery,
  ApprovalInput,
  CatalogueQuery,
  HistoryQuery,
  NewAccessRequest,
  NewApplication,
  NewCredential,
  PlanQuery,
  ProductQuery,
  RejectionInput,
  SubscriptionQuery,
} from './types';

/**
 * {@link ApiProductsApi} over HTTP, for browser and Node.
 *
 * @public
 */
export class ApiProductsClient implements ApiProductsApi {
  readonly #discoveryApi: ApiProductsClientOptions['discoveryApi'];
  readonly #fetchApi: ApiProductsClientOptions['fetchApi'];

  static create(options: ApiProductsClientOptions): ApiProductsClient {
    return new ApiProductsClient(options);
  }

  private constructor(options: ApiProductsClientOptions) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  listProducts(
    query: ProductQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<Product>> {
    return this.#get(`/products${queryString({ ...query })}`, options);
  }

  getProduct(
    product: { namespace: string; name: string },
    options?: ApiProductsCallOptions,
  ): Promise<Product> {
    return this.#get(
      path('products', product.namespace, product.name),
      options,
    );
  }

  listPlans(
    query: PlanQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<Plan>> {
    return this.#get(`/plans${queryString({ ...query })}`, options);
  }

  listCatalogues(
    query: CatalogueQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<Catalogue>> {
    return this.#get(`/catalogues${queryString({ ...query })}`, options);
  }

  listApplications(
    query: ApplicationQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<Application>> {
    return this.#get(`/applications${queryString({ ...query })}`, options);
  }

  createApplication(
    application: NewApplication,
    options?: ApiProductsCallOptions,
  ): Promise<Application> {
    return this.#post('/applications', application, options);
  }

  createAccessRequest(
    request: NewAccessRequest,
    options: ApiProductsCallOptions & { idempotencyKey?: string } = {},
  ): Promise<AccessRequest> {
    const { idempotencyKey, ...rest } = options;
    return this.#post(
      '/access-requests',
      request,
      rest,
      idempotencyKey ? { 'Idempotency-Key': idempotencyKey } : {},
    );
  }

  listAccessRequests(
    query: AccessRequestQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<AccessRequest>> {
    return this.#get(`/access-requests${queryString({ ...query })}`, options);
  }

  getAccessRequest(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest> {
    return this.#get(path('access-requests', id), options);
  }

  approveAccessRequest(
    id: Id,
    approval: ApprovalInput = {},
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest> {
    return this.#post(
      path('access-requests', id, 'approve'),
      approval,
      options,
    );
  }

  rejectAccessRequest(
    id: Id,
    rejection: RejectionInput,
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest> {
    return this.#post(
      path('access-requests', id, 'reject'),
      rejection,
      options,
    );
  }

  cancelAccessRequest(
    id: Id,
    cancellation: { revision?: number } = {},
    options?: ApiProductsCallOptions,
  ): Promise<AccessRequest> {
    return this.#post(
      path('access-requests', id, 'cancel'),
      cancellation,
      options,
    );
  }

  listSubscriptions(
    query: SubscriptionQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<Subscription>> {
    return this.#get(`/subscriptions${queryString({ ...query })}`, options);
  }

  getSubscription(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Subscription> {
    return this.#get(path('subscriptions', id), options);
  }

  revokeSubscription(
    id: Id,
    revocation: { reason?: string } = {},
    options?: ApiProductsCallOptions,
  ): Promise<Subscription> {
    return this.#post(path('subscriptions', id, 'revoke'), revocation, options);
  }

  retrySubscription(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Subscription> {
    return this.#post(path('subscriptions', id, 'retry'), undefined, options);
  }

  listCredentials(
    subscription: Id,
    options?: ApiProductsCallOptions,
  ): Promise<Page<Credential>> {
    return this.#get(
      path('subscriptions', subscription, 'credentials'),
      options,
    );
  }

  issueCredential(
    subscription: Id,
    credential: NewCredential = {},
    options?: ApiProductsCallOptions,
  ): Promise<Credential> {
    return this.#post(
      path('subscriptions', subscription, 'credentials'),
      credential,
      options,
    );
  }

  revealCredential(
    id: Id,
    options?: ApiProductsCallOptions,
  ): Promise<RevealedSecret> {
    return this.#post(path('credentials', id, 'reveal'), undefined, options);
  }

  revokeCredential(
    id: Id,
    revocation: { reason?: string } = {},
    options?: ApiProductsCallOptions,
  ): Promise<Credential> {
    return this.#post(path('credentials', id, 'revoke'), revocation, options);
  }

  getMe(options?: ApiProductsCallOptions): Promise<Me> {
    return this.#get('/me', options);
  }

  listProviders(options?: ApiProductsCallOptions): Promise<Page<Provider>> {
    return this.#get('/providers', options);
  }

  listHistory(
    query: HistoryQuery = {},
    options?: ApiProductsCallOptions,
  ): Promise<Page<HistoryEntry>> {
    return this.#get(`/history${queryString({ ...query })}`, options);
  }

  #get<T>(route: string, options: ApiProductsCallOptions = {}): Promise<T> {
    return this.#call(
      route,
      { method: 'GET', signal: options.signal },
      options,
    );
  }

  #post<T>(
    route: string,
    body: object | undefined,
    options: ApiProductsCallOptions = {},
    headers: Record<string, string> = {},
  ): Promise<T> {
    return this.#call(
      route,
      {
        method: 'POST',
        signal: options.signal,
        headers: body
          ? { 'Content-Type': 'application/json', ...headers }
          : headers,
        body: body && JSON.stringify(body),
      },
      options,
    );
  }

  async #call<T>(
    route: string,
    init: RequestInit,
    options: ApiProductsCallOptions,
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('api-products');
    const headers = new Headers(init.headers);
    if (options.token) {
      headers.set('Authorization', `Bearer ${options.token}`);
    }
    const response = await this.#fetchApi.fetch(`${baseUrl}${route}`, {
      ...init,
      headers,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
