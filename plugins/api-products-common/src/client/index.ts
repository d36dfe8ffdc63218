export type { ApiProductsApi } from './ApiProductsApi';
export { ApiProductsClient } from './ApiProductsClient';
export type {
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
  PageQuery,
  PlanQuery,
  ProductLifecycleFilter,
  ProductOrder,
  ProductQuery,
  RejectionInput,
  SubscriptionQuery,
} from './types';
