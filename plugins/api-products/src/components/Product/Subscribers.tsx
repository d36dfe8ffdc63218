import type { Product } from 'backstage-plugin-api-products-common';
import { refName } from '../../hooks/refName';
import { useT } from '../../hooks/useT';
import { EmptyState } from '../shared';
import { SubscriptionList } from '../Subscriptions/SubscriptionList';
import { decides } from './decides';

/** For owners: who uses this product. */
export function Subscribers({ product }: { product: Product }) {
  const t = useT();
  return decides(product) ? (
    <SubscriptionList product={product} />
  ) : (
    <EmptyState
      title={t('product.subscribers.forbiddenTitle')}
      description={t('product.subscribers.forbiddenDescription', {
        owner: refName(product.owner),
      })}
    />
  );
}
