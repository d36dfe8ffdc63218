import { useApi } from '@backstage/core-plugin-api';
import type {
  AccessRequest,
  ApiProductsApi,
  Product,
  Subscription,
} from 'backstage-plugin-api-products-common';
import { apiProductsApiRef } from '../../api';
import { isNotForCaller } from '../../hooks/serverError';
import { useResource, type Resource } from '../../hooks/useResource';
import { termsKey } from '../RequestAccess/requestForm';

/** What a subscription could move to, and what the caller has accepted for it before. */
export interface Offered {
  product: Product;
  /** Keys of terms that are still as they were accepted. */
  accepted: string[];
}

/** What the caller accepted when asking for what there is; what colleagues accepted does not count. */
async function acceptedFor(
  api: ApiProductsApi,
  { accessRequest, requester }: Subscription,
  signal: AbortSignal,
): Promise<AccessRequest['acceptedTerms']> {
  const { user } = await api.getMe({ signal });
  if (user !== requester) {
    return [];
  }
  try {
    return (await api.getAccessRequest(accessRequest, { signal }))
      .acceptedTerms;
  } catch (error) {
    if (error instanceof Error && isNotForCaller(error)) {
      return [];
    }
    throw error;
  }
}

/** Loads it anew for another subscription. */
export function useOffered(subscription: Subscription): Resource<Offered> {
  const api = useApi(apiProductsApiRef);
  const [{ ref }] = subscription.products;
  return useResource(`offered ${ref} ${subscription.id}`, async signal => {
    const [namespace, name] = ref.slice(ref.indexOf(':') + 1).split('/');
    const [product, accepted] = await Promise.all([
      api.getProduct({ namespace, name }, { signal }),
      acceptedFor(api, subscription, signal),
    ]);
    const keys = new Set(accepted.map(termsKey));
    return {
      product,
      accepted: product.terms.map(termsKey).filter(key => keys.has(key)),
    };
  });
}
