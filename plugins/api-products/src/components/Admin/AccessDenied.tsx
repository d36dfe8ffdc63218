import type { Me } from 'backstage-plugin-api-products-common';
import { LinkButton } from '../backstage';
import { useT } from '../../hooks/useT';
import { useRoute } from '../../hooks/useRoute';
import { marketplaceRouteRef } from '../../routes';
import { EmptyState, EntityName } from '../shared';

/** For those who are no platform owners: says so, and whom to ask. */
export function AccessDenied({ me }: { me: Me }) {
  const t = useT();
  const marketplace = useRoute(marketplaceRouteRef);
  const owners = me.platformOwners ?? [];
  return (
    <EmptyState
      title={t('admin.deniedTitle')}
      description={
        <>
          {t('admin.deniedDescription')}{' '}
          {owners.length > 0 ? (
            <>
              {t('admin.deniedAsk')}{' '}
              {owners.map((ref, index) => (
                <span key={ref}>
                  {index > 0 && ', '}
                  <EntityName entityRef={ref} link />
                </span>
              ))}
              .
            </>
          ) : (
            t('admin.deniedNobody')
          )}
        </>
      }
      action={
        <LinkButton to={marketplace?.()} variant="outlined" color="primary">
          {t('admin.deniedBack')}
        </LinkButton>
      }
    />
  );
}
