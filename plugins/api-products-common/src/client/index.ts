export { ApiProductsClient } from './ApiProductsClient';
export type {
  ApiProductsApi,
  ApplicationQuery,
  AccessRequestQuery,
  Decide,
  HistoryQuery,
  NewAccessRequest,
  NewApplication,
  NewCredential,
  PageQuery,
  ProductOrder,
  ProductQuery,
  Reject,
  RequestOptions,
  SubscriptionQuery,
} from './types';
