import { parseEntityRef } from '@backstage/catalog-model';
import Typography from '@material-ui/core/Typography';
import type { Subscription } from 'backstage-plugin-api-products-common';
import { Link } from '../backstage';
import { useRoute } from '../../hooks/useRoute';
import { useT } from '../../hooks/useT';
import { productRouteRef } from '../../routes';
import { EntityName } from '../shared';

/** What a suspension means, and whom the consumer asks to be let in again. */
export function SuspensionNote(props: { subscription: Subscription }) {
  const { suspension, products } = props.subscription;
  const t = useT();
  const productLink = useRoute(productRouteRef);
  if (!suspension) {
    return null;
  }
  const addressOf = (ref: string) => {
    const { namespace, name } = parseEntityRef(ref);
    return productLink?.({ namespace, name });
  };
  return (
    <Typography variant="body2">
      {t('subscriptions.suspended.explain')}{' '}
      {t('subscriptions.suspended.ask', {
        person: <EntityName entityRef={suspension.by} />,
        product: (
          <>
            {products.map(({ ref, title }, index) => (
              <span key={ref}>
                {index > 0 && ', '}
                <Link to={addressOf(ref)} underline="always">
                  {title}
                </Link>
              </span>
            ))}
          </>
        ),
      })}
    </Typography>
  );
}
