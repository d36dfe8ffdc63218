import { useRoute } from '../../hooks/useRoute';
import { useT } from '../../hooks/useT';
import { marketplaceRouteRef } from '../../routes';
import { NotForYou } from '../shared';

/** For a product that is not there, or not for the caller. */
export function NoProduct({ name }: { name: string }) {
  const t = useT();
  const marketplace = useRoute(marketplaceRouteRef);
  return (
    <NotForYou
      title={t('product.missingTitle')}
      description={t('product.missingDescription', { name })}
      back={t('product.backToMarketplace')}
      to={marketplace?.()}
    />
  );
}
